//! The work of handing over a reward.

use sea_orm::entity::prelude::*;

/// A row of `deliveries`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deliveries")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) reward_id: Uuid,
    pub(crate) owner_id: Option<Uuid>,
    pub(crate) due_at: i64,
    /// The day for which its owner was reminded.
    pub(crate) reminded_due_at: Option<i64>,
    pub(crate) done_at: Option<i64>,
    pub(crate) done_by_id: Option<Uuid>,
    /// JSON.
    pub(crate) proof: Option<String>,
    pub(crate) version: i32,
}

no_relations!();
