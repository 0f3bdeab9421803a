//! The tiers as one scheme: its versions, kept for ever, and how a version is rolled out, first to a pilot or at once. A line
//! of a member's history names the version that moved them, and every code that a member may have has its place on the ladder
//! in force, also one of a pilot's.

use sea_orm_migration::prelude::*;

use crate::table::{
    NewTable, create_all, drop_all, id, int, table, text, text_key, text_null, time, time_null, uuid,
    uuid_null, version,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const MOVES: &str = "tier_moves";
const INDEX: &str = "idx_tier_moves_scheme_id";
const PLACES: &str = "INSERT INTO tier_places (code, position) SELECT code, position FROM tiers";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_all(manager, tables()).await?;
        manager.get_connection().execute_unprepared(PLACES).await?;
        let scheme = uuid_null("scheme_id").extra("REFERENCES tier_schemes (id)").take();
        manager.alter_table(Table::alter().table(MOVES).add_column(scheme).take()).await?;
        manager.create_index(Index::create().name(INDEX).table(MOVES).col("scheme_id").to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name(INDEX).table(MOVES).to_owned()).await?;
        manager.alter_table(Table::alter().table(MOVES).drop_column("scheme_id").take()).await?;
        drop_all(manager, tables()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }
}

/// In the order in which foreign keys allow them to be made.
fn tables() -> Vec<NewTable> {
    vec![tier_schemes(), tier_rollouts(), tier_rollout_members(), tier_places()]
}

fn tier_schemes() -> NewTable {
    table("tier_schemes")
        .col(id())
        .col(int("number"))
        .col(text("content"))
        .col(version())
        .refers_to(uuid_null("made_by_id"), "members")
        .col(time("made_at"))
        .col(time_null("published_at"))
        .unique(["number"])
}

fn tier_rollouts() -> NewTable {
    table("tier_rollouts")
        .col(id())
        .refers_to(uuid("scheme_id"), "tier_schemes")
        .refers_to(uuid("before_id"), "tier_schemes")
        .col(text("state"))
        .col(text_null("pilot"))
        .col(text("offers"))
        .refers_to(uuid("started_by_id"), "members")
        .col(time("started_at"))
        .col(time("changed_at"))
        .col(time_null("undo_until"))
        .index(["state"])
        .index(["started_at"])
}

fn tier_rollout_members() -> NewTable {
    table("tier_rollout_members")
        .owned_by(uuid("rollout_id"), "tier_rollouts")
        .owned_by(uuid("member_id"), "members")
        .col(text("tier_code"))
        .col(time_null("put_back_at"))
        .key(["rollout_id", "member_id"])
}

fn tier_places() -> NewTable {
    table("tier_places").col(text_key("code")).col(int("position"))
}
