//! Programmes and what they offer.

use sea_orm_migration::prelude::*;

use crate::table::{
    NewTable, bool, create_all, drop_all, id, int, int_null, table, text, text_null, time, uuid, uuid_key,
    uuid_null, version,
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
    vec![programs(), organisations(), incentives(), member_defaults()]
}

fn programs() -> NewTable {
    table("programs")
        .col(id())
        .col(text("code"))
        .col(text("status"))
        .col(text("name_de"))
        .col(text("name_en"))
        .col(text("headline_de"))
        .col(text("headline_en"))
        .col(text("pitch_de"))
        .col(text("pitch_en"))
        .col(text("benefit_de"))
        .col(text("benefit_en"))
        .col(text("benefit_kind"))
        .col(text_null("destination_url"))
        .col(text("attribution"))
        .col(int("window_days"))
        .col(text("won_means"))
        .col(time("created_at"))
        .col(version())
        .unique(["code"])
}

fn organisations() -> NewTable {
    table("organisations")
        .col(id())
        .col(text("name"))
        .col(text("legal_name"))
        .col(bool("active"))
        .col(time("created_at"))
}

fn incentives() -> NewTable {
    table("incentives")
        .col(id())
        .refers_to(uuid("program_id"), "programs")
        .col(text("kind"))
        .col(text("name_de"))
        .col(text("name_en"))
        .col(text("text_de"))
        .col(text("text_en"))
        .col(int_null("stock"))
        .col(int("taken"))
        .col(int("min_tier"))
        .col(text("scheme"))
        .col(text("countries"))
        .col(bool("active"))
        .col(int("position"))
        .col(time("created_at"))
        .col(version())
}

fn member_defaults() -> NewTable {
    table("member_defaults")
        .owned_by(uuid_key("member_id"), "members")
        .refers_to(uuid("incentive_id"), "incentives")
        .refers_to(uuid_null("organisation_id"), "organisations")
}
