//! When a member's tier has to be looked at again, and whether they are warned that they will lose it: a rolling year moves by
//! time alone, and nobody wants to count everybody every night to see whom it concerns.

use sea_orm_migration::prelude::*;

use crate::table::{NewTable, create_all, drop_all, table, text_null, time_null, uuid_key};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Everybody of whose referrals something counts, and everybody whom such a referral has moved, is looked at in the first
/// night. A tier that came with a file was never earned, so its time does not run out either.
const FILL: &str = "INSERT INTO tier_standings (member_id, check_at) \
     SELECT id, 0 FROM members WHERE id IN (SELECT member_id FROM tier_moves) \
     OR id IN (SELECT advocate_id FROM referrals WHERE reached IN ('qualified', 'won'))";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_all(manager, tables()).await?;
        manager.get_connection().execute_unprepared(FILL).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, tables()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }
}

fn tables() -> Vec<NewTable> {
    vec![tier_standings()]
}

fn tier_standings() -> NewTable {
    table("tier_standings")
        .owned_by(uuid_key("member_id"), "members")
        .col(time_null("check_at"))
        .col(time_null("fall_at"))
        .col(text_null("fall_cause"))
        .index(["check_at"])
}
