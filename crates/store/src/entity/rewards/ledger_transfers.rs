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
    pub(crate) reward_id: Option<Uuid>,
    pub(crate) at: i64,
}

no_relations!();
