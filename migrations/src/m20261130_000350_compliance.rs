//! The compliance matrix: rules in versions, sign-offs by market, cases that hold rewards; and with each choice and each
//! reward the decision that was made about it.

use sea_orm_migration::prelude::*;

use crate::table::{
    NewTable, amount_null, bool, create_all, drop_all, id, int, table, text, text_key, text_null, time,
    time_null, uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

fn tables() -> Vec<NewTable> {
    vec![
        // Counts the changes of a market's rules, so that a sign-off can say which set it is about.
        table("compliance_markets").col(text_key("market")).col(int("set_number")),
        table("compliance_rules").col(id()).col(text("market")).col(int("version")).index(["market"]),
        table("compliance_rule_versions")
            .owned_by(uuid("rule_id"), "compliance_rules")
            .col(int("version"))
            .col(int("set_number"))
            .col(text_null("section"))
            .col(text_null("recipient"))
            .col(text_null("incentive_kind"))
            .col(text_null("side"))
            .col(text("effect"))
            .col(amount_null("cap_amount"))
            .col(text_null("cap_unit"))
            .col(text_null("cap_period"))
            .col(text("legal_basis"))
            .col(text("disclosure_de"))
            .col(text("disclosure_en"))
            .col(text_null("review_on"))
            .col(bool("ended"))
            .refers_to(uuid_null("author_id"), "members")
            .col(time("created_at"))
            .key(["rule_id", "version"]),
        table("compliance_sign_offs")
            .col(id())
            .col(text("market"))
            .col(int("set_number"))
            .col(text("counsel"))
            .col(text("document"))
            .col(text("signed_on"))
            .refers_to(uuid("recorded_by_id"), "members")
            .col(time("recorded_at"))
            .index(["market", "recorded_at"]),
        table("compliance_cases")
            .col(id())
            .refers_to(uuid("reward_id"), "rewards")
            .col(text("decision"))
            .col(time("opened_at"))
            .refers_to(uuid_null("released_by_id"), "members")
            .col(time_null("released_at"))
            .col(text_null("reason")),
    ]
}

const COLUMNS: [(&str, &str); 2] = [("referrals", "choice_decision"), ("rewards", "decision")];
/// The rewards that are held are few, and asked for by themselves.
const HELD: &str = "idx_rewards_held_case";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_all(manager, tables()).await?;
        for (table, column) in COLUMNS {
            let column = text_null(column);
            manager.alter_table(Table::alter().table(table).add_column(column).take()).await?;
        }
        manager.create_index(Index::create().name(HELD).table("rewards").col("held_case").take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name(HELD).table("rewards").to_owned()).await?;
        for (table, column) in COLUMNS {
            manager.alter_table(Table::alter().table(table).drop_column(column).take()).await?;
        }
        // A hold without its case could not be lifted any more, and no other case holds rewards yet.
        manager.get_connection().execute_unprepared("UPDATE rewards SET held_case = NULL").await?;
        drop_all(manager, tables()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }
}
