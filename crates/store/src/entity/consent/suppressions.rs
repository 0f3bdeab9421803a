//! A keyed hash of an address that must not be contacted: all that a refusal leaves.

use sea_orm::entity::prelude::*;

/// A row of `suppressions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "suppressions")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) hash: String,
    pub(crate) reason: String,
    pub(crate) created_at: i64,
}

no_relations!();
