//! Campaigns: what brings more for a time, what they have given, and which referrals and rewards carry one.

use sea_orm_migration::prelude::*;

use crate::table::{
    NewTable, amount, create_all, drop_all, id, int, table, text, time, uuid, uuid_null, version,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

fn tables() -> Vec<NewTable> {
    vec![
        table("campaigns")
            .col(id())
            .refers_to(uuid("program_id"), "programs")
            .col(text("name_de"))
            .col(text("name_en"))
            .col(text("incentives"))
            .col(time("starts_at"))
            .col(time("ends_at"))
            .col(text("zone"))
            .col(int("boost"))
            .col(text("budget"))
            .refers_to(uuid_null("segment_id"), "segments")
            .refers_to(uuid_null("pilot_segment_id"), "segments")
            .col(text("state"))
            .refers_to(uuid("made_by_id"), "members")
            .col(time("created_at"))
            .col(version())
            .index(["program_id", "state"])
            .index(["created_at", "id"]),
        table("campaign_tallies")
            .owned_by(uuid("campaign_id"), "campaigns")
            .col(text("unit"))
            .col(amount("amount"))
            .key(["campaign_id", "unit"]),
        table("campaign_referrals")
            .refers_to(uuid("campaign_id"), "campaigns")
            .owned_by(uuid("referral_id"), "referrals")
            .key(["campaign_id", "referral_id"]),
    ]
}

const INDEX: &str = "idx_rewards_campaign_id";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_all(manager, tables()).await?;
        let campaign = uuid_null("campaign_id").extra("REFERENCES campaigns (id)").take();
        manager.alter_table(Table::alter().table("rewards").add_column(campaign).take()).await?;
        // How much of the amount is the campaign's.
        let extra = amount("campaign_extra").default(0).take();
        manager.alter_table(Table::alter().table("rewards").add_column(extra).take()).await?;
        let index = Index::create().name(INDEX).table("rewards").col("campaign_id").col("state").take();
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // What was promised and given stays in terms and amounts.
        manager.drop_index(Index::drop().name(INDEX).table("rewards").to_owned()).await?;
        for column in ["campaign_extra", "campaign_id"] {
            manager.alter_table(Table::alter().table("rewards").drop_column(column).take()).await?;
        }
        drop_all(manager, tables()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }
}
