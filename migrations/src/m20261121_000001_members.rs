//! Accounts, members and the ways to sign in.

use sea_orm_migration::prelude::*;

use crate::table::{
    NewTable, bool, create_all, drop_all, id, int, table, text, text_key, text_null, time, time_null, uuid,
    uuid_key, uuid_null, version,
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
    vec![
        accounts(),
        account_domains(),
        members(),
        member_roles(),
        account_assignments(),
        invitations(),
        sign_in_attempts(),
        sessions(),
        form_states(),
        throttles(),
    ]
}

fn accounts() -> NewTable {
    table("accounts")
        .col(id())
        .col(text("name"))
        .col(text("name_key"))
        .col(text("country"))
        .col(text_null("industry"))
        .col(text("recipient_kind"))
        .col(text("status"))
        .col(text_null("customer_since"))
        .col(text("gift_policy"))
        .col(time("created_at"))
        .col(version())
        .index(["name_key"])
}

fn account_domains() -> NewTable {
    table("account_domains").col(text_key("domain")).owned_by(uuid("account_id"), "accounts")
}

fn members() -> NewTable {
    table("members")
        .col(id())
        .refers_to(uuid_null("account_id"), "accounts")
        .col(text("name"))
        .col(text("email"))
        .col(text("language"))
        .col(text("status"))
        .refers_to(uuid_null("deputy_id"), "members")
        .col(bool("refuses_gifts"))
        .col(bool("share_name"))
        .col(text("tier_code").default("").take())
        .col(time("created_at"))
        .col(time_null("joined_at"))
        .col(version())
        .unique(["email"])
}

fn member_roles() -> NewTable {
    table("member_roles").owned_by(uuid("member_id"), "members").col(text("role")).key(["member_id", "role"])
}

fn account_assignments() -> NewTable {
    table("account_assignments")
        .owned_by(uuid_key("account_id"), "accounts")
        .refers_to(uuid("member_id"), "members")
        .col(time("assigned_at"))
}

fn invitations() -> NewTable {
    table("invitations")
        .col(id())
        .owned_by(uuid("member_id"), "members")
        .col(text("code_hash"))
        .refers_to(uuid("created_by_id"), "members")
        .col(time("created_at"))
        .col(time("expires_at"))
        .col(time_null("used_at"))
        .unique(["code_hash"])
}

fn sign_in_attempts() -> NewTable {
    table("sign_in_attempts")
        .col(id())
        .owned_by(uuid_null("member_id"), "members")
        .col(text("link_hash"))
        .col(text("code_hash"))
        .col(text("browser_hash"))
        .col(int("tries"))
        .col(time("created_at"))
        .col(time("expires_at"))
        .col(time_null("used_at"))
        .unique(["link_hash"])
}

fn sessions() -> NewTable {
    table("sessions")
        .col(text_key("id"))
        .owned_by(uuid_null("member_id"), "members")
        .col(text("data"))
        .col(time("created_at"))
        .col(time("expires_at"))
        .index(["expires_at"])
}

fn form_states() -> NewTable {
    table("form_states")
        .col(id())
        .col(text("owner_hash"))
        .col(text("sealed"))
        .col(time("expires_at"))
        .index(["expires_at"])
}

fn throttles() -> NewTable {
    table("throttles").col(text_key("key")).col(int("hits")).col(time("resets_at"))
}
