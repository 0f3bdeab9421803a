//! Who goes by a version that is rolled out, and which tier they had before.

use sea_orm::entity::prelude::*;

/// A row of `tier_rollout_members`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tier_rollout_members")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) rollout_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) member_id: Uuid,
    pub(crate) tier_code: String,
    /// When they got back what they had.
    pub(crate) put_back_at: Option<i64>,
}

no_relations!();
