//! A feature that a customer has early, by a reward.

use sea_orm::entity::prelude::*;

/// A row of `grants`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "grants")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) reward_id: Uuid,
    pub(crate) feature_id: Uuid,
    pub(crate) account_id: Uuid,
    pub(crate) seats: i64,
    /// Empty until the advocate has had the key shown.
    pub(crate) key_hash: Option<String>,
    pub(crate) since_at: i64,
    pub(crate) ended_at: Option<i64>,
}

no_relations!();
