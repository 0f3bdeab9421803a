//! What people agreed to, objected to and must never be asked again.

use sea_orm_migration::prelude::*;

use crate::table::{
    NewTable, create_all, drop_all, id, int, table, text, text_key, time, time_null, uuid, uuid_null,
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
    vec![permissions(), legal_texts(), terms_acceptances(), suppressions()]
}

fn permissions() -> NewTable {
    table("permissions")
        .col(id())
        .owned_by(uuid("member_id"), "members")
        .col(text("channel"))
        .col(text("basis"))
        .col(text("source"))
        .col(time("recorded_at"))
        .col(time_null("objected_at"))
        .unique(["member_id", "channel"])
}

fn legal_texts() -> NewTable {
    table("legal_texts")
        .col(id())
        .col(text("kind"))
        .col(int("version"))
        .col(text("language"))
        .col(text("body"))
        .refers_to(uuid_null("created_by_id"), "members")
        .col(time("created_at"))
        .unique(["kind", "version", "language"])
}

fn terms_acceptances() -> NewTable {
    table("terms_acceptances")
        .refers_to(uuid("member_id"), "members")
        .col(int("version"))
        .col(time("accepted_at"))
        .key(["member_id", "version"])
}

fn suppressions() -> NewTable {
    table("suppressions").col(text_key("hash")).col(text("reason")).col(time("created_at"))
}
