//! Joining without staff's letter: requests of people from a customer's company, links that members pass on to
//! colleagues; and which mails a member does not want.

use sea_orm_migration::prelude::*;

use crate::table::{NewTable, create_all, drop_all, id, int, table, text, time, time_null, uuid, uuid_null};

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
    vec![join_requests(), colleague_links(), muted_mails()]
}

fn join_requests() -> NewTable {
    table("join_requests")
        .col(id())
        .owned_by(uuid("account_id"), "accounts")
        .owned_by(uuid_null("invited_by_id"), "members")
        .col(text("name"))
        .col(text("email"))
        .col(text("language"))
        .col(text("confirm_hash"))
        .col(time("created_at"))
        .col(time("expires_at"))
        .col(time_null("confirmed_at"))
        .unique(["email"])
        .unique(["confirm_hash"])
        .index(["confirmed_at"])
        .index(["expires_at"])
}

fn colleague_links() -> NewTable {
    table("colleague_links")
        .col(id())
        .owned_by(uuid("member_id"), "members")
        .col(text("code_hash"))
        .col(int("uses"))
        .col(time("created_at"))
        .col(time("expires_at"))
        .unique(["member_id"])
        .index(["expires_at"])
        .unique(["code_hash"])
}

fn muted_mails() -> NewTable {
    table("muted_mails").owned_by(uuid("member_id"), "members").col(text("kind")).key(["member_id", "kind"])
}
