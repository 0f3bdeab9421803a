//! Tiers and how members moved through them.

use sea_orm_migration::prelude::*;

use crate::table::{
    NewTable, create_all, drop_all, id, int, table, text, text_key, text_null, time, uuid, version,
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
    vec![tiers(), tier_moves()]
}

fn tiers() -> NewTable {
    table("tiers")
        .col(text_key("code"))
        .col(int("position"))
        .col(text("name_de"))
        .col(text("name_en"))
        .col(text("rules"))
        .col(text("benefits_de"))
        .col(text("benefits_en"))
        .col(version())
        .unique(["position"])
}

fn tier_moves() -> NewTable {
    table("tier_moves")
        .col(id())
        .refers_to(uuid("member_id"), "members")
        .col(text_null("from_code"))
        .col(text("to_code"))
        .col(text("cause"))
        .col(time("at"))
        .index(["member_id", "at"])
}
