//! How a version of the tiers takes effect.

use sea_orm::entity::prelude::*;

/// A row of `tier_rollouts`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tier_rollouts")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) scheme_id: Uuid,
    /// The version in force before.
    pub(crate) before_id: Uuid,
    pub(crate) state: String,
    /// JSON: who takes part first; none where everybody does at once.
    pub(crate) pilot: Option<String>,
    /// JSON: the lowest tiers of the offers that were moved along, as they were before.
    pub(crate) offers: String,
    pub(crate) started_by_id: Uuid,
    pub(crate) started_at: i64,
    pub(crate) changed_at: i64,
    pub(crate) undo_until: Option<i64>,
}

no_relations!();
