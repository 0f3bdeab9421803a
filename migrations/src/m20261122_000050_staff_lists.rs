//! Indexes in the order of what staff look at: the newest referrals of a manager, of a manager's stage, and the most urgent
//! ones of a lane. A list then reads the lines it shows, however many there are behind them. And an index of those who have a
//! deputy, without the many who have none: SQLite that has counted (`ANALYZE`) takes an index with one value in nearly all its
//! rows for useless, and reads the table instead.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TABLE: &str = "referrals";

const DEPUTIES: &str = "idx_members_deputy_id";

/// By name and columns.
const NEW: [(&str, &[&str]); 3] = [
    ("idx_referrals_manager_newest", &["account_manager_id", "submitted_at", "id"]),
    ("idx_referrals_manager_stage_newest", &["account_manager_id", "stage", "submitted_at", "id"]),
    ("idx_referrals_manager_stage_urgent", &["account_manager_id", "stage", "due_at", "id"]),
];

/// What the new ones begin with, too.
const OLD: (&str, &[&str]) = ("idx_referrals_account_manager_id_stage", &["account_manager_id", "stage"]);

fn index((name, columns): (&str, &[&str])) -> IndexCreateStatement {
    let mut index = Index::create().name(name).table(TABLE).take();
    for column in columns {
        index.col((*column).to_owned());
    }
    index
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for new in NEW {
            manager.create_index(index(new)).await?;
        }
        manager.drop_index(Index::drop().name(OLD.0).table(TABLE).to_owned()).await?;
        manager.drop_index(Index::drop().name(DEPUTIES).table("members").to_owned()).await?;
        let some = format!("CREATE INDEX {DEPUTIES} ON members (deputy_id) WHERE deputy_id IS NOT NULL");
        manager.get_connection().execute_unprepared(&some).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name(DEPUTIES).table("members").to_owned()).await?;
        manager
            .create_index(Index::create().name(DEPUTIES).table("members").col("deputy_id").to_owned())
            .await?;
        manager.create_index(index(OLD)).await?;
        for (name, _) in NEW {
            manager.drop_index(Index::drop().name(name).table(TABLE).to_owned()).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }
}
