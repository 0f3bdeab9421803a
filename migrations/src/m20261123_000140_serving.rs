//! A part that waits for its amount or its receiver knows which incentive serves it, so that another choice leaves it alone.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Before, it was whatever is chosen when the wait ends; so today's choice is what it would have been.
const KNOWN: &str = "UPDATE rewards SET incentive_id = \
    (SELECT f.incentive_id FROM referrals f WHERE f.id = rewards.referral_id) \
    WHERE side = 'advocate' AND state = 'pending' AND pending_reason <> 'choose' AND incentive_id IS NULL";
const UNKNOWN: &str =
    "UPDATE rewards SET incentive_id = NULL WHERE side = 'advocate' AND state = 'pending' AND amount IS NULL";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(KNOWN).await.map(drop)
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(UNKNOWN).await.map(drop)
    }

    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }
}
