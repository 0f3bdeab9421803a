//! Documents in pieces, and the receipts of donations. Donations that were delivered before keep the number of their receipt.

use sea_orm_migration::prelude::*;

use crate::table::{NewTable, create_all, drop_all, id, int, table, text, time, uuid, uuid_key};

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

fn tables() -> Vec<NewTable> {
    vec![documents(), document_chunks(), receipts()]
}

fn documents() -> NewTable {
    table("documents")
        .col(id())
        .col(text("kind"))
        .refers_to(uuid("created_by_id"), "members")
        .col(time("created_at"))
}

fn document_chunks() -> NewTable {
    table("document_chunks")
        .owned_by(uuid("document_id"), "documents")
        .col(int("position"))
        .col(text("body"))
        .key(["document_id", "position"])
}

fn receipts() -> NewTable {
    table("receipts").owned_by(uuid_key("reward_id"), "rewards").refers_to(uuid("document_id"), "documents")
}
