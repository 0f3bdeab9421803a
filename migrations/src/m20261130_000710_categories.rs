//! What a reward is for tax and accounting, where finance has confirmed or changed what is proposed.

use sea_orm_migration::prelude::*;

use crate::table::{NewTable, create_all, drop_all, table, text, time, uuid, uuid_key};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_all(manager, vec![reward_categories()]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, vec![reward_categories()]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }
}

fn reward_categories() -> NewTable {
    table("reward_categories")
        .owned_by(uuid_key("reward_id"), "rewards")
        .col(text("category"))
        .refers_to(uuid("decided_by_id"), "members")
        .col(time("decided_at"))
}
