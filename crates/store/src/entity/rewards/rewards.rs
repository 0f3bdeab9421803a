//! What one side earned by one part of an incentive.

use sea_orm::entity::prelude::*;

/// A row of `rewards`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rewards")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) referral_id: Uuid,
    /// Of the frozen terms; with referral and side it makes a second event the same event.
    pub(crate) part_key: String,
    pub(crate) side: String,
    pub(crate) incentive_id: Option<Uuid>,
    pub(crate) kind: String,
    pub(crate) unit: String,
    pub(crate) amount: i64,
    pub(crate) state: String,
    pub(crate) pending_reason: Option<String>,
    pub(crate) clearing_until: Option<i64>,
    /// A hold lies across the states: the reward goes on from where it was.
    pub(crate) held_case: Option<String>,
    pub(crate) receiver_account_id: Option<Uuid>,
    pub(crate) receiver_member_id: Option<Uuid>,
    pub(crate) organisation_id: Option<Uuid>,
    pub(crate) approved_by_id: Option<Uuid>,
    pub(crate) approved_at: Option<i64>,
    pub(crate) fulfilled_at: Option<i64>,
    pub(crate) ended_reason: Option<String>,
    pub(crate) created_at: i64,
    pub(crate) version: i32,
}

no_relations!();
