//! One roll-out of tiers at a time, held by the database: of two that begin at the same moment, one is refused.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const INDEX: &str = "idx_tier_rollouts_under_way";

/// A constant, so that all rows of these states have the same key.
const ONE: &str = "CREATE UNIQUE INDEX idx_tier_rollouts_under_way ON tier_rollouts ((1)) \
    WHERE state IN ('piloting', 'pilot', 'rolling', 'closing', 'undoing')";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(ONE).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name(INDEX).table("tier_rollouts").to_owned()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }
}
