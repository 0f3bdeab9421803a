//! Why contacts got the neutral answer, told without them; claims that hold as long as their referral is open, so that they
//! need no end of their own; clicks counted by channel, and referrals in the order in which they are counted by channel; unread
//! messages of a dialogue.

use sea_orm_migration::prelude::*;

use crate::table::{NewTable, count, create_all, drop_all, int, table, text, time, uuid, uuid_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// By name and columns; each holds everything that is counted.
const INDEXES: [(&str, &[&str]); 2] = [
    ("idx_referrals_advocate_id_channel", &["advocate_id", "channel", "stage"]),
    ("idx_referrals_channel", &["channel", "stage"]),
];

const REFERRALS: &str = "referrals";

fn unread() -> [ColumnDef; 2] {
    ["advocate_unread", "staff_unread"].map(|name| int(name).default(0).take())
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_all(manager, tables()).await?;
        let db = manager.get_connection();
        db.execute_unprepared(
            // Down and up again after clicks had their time counts those alone that are still there.
            "INSERT INTO channel_tallies (member_id, program_id, channel, clicks) \
             SELECT member_id, program_id, channel, COUNT(*) FROM touches WHERE mark IS NULL \
             GROUP BY member_id, program_id, channel",
        )
        .await?;
        for (name, columns) in INDEXES {
            let mut index = Index::create().name(name).table(REFERRALS).take();
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        for column in unread() {
            manager.alter_table(Table::alter().table(REFERRALS).add_column(column).take()).await?;
        }
        manager.alter_table(Table::alter().table("company_claims").drop_column("until_at").take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        let until = time("until_at").default(0).take();
        manager.alter_table(Table::alter().table("company_claims").add_column(until).take()).await?;
        // Ninety days, as the window was when nobody had set it.
        db.execute_unprepared("UPDATE company_claims SET until_at = created_at + 7776000000000").await?;
        for column in unread() {
            let name = column.get_column_name().to_owned();
            manager.alter_table(Table::alter().table(REFERRALS).drop_column(name).take()).await?;
        }
        for (name, _) in INDEXES {
            manager.drop_index(Index::drop().name(name).table(REFERRALS).to_owned()).await?;
        }
        drop_all(manager, tables()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }
}

fn tables() -> Vec<NewTable> {
    vec![neutral_answers(), carried_neutral_answers(), channel_tallies()]
}

/// Behind an advocate's own link: there is no referral to write it to.
fn neutral_answers() -> NewTable {
    table("neutral_answers")
        .owned_by(uuid("advocate_id"), "members")
        .col(text("day"))
        .col(text("reason"))
        .refers_to(uuid_null("account_manager_id"), "members")
        .col(count("answers"))
        .key(["advocate_id", "day", "reason"])
        .index(["day", "advocate_id", "reason"])
        .index(["account_manager_id", "day", "advocate_id", "reason"])
}

/// Behind the link of a referral.
fn carried_neutral_answers() -> NewTable {
    table("carried_neutral_answers")
        .owned_by(uuid("referral_id"), "referrals")
        .col(text("day"))
        .col(text("reason"))
        .col(count("answers"))
        .key(["referral_id", "day", "reason"])
}

fn channel_tallies() -> NewTable {
    table("channel_tallies")
        .owned_by(uuid("member_id"), "members")
        .refers_to(uuid("program_id"), "programs")
        .col(text("channel"))
        .col(count("clicks"))
        .key(["member_id", "program_id", "channel"])
}
