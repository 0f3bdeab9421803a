//! Who is kept at a tier by hand.

use sea_orm::entity::prelude::*;

/// A row of `tier_pins`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tier_pins")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) member_id: Uuid,
    pub(crate) tier_code: String,
    pub(crate) until: i64,
    pub(crate) reason: String,
    pub(crate) pinned_by_id: Uuid,
    pub(crate) pinned_at: i64,
}

no_relations!();
