//! What a programme may shape itself: its pipeline (names of stages, stages left out, stages between), the questions of its
//! form, how much the new customer's benefit is worth, and, at each referral, the stage between on which it stands and the answers. The index holds only those few that
//! stand on one, in the order of a lane.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::table::{amount_null, text, text_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Referrals of the time before carried the promise to the new customer in their programme alone, so it is the programme's of
/// today that holds for them. One without a text promises nothing.
fn freeze(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Postgres => {
            "UPDATE referrals SET terms = jsonb_set(terms::jsonb, '{disclosure,benefit}', jsonb_build_object( \
             'text', jsonb_build_object('de', p.benefit_de, 'en', p.benefit_en), 'kind', p.benefit_kind, \
             'amount', NULL))::text \
             FROM programs p WHERE p.id = referrals.program_id AND p.benefit_kind <> 'none' \
             AND TRIM(p.benefit_de || p.benefit_en) <> ''"
        }
        _ => {
            "UPDATE referrals SET terms = json_set(terms, '$.disclosure.benefit', json_object( \
             'text', json_object('de', p.benefit_de, 'en', p.benefit_en), 'kind', p.benefit_kind, 'amount', NULL)) \
             FROM programs p WHERE p.id = referrals.program_id AND p.benefit_kind <> 'none' \
             AND TRIM(p.benefit_de || p.benefit_en) <> ''"
        }
    }
}

const INDEX: &str = "idx_referrals_manager_sub_stage_urgent";

/// By table; JSON where it has a default.
fn columns() -> [(&'static str, ColumnDef); 6] {
    [
        ("programs", amount_null("benefit_amount")),
        ("programs", text_null("benefit_currency")),
        ("programs", text("pipeline").default("{}").take()),
        ("programs", text("questions").default("[]").take()),
        ("referrals", text_null("sub_stage_key")),
        ("referrals", text("answers").default("[]").take()),
    ]
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in columns() {
            manager.alter_table(Table::alter().table(table).add_column(column).take()).await?;
        }
        let index = format!(
            "CREATE INDEX {INDEX} ON referrals (account_manager_id, sub_stage_key, due_at, id) \
             WHERE sub_stage_key IS NOT NULL"
        );
        manager.get_connection().execute_unprepared(&index).await?;
        manager.get_connection().execute_unprepared(freeze(manager.get_database_backend())).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name(INDEX).table("referrals").to_owned()).await?;
        for (table, column) in columns() {
            let name = column.get_column_name().to_owned();
            manager.alter_table(Table::alter().table(table).drop_column(name).take()).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }
}
