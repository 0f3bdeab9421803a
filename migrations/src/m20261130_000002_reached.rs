//! Since when a referral has come as far as it has: the day from which it counts for a tier, also after its end.

use sea_orm_migration::prelude::*;

use crate::table::time;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const REFERRALS: &str = "referrals";
const COUNTS: &str = "idx_referrals_advocate_id_counts";

/// Whoever ended came to that step at the last line of the timeline that says so.
const REACHED: &str = "UPDATE referrals SET reached_at = COALESCE(\
    (SELECT MAX(e.at) FROM referral_events e WHERE e.referral_id = referrals.id AND referrals.stage <> referrals.reached \
    AND e.body LIKE '%\"to\":\"' || referrals.reached || '\"%'), stage_since_at)";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = time("reached_at").default(0).take();
        manager.alter_table(Table::alter().table(REFERRALS).add_column(column).take()).await?;
        manager.get_connection().execute_unprepared(REACHED).await?;
        index_again(manager, "reached_at").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        index_again(manager, "stage_since_at").await?;
        manager.alter_table(Table::alter().table(REFERRALS).drop_column("reached_at").take()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }
}

/// The index that holds everything an advocate's referrals are counted by, with this date.
async fn index_again(manager: &SchemaManager<'_>, since: &'static str) -> Result<(), DbErr> {
    manager.drop_index(Index::drop().name(COUNTS).table(REFERRALS).to_owned()).await?;
    let mut index = Index::create().name(COUNTS).table(REFERRALS).take();
    for column in ["advocate_id", "stage", "consent", "path", "reached", "submitted_at", since] {
        index.col(column);
    }
    manager.create_index(index).await
}
