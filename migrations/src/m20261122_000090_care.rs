//! What is deleted in time is found by an index, and a line of the tiers' history names the referral behind it.

use sea_orm_migration::prelude::*;

use crate::table::uuid_null;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// By name, table and columns.
const INDEXES: [(&str, &str, &[&str]); 4] = [
    ("idx_sign_in_attempts_expires_at", "sign_in_attempts", &["expires_at"]),
    ("idx_throttles_resets_at", "throttles", &["resets_at"]),
    ("idx_mails_contact_id_recipient_id", "mails", &["contact_id", "recipient_id"]),
    ("idx_tier_moves_referral_id", "tier_moves", &["referral_id"]),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Neither database takes a foreign key of a table's own for a column that comes later; both take one of the column's.
        let referral = uuid_null("referral_id").extra("REFERENCES referrals (id)").take();
        manager.alter_table(Table::alter().table("tier_moves").add_column(referral).take()).await?;
        for (name, table, columns) in INDEXES {
            let mut index = Index::create().name(name).table(table).take();
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, table, _) in INDEXES {
            manager.drop_index(Index::drop().name(name).table(table).to_owned()).await?;
        }
        manager.alter_table(Table::alter().table("tier_moves").drop_column("referral_id").take()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }
}
