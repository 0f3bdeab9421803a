//! What would be counted row by row: how much of a year's rewards counts against each programme's caps, and how many
//! referrals each channel has brought. The indexes by which channels were counted until now go.

use sea_orm_migration::prelude::*;

use crate::table::{NewTable, amount, count, create_all, drop_all, int, table, text, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const REFERRALS: &str = "referrals";

/// By name and columns.
const OLD: [(&str, &[&str]); 2] = [
    ("idx_referrals_advocate_id_channel", &["advocate_id", "channel", "stage"]),
    ("idx_referrals_channel", &["channel", "stage"]),
];

const FILL: [&str; 2] = [
    "INSERT INTO cap_tallies (program_id, unit, cap_year, amount) \
     SELECT f.program_id, r.unit, r.cap_year, CAST(SUM(r.amount) AS BIGINT) FROM rewards r \
     JOIN referrals f ON f.id = r.referral_id \
     WHERE r.side = 'advocate' AND r.state IN ('clearing', 'approved', 'fulfilled') \
     AND r.unit IS NOT NULL AND r.cap_year IS NOT NULL AND r.amount IS NOT NULL \
     GROUP BY f.program_id, r.unit, r.cap_year",
    "INSERT INTO referral_tallies (advocate_id, channel, referrals, won) \
     SELECT advocate_id, channel, COUNT(*), SUM(CASE WHEN stage = 'won' THEN 1 ELSE 0 END) FROM referrals \
     GROUP BY advocate_id, channel",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_all(manager, tables()).await?;
        for fill in FILL {
            manager.get_connection().execute_unprepared(fill).await?;
        }
        for (name, _) in OLD {
            manager.drop_index(Index::drop().name(name).table(REFERRALS).to_owned()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, columns) in OLD {
            let mut index = Index::create().name(name).table(REFERRALS).take();
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        drop_all(manager, tables()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }
}

fn tables() -> Vec<NewTable> {
    vec![cap_tallies(), referral_tallies()]
}

fn cap_tallies() -> NewTable {
    table("cap_tallies")
        .owned_by(uuid("program_id"), "programs")
        .col(text("unit"))
        .col(int("cap_year"))
        .col(amount("amount"))
        .key(["program_id", "unit", "cap_year"])
}

fn referral_tallies() -> NewTable {
    table("referral_tallies")
        .owned_by(uuid("advocate_id"), "members")
        .col(text("channel"))
        .col(count("referrals"))
        .col(count("won"))
        .key(["advocate_id", "channel"])
}
