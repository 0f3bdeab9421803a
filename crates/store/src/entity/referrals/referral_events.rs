//! One line of a referral's timeline; never updated.

use sea_orm::entity::prelude::*;

/// A row of `referral_events`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "referral_events")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) referral_id: Uuid,
    pub(crate) seq: i32,
    pub(crate) at: i64,
    pub(crate) made_by: String,
    pub(crate) member_id: Option<Uuid>,
    pub(crate) kind: String,
    /// JSON of what happened.
    pub(crate) body: String,
}

no_relations!();
