//! What marketing and account managers need for their work on rewards: lists in their order, what refunds took of a reward,
//! for which day an owner was reminded, organisations that two people may edit; whether a referral holds a piece of its
//! choice's stock; and employers' releases.

use sea_orm_migration::prelude::*;

use crate::table::{
    NewTable, amount, bool, create_all, drop_all, id, int, table, text, text_null, time, time_null, uuid,
    uuid_null, version,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// By table.
fn columns() -> [(&'static str, ColumnDef); 5] {
    [
        ("rewards", int("refunded_percent").default(0).take()),
        ("rewards", amount("refunded").default(0).take()),
        ("deliveries", time_null("reminded_due_at")),
        ("organisations", version()),
        ("referrals", bool("stock_held").default(false).take()),
    ]
}

/// By name, table and columns.
const INDEXES: [(&str, &str, &[&str]); 4] = [
    ("idx_rewards_newest", "rewards", &["side", "created_at", "id"]),
    ("idx_rewards_state_newest", "rewards", &["side", "state", "created_at", "id"]),
    ("idx_deliveries_owner_urgent", "deliveries", &["owner_id", "done_at", "due_at", "id"]),
    ("idx_ledger_accounts_kind_balance", "ledger_accounts", &["kind", "balance"]),
];

/// What a new one begins with, too.
const OLD: (&str, &str, &str) = ("idx_deliveries_owner_id", "deliveries", "owner_id");

/// A referral that is open, was won or has brought a reward holds a piece of what it has chosen; until now every other one
/// held it, too. What a correction took back, what was refused and what nobody took is no reward.
const HELD: &str = "UPDATE referrals SET stock_held = TRUE WHERE incentive_id IS NOT NULL AND (\
    stage IN ('submitted', 'accepted', 'contacted', 'meeting', 'qualified', 'won') \
    OR EXISTS (SELECT 1 FROM rewards r WHERE r.referral_id = referrals.id AND r.side = 'advocate' \
    AND r.state IN ('pending', 'clearing', 'approved', 'fulfilled', 'reversed') \
    AND NOT (r.state = 'reversed' AND COALESCE(r.ended_reason, '') = 'correction')))";

/// What the others held, by offer.
const NOT_HELD: &str =
    "(SELECT COUNT(*) FROM referrals f WHERE f.incentive_id = incentives.id AND NOT f.stock_held)";

fn releases() -> NewTable {
    table("employer_releases")
        .col(id())
        .refers_to(uuid("member_id"), "members")
        .refers_to(uuid("account_id"), "accounts")
        .col(text("released_by"))
        .col(text("released_on"))
        .col(text_null("valid_until"))
        .col(text("caps"))
        .col(text("document"))
        .refers_to(uuid("recorded_by_id"), "members")
        .col(time("recorded_at"))
        .refers_to(uuid_null("revoked_by_id"), "members")
        .col(time_null("revoked_at"))
        .index(["member_id", "recorded_at"])
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in columns() {
            manager.alter_table(Table::alter().table(table).add_column(column).take()).await?;
        }
        let connection = manager.get_connection();
        connection.execute_unprepared(HELD).await?;
        let back = format!("UPDATE incentives SET taken = taken - {NOT_HELD} WHERE taken >= {NOT_HELD}");
        connection.execute_unprepared(&back).await?;
        for (name, table, columns) in INDEXES {
            let mut index = Index::create().name(name).table(table).take();
            for column in columns {
                index.col((*column).to_owned());
            }
            manager.create_index(index).await?;
        }
        manager.drop_index(Index::drop().name(OLD.0).table(OLD.1).to_owned()).await?;
        create_all(manager, vec![releases()]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, vec![releases()]).await?;
        manager.create_index(Index::create().name(OLD.0).table(OLD.1).col(OLD.2).to_owned()).await?;
        for (name, table, _) in INDEXES {
            manager.drop_index(Index::drop().name(name).table(table).to_owned()).await?;
        }
        let again = format!("UPDATE incentives SET taken = taken + {NOT_HELD}");
        manager.get_connection().execute_unprepared(&again).await?;
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
