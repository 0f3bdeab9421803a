//! What was earned, delivered and booked.

use sea_orm_migration::prelude::*;

use crate::table::{
    NewTable, amount, amount_null, create_all, drop_all, id, int, int_null, table, text, text_null, time,
    time_null, uuid, uuid_null, version,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_all(manager, tables()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, tables()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }
}

/// In the order in which foreign keys allow them to be made.
fn tables() -> Vec<NewTable> {
    vec![rewards(), deliveries(), ledger_accounts(), ledger_transfers()]
}

fn rewards() -> NewTable {
    table("rewards")
        .col(id())
        .refers_to(uuid("referral_id"), "referrals")
        .col(text("part_key"))
        .col(text("side"))
        .refers_to(uuid_null("incentive_id"), "incentives")
        .col(text_null("kind"))
        .col(text_null("unit"))
        .col(amount_null("amount"))
        .col(amount("cut"))
        .col(int_null("cap_year"))
        .col(text("state"))
        .col(time("state_since_at"))
        .col(text_null("pending_reason"))
        .col(time_null("clearing_until"))
        .col(text_null("held_case"))
        .refers_to(uuid_null("receiver_account_id"), "accounts")
        .refers_to(uuid_null("receiver_member_id"), "members")
        .refers_to(uuid_null("organisation_id"), "organisations")
        .refers_to(uuid_null("first_approval_id"), "members")
        .refers_to(uuid_null("approved_by_id"), "members")
        .col(text_null("ended_reason"))
        .col(text_null("ended_note"))
        .col(text("terms"))
        .col(time("created_at"))
        .col(version())
        .unique(["referral_id", "part_key", "side"])
        .index(["state", "clearing_until", "id"])
}

fn deliveries() -> NewTable {
    table("deliveries")
        .col(id())
        .refers_to(uuid("reward_id"), "rewards")
        .refers_to(uuid_null("owner_id"), "members")
        .col(time("due_at"))
        .col(time_null("done_at"))
        .refers_to(uuid_null("done_by_id"), "members")
        .col(text_null("proof"))
        .col(version())
        .unique(["reward_id"])
        .index(["done_at", "due_at", "id"])
}

fn ledger_accounts() -> NewTable {
    table("ledger_accounts")
        .col(id())
        .col(text("owner_kind"))
        .col(text("owner_key"))
        .col(text("kind"))
        .col(text("unit"))
        .col(amount("balance"))
        .unique(["owner_kind", "owner_key", "kind", "unit"])
}

fn ledger_transfers() -> NewTable {
    table("ledger_transfers")
        .col(id())
        .refers_to(uuid("from_id"), "ledger_accounts")
        .refers_to(uuid("to_id"), "ledger_accounts")
        .col(amount("amount"))
        .col(text("unit"))
        .col(text("cause"))
        .refers_to(uuid("reward_id"), "rewards")
        .col(int("reward_version"))
        .col(int("leg"))
        .col(time("at"))
        .unique(["reward_id", "reward_version", "leg"])
        .check(Expr::col("amount").gt(0))
}
