//! What was taken back after its delivery, each with what is decided about it, and what it came off. What was taken back before
//! this step waits for a decision. The ledger is never changed, also on the way back: a reader from before this step does not
//! know the causes of its new transfers, and coming up again finds from them what is left of each.

use sea_orm_migration::prelude::*;

use crate::table::{
    NewTable, amount, create_all, drop_all, id, int, table, text, text_null, time, time_null, uuid,
    uuid_null, version,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// A taking back and all that followed it have the reward and its version in common; each step has its own leg.
const TAKEN_BACK: &str = "INSERT INTO shortfalls \
    (id, reward_id, reward_version, unit, amount, rest, state, created_at, version) \
    SELECT t.id, t.reward_id, t.reward_version, t.unit, t.amount, s.rest, \
    CASE WHEN s.rest > 0 THEN 'open' WHEN s.waived > 0 THEN 'waived' ELSE 'returned' END, t.at, s.legs \
    FROM ledger_transfers t JOIN (\
        SELECT x.reward_id, x.reward_version, \
        CAST(SUM(CASE WHEN lt.kind = 'receivable' THEN x.amount WHEN lf.kind = 'receivable' THEN -x.amount ELSE 0 END) \
        AS BIGINT) AS rest, MAX(x.leg) AS legs, SUM(CASE WHEN lt.kind = 'waived' THEN 1 ELSE 0 END) AS waived \
        FROM ledger_transfers x JOIN ledger_accounts lt ON lt.id = x.to_id JOIN ledger_accounts lf ON lf.id = x.from_id \
        GROUP BY x.reward_id, x.reward_version) s \
    ON s.reward_id = t.reward_id AND s.reward_version = t.reward_version \
    JOIN ledger_accounts l ON l.id = t.to_id \
    WHERE l.kind = 'receivable' AND t.cause = 'reward_reversed'";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_all(manager, vec![shortfalls(), set_offs()]).await?;
        manager.get_connection().execute_unprepared(TAKEN_BACK).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(manager, vec![shortfalls(), set_offs()]).await
    }

    fn use_transaction(&self) -> Option<bool> {
        crate::IN_ONE_TRANSACTION
    }
}

fn shortfalls() -> NewTable {
    table("shortfalls")
        .col(id())
        .refers_to(uuid("reward_id"), "rewards")
        .col(int("reward_version"))
        .col(text("unit"))
        .col(amount("amount"))
        .col(amount("rest"))
        .col(text("state"))
        .col(text_null("until"))
        .col(text_null("proof"))
        .col(text_null("note"))
        .refers_to(uuid_null("decided_by_id"), "members")
        .col(time_null("decided_at"))
        .col(time("created_at"))
        .col(version())
        .unique(["reward_id", "reward_version"])
        .index(["rest", "created_at", "id"])
        .check(Expr::cust("amount > 0 AND rest >= 0 AND rest <= amount"))
}

fn set_offs() -> NewTable {
    table("set_offs")
        .owned_by(uuid("shortfall_id"), "shortfalls")
        .refers_to(uuid("reward_id"), "rewards")
        .col(amount("amount"))
        .key(["shortfall_id", "reward_id"])
        .check(Expr::cust("amount > 0"))
}
