//! Who is kept at a tier by hand, until when and why.

use sea_orm_migration::prelude::*;

use crate::table::{NewTable, create_all, drop_all, table, text, time, uuid, uuid_key};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_all(manager, vec![tier_pins()]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, vec![tier_pins()]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }
}

fn tier_pins() -> NewTable {
    table("tier_pins")
        .owned_by(uuid_key("member_id"), "members")
        .col(text("tier_code"))
        .col(time("until"))
        .col(text("reason"))
        .refers_to(uuid("pinned_by_id"), "members")
        .col(time("pinned_at"))
}
