//! Suspected misuse: cases by person, what was found about which referral, and by what contacts are compared.

use sea_orm_migration::prelude::*;

use crate::table::{
    NewTable, bool, create_all, drop_all, id, int, int_null, table, text, text_null, time, time_null, uuid,
    uuid_null, version,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

fn tables() -> Vec<NewTable> {
    vec![
        table("fraud_cases")
            .col(id())
            .refers_to(uuid("advocate_id"), "members")
            .refers_to(uuid("account_id"), "accounts")
            .col(text("state"))
            .col(time("opened_at"))
            .refers_to(uuid_null("decided_by_id"), "members")
            .col(time_null("decided_at"))
            .col(text_null("reason"))
            .col(version())
            .index(["state", "opened_at", "id"])
            .index(["decided_at", "id"]),
        table("fraud_findings")
            .owned_by(uuid("referral_id"), "referrals")
            .col(text("reason"))
            .refers_to(uuid("advocate_id"), "members")
            .col(int("weight"))
            .col(int_null("counted"))
            .col(time("found_at"))
            .refers_to(uuid_null("case_id"), "fraud_cases")
            // Whether the case holds what the referral has earned: while it is open, and until its end is carried out.
            .col(bool("holds"))
            .key(["referral_id", "reason"])
            .index(["case_id", "found_at"])
            .index(["advocate_id", "case_id"]),
    ]
}

/// One person has one open case, whoever finds something at the same moment.
const ONE_OPEN: &str =
    "CREATE UNIQUE INDEX idx_fraud_cases_open ON fraud_cases (advocate_id) WHERE state = 'open'";

/// Keyed hashes: of the mailbox behind an address, and of the network address with the salt of its day.
const HASHES: [&str; 2] = ["mailbox_hash", "source_hash"];

fn index_on(column: &str) -> String {
    format!("idx_contacts_{column}")
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_all(manager, tables()).await?;
        manager.get_connection().execute_unprepared(ONE_OPEN).await?;
        for column in HASHES {
            let add = Table::alter().table("contacts").add_column(text_null(column)).take();
            manager.alter_table(add).await?;
            let index = Index::create().name(index_on(column)).table("contacts").col(column).take();
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in HASHES {
            manager.drop_index(Index::drop().name(index_on(column)).table("contacts").to_owned()).await?;
            manager.alter_table(Table::alter().table("contacts").drop_column(column).take()).await?;
        }
        // What open cases hold is free again: a hold stands in none of the other tables.
        drop_all(manager, tables()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }
}
