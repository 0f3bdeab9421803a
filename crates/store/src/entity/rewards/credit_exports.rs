//! A credit that was handed to the billing system.

use sea_orm::entity::prelude::*;

/// A row of `credit_exports`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credit_exports")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) reward_id: Uuid,
    pub(crate) exported_by_id: Uuid,
    /// The first time.
    pub(crate) exported_at: i64,
}

no_relations!();
