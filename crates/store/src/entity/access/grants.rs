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
    /// Who earned it.
    pub(crate) advocate_id: Uuid,
    /// The terms as they were when it was granted.
    pub(crate) terms_de: String,
    pub(crate) terms_en: String,
    pub(crate) seats: i64,
    /// For how many months; empty where it is not counted in them.
    pub(crate) months: Option<i32>,
    /// The tier with which it ends.
    pub(crate) tier_code: Option<String>,
    /// Empty until the advocate has had a key made.
    pub(crate) key_hash: Option<String>,
    pub(crate) keys_made: i32,
    pub(crate) since_at: i64,
    pub(crate) ended_at: Option<i64>,
}

no_relations!();
