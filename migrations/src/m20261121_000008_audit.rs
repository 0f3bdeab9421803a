//! Jobs, mails, the audit log and the settings.

use sea_orm_migration::prelude::*;

use crate::table::{
    NewTable, create_all, drop_all, id, int, table, text, text_key, text_null, time, time_null, uuid_null,
    version,
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
    vec![jobs(), mails(), audit_entries(), settings()]
}

fn jobs() -> NewTable {
    table("jobs")
        .col(id())
        .col(text("kind"))
        .col(text("payload"))
        .col(text_null("dedup_key"))
        .col(time("run_at"))
        .col(int("attempts"))
        .col(time_null("leased_until"))
        .col(time_null("dead_at"))
        .col(text_null("last_error"))
        .col(time("created_at"))
        .unique(["dedup_key"])
        .index(["dead_at", "run_at"])
}

fn mails() -> NewTable {
    table("mails")
        .col(id())
        .col(text("kind"))
        .refers_to(uuid_null("recipient_id"), "members")
        .refers_to(uuid_null("contact_id"), "contacts")
        .col(text("to_address"))
        .col(text("subject"))
        .col(text("body_text"))
        .col(text("body_html"))
        .col(time("created_at"))
        .col(time_null("sent_at"))
        .col(int("attempts"))
        .col(text_null("last_error"))
        .col(time_null("dead_at"))
        .index(["sent_at", "dead_at"])
}

fn audit_entries() -> NewTable {
    table("audit_entries")
        .col(id())
        .col(time("at"))
        .refers_to(uuid_null("actor_id"), "members")
        .col(text("action"))
        .col(text("object_kind"))
        .col(text("object_key"))
        .col(text("details"))
        .index(["object_kind", "object_key"])
        .index(["at"])
}

fn settings() -> NewTable {
    table("settings").col(text_key("key")).col(text("value")).col(version()).col(time("updated_at"))
}
