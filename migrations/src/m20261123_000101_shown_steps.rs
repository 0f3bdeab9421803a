//! Whether a contact lets the advocate see each step of the talks; nobody has until they say so.

use sea_orm_migration::prelude::*;

use crate::table::bool;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const CONTACTS: &str = "contacts";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = bool("shows_steps").default(false).take();
        manager.alter_table(Table::alter().table(CONTACTS).add_column(column).take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table(CONTACTS).drop_column("shows_steps").take()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }
}
