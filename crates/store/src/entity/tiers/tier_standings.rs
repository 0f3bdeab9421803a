//! When a member's tier has to be looked at again, and whether they are warned.

use sea_orm::entity::prelude::*;

/// A row of `tier_standings`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tier_standings")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) member_id: Uuid,
    /// When something counted leaves the rolling year, or they fall; none where time alone changes nothing.
    pub(crate) check_at: Option<i64>,
    /// When they fall; none for who is not warned.
    pub(crate) fall_at: Option<i64>,
    pub(crate) fall_cause: Option<String>,
}

no_relations!();
