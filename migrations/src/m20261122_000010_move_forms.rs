//! Forms that have moved a referral already: pressed twice, they did it once.

use sea_orm_migration::prelude::*;

use crate::table::{NewTable, create_all, drop_all, table, text_key, time, uuid};

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
    vec![move_forms()]
}

fn move_forms() -> NewTable {
    table("move_forms").col(text_key("form_hash")).owned_by(uuid("referral_id"), "referrals").col(time("at"))
}
