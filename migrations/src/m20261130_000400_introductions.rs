//! Introductions that the host owes for mutual referrals, from the promise to the advocate's word. Deliveries that were
//! recorded before stay as they are: what was delivered needs no introduction.

use sea_orm_migration::prelude::*;

use crate::table::{
    NewTable, create_all, drop_all, table, text, text_null, time, time_null, uuid, uuid_key, version,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_all(manager, vec![introductions()]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, vec![introductions()]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }
}

fn introductions() -> NewTable {
    table("introductions")
        .owned_by(uuid_key("reward_id"), "rewards")
        .refers_to(uuid("account_id"), "accounts")
        .col(text("state"))
        .col(text("company"))
        .col(text("role"))
        .col(text_null("introduced_on"))
        .col(time_null("introduced_at"))
        .col(time_null("answered_at"))
        .col(text_null("fit"))
        .col(text_null("note"))
        .col(time("created_at"))
        .col(version())
        .index(["account_id", "state", "created_at"])
}
