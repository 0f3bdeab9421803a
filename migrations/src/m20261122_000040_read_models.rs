//! What the pages that are opened most read instead of counting: an advocate's referrals in the order of their columns,
//! how much each advocate's referrals have brought, and one number that tells whether the catalogue has changed. And the
//! index by which marks of sent forms are forgotten.

use sea_orm_migration::prelude::*;

use crate::table::{NewTable, count, create_all, drop_all, table, text, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// By name, table and columns. Those of referrals hold everything that is counted and sorted by, so that the rows
/// themselves are not read.
const INDEXES: [(&str, &str, &[&str]); 3] = [
    ("idx_move_forms_at", "move_forms", &["at"]),
    (
        "idx_referrals_advocate_id_counts",
        "referrals",
        &["advocate_id", "stage", "consent", "path", "reached", "submitted_at", "stage_since_at"],
    ),
    ("idx_referrals_advocate_id_due_at", "referrals", &["advocate_id", "due_at", "submitted_at", "id"]),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, table, columns) in INDEXES {
            let mut index = Index::create().name(name).table(table).take();
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        create_all(manager, tables()).await?;
        let db = manager.get_connection();
        db.execute_unprepared(
            "INSERT INTO win_tallies (advocate_id, cause, giver, receiver, kind, entries) \
             SELECT r.advocate_id, w.cause, w.giver, w.receiver, w.kind, COUNT(*) FROM win_entries w \
             JOIN referrals r ON r.id = w.referral_id \
             GROUP BY r.advocate_id, w.cause, w.giver, w.receiver, w.kind",
        )
        .await?;
        db.execute_unprepared(
            "INSERT INTO settings (key, value, version, updated_at) VALUES ('catalogue', 'null', 0, 0)",
        )
        .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared("DELETE FROM settings WHERE key = 'catalogue'").await?;
        drop_all(manager, tables()).await?;
        for (name, table, _) in INDEXES {
            manager.drop_index(Index::drop().name(name).table(table).to_owned()).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }
}

fn tables() -> Vec<NewTable> {
    vec![win_tallies()]
}

fn win_tallies() -> NewTable {
    table("win_tallies")
        .owned_by(uuid("advocate_id"), "members")
        .col(text("cause"))
        .col(text("giver"))
        .col(text("receiver"))
        .col(text("kind"))
        .col(count("entries"))
        .key(["advocate_id", "cause", "giver", "receiver", "kind"])
}
