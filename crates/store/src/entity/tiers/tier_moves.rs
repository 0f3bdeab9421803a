//! A member's move from tier to tier; never updated.

use sea_orm::entity::prelude::*;

/// A row of `tier_moves`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tier_moves")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) member_id: Uuid,
    /// No foreign keys on codes: a tier may go, its history stays.
    pub(crate) from_code: Option<String>,
    pub(crate) to_code: String,
    pub(crate) cause: String,
    /// The referral that moved them, where one did.
    pub(crate) referral_id: Option<Uuid>,
    /// The version of the tiers that moved them.
    pub(crate) scheme_id: Option<Uuid>,
    pub(crate) at: i64,
}

no_relations!();
