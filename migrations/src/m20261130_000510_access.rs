//! Features that are granted early, the grants, and the keys of machines that ask for them. Early accesses that were
//! delivered before keep their proof; they name no feature.

use sea_orm_migration::prelude::*;

use crate::table::{
    NewTable, amount, create_all, drop_all, id, int, int_null, table, text, text_null, time, time_null, uuid,
    uuid_key, uuid_null, version,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_all(manager, tables()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, tables()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }
}

fn tables() -> Vec<NewTable> {
    vec![features(), grants(), api_keys()]
}

fn features() -> NewTable {
    table("features")
        .col(id())
        .refers_to(uuid_null("incentive_id"), "incentives")
        .col(text("name_de"))
        .col(text("name_en"))
        .col(text("terms_de"))
        .col(text("terms_en"))
        .col(text("guide_de"))
        .col(text("guide_en"))
        .col(text("starts_on"))
        .col(text_null("ends_on"))
        .col(int("seats"))
        .col(int("taken"))
        .col(time("created_at"))
        .col(version())
        // A thank-you grants one feature at most.
        .unique(["incentive_id"])
        // Whatever a rule may have overlooked: no seat is given twice.
        .check(Expr::col("taken").gte(0).and(Expr::col("taken").lte(Expr::col("seats"))))
}

fn grants() -> NewTable {
    table("grants")
        .owned_by(uuid_key("reward_id"), "rewards")
        .refers_to(uuid("feature_id"), "features")
        .refers_to(uuid("account_id"), "accounts")
        .refers_to(uuid("advocate_id"), "members")
        .col(text("terms_de"))
        .col(text("terms_en"))
        .col(amount("seats"))
        .col(int_null("months"))
        .col(text_null("tier_code"))
        .col(text_null("key_hash"))
        .col(int("keys_made"))
        .col(time("since_at"))
        .col(time_null("ended_at"))
        // For the API, for marketing's list, and for whoever falls below a tier.
        .index(["account_id", "ended_at", "since_at"])
        .index(["feature_id", "since_at"])
        .index(["advocate_id", "ended_at"])
}

fn api_keys() -> NewTable {
    table("api_keys")
        .col(id())
        .col(text("name"))
        .col(text("scopes"))
        .col(text("key_hash"))
        .refers_to(uuid("created_by_id"), "members")
        .col(time("created_at"))
        .col(text_null("used_on"))
        .refers_to(uuid_null("revoked_by_id"), "members")
        .col(time_null("revoked_at"))
        .unique(["key_hash"])
}
