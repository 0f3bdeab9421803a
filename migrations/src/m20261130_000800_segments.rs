//! Segments: groups of customers by conditions, or of companies that were picked by hand; and an index for each condition.

use sea_orm_migration::prelude::*;

use crate::table::{NewTable, create_all, drop_all, id, table, text, text_null, time, uuid, version};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

fn tables() -> Vec<NewTable> {
    vec![
        table("segments")
            .col(id())
            .col(text("name_de"))
            .col(text("name_en"))
            // Its conditions; none where its companies were picked.
            .col(text_null("rule"))
            .col(time("created_at"))
            .col(version()),
        table("segment_accounts")
            .owned_by(uuid("segment_id"), "segments")
            .owned_by(uuid("account_id"), "accounts")
            .key(["segment_id", "account_id"]),
    ]
}

/// What a condition looks for: table and column. (Who looks after a company has its index already.)
const CONDITIONS: [(&str, &str); 6] = [
    ("accounts", "country"),
    ("accounts", "industry"),
    ("accounts", "status"),
    ("accounts", "recipient_kind"),
    ("accounts", "customer_since"),
    ("members", "tier_code"),
];

fn index_on(table: &str, column: &str) -> String {
    format!("idx_{table}_{column}")
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_all(manager, tables()).await?;
        for (table, column) in CONDITIONS {
            let index = Index::create().name(index_on(table, column)).table(table).col(column).take();
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in CONDITIONS {
            manager.drop_index(Index::drop().name(index_on(table, column)).table(table).to_owned()).await?;
        }
        drop_all(manager, tables()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }
}
