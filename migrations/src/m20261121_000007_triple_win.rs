//! Who gave what to whom.

use sea_orm_migration::prelude::*;

use crate::table::{NewTable, amount_null, create_all, drop_all, id, table, text, text_null, time, uuid};

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
    vec![win_entries()]
}

fn win_entries() -> NewTable {
    table("win_entries")
        .col(id())
        .refers_to(uuid("referral_id"), "referrals")
        .col(text("giver"))
        .col(text("receiver"))
        .col(text("kind"))
        .col(amount_null("amount"))
        .col(text_null("unit"))
        .col(text("cause"))
        .col(text("cause_key"))
        .col(time("at"))
        .unique(["referral_id", "cause", "cause_key", "giver", "receiver", "kind"])
        .index(["at"])
}
