//! What billing has told of deals after they were won; each event once.

use sea_orm_migration::prelude::*;

use crate::table::{
    NewTable, amount_null, create_all, drop_all, id, table, text, text_null, time, uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_all(manager, vec![conversions()]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, vec![conversions()]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }
}

fn conversions() -> NewTable {
    table("conversions")
        .col(id())
        .col(text("event_key"))
        .refers_to(uuid("referral_id"), "referrals")
        .col(text("kind"))
        .col(text("on_day"))
        .col(amount_null("amount"))
        .col(text_null("unit"))
        .col(text("effect"))
        .refers_to(uuid_null("recorded_by_id"), "members")
        .col(time("recorded_at"))
        .unique(["event_key"])
        .index(["recorded_at", "id"])
}
