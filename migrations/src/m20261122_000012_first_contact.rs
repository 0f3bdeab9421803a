//! The human first contact: where it is allowed, and who is to be spoken to once.

use sea_orm_migration::prelude::*;

use crate::table::{
    NewTable, create_all, drop_all, id, table, text, text_null, time, time_null, uuid, uuid_key, uuid_null,
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
    vec![first_contact_rules(), first_contacts()]
}

fn first_contact_rules() -> NewTable {
    table("first_contact_rules")
        .col(id())
        .refers_to(uuid("program_id"), "programs")
        .col(text("channel"))
        .col(text("country"))
        .col(text("ground"))
        .refers_to(uuid("recorded_by_id"), "members")
        .col(time("recorded_at"))
        .col(time_null("ended_at"))
        .index(["program_id", "recorded_at"])
}

fn first_contacts() -> NewTable {
    table("first_contacts")
        .owned_by(uuid_key("referral_id"), "referrals")
        .refers_to(uuid("rule_id"), "first_contact_rules")
        .col(text("channel"))
        .col(text("sealed"))
        .col(text("name_mask"))
        .col(text_null("phone_mask"))
        .col(text("person_hash"))
        .col(text("circumstances"))
        .col(time("created_at"))
        .col(time("expires_at"))
        .refers_to(uuid_null("revealed_by_id"), "members")
        .col(time_null("revealed_at"))
}
