//! One side of a transfer, with its balance.

use sea_orm::entity::prelude::*;

/// A row of `ledger_accounts`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ledger_accounts")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) owner_kind: String,
    /// The owner's id, or `host`.
    pub(crate) owner_key: String,
    pub(crate) kind: String,
    pub(crate) unit: String,
    /// A checked projection: the sum of the transfers in minus those out.
    pub(crate) balance: i64,
}

no_relations!();
