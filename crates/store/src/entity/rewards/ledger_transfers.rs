//! One movement between two ledger accounts; never updated or deleted.

use sea_orm::entity::prelude::*;

/// A row of `ledger_transfers`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ledger_transfers")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) from_id: Uuid,
    pub(crate) to_id: Uuid,
    pub(crate) amount: i64,
    pub(crate) unit: String,
    pub(crate) cause: String,
    pub(crate) reward_id: Uuid,
    /// The version of the reward that was reached by it: each change of a reward is booked once.
    pub(crate) reward_version: i32,
    /// Which step of the way, where it goes through several accounts.
    pub(crate) leg: i32,
    pub(crate) at: i64,
}

no_relations!();
