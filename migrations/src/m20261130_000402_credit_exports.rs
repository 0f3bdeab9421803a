//! Which credits were handed to the billing system, and when first.

use sea_orm_migration::prelude::*;

use crate::table::{NewTable, create_all, drop_all, table, time, uuid, uuid_key};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_all(manager, vec![credit_exports()]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, vec![credit_exports()]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }
}

fn credit_exports() -> NewTable {
    table("credit_exports")
        .owned_by(uuid_key("reward_id"), "rewards")
        .refers_to(uuid("exported_by_id"), "members")
        .col(time("exported_at"))
}
