//! A version of the tiers, all together; once it has been published it is never updated.

use sea_orm::entity::prelude::*;

/// A row of `tier_schemes`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tier_schemes")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) number: i32,
    /// JSON: the tiers, from the lowest.
    pub(crate) content: String,
    pub(crate) version: i32,
    pub(crate) made_by_id: Option<Uuid>,
    pub(crate) made_at: i64,
    /// None for the draft.
    pub(crate) published_at: Option<i64>,
}

no_relations!();
