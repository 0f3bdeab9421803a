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
    /// An incentive's kind on the advocate's side, a kind of win on the contact's; empty while nothing is promised.
    pub(crate) kind: Option<String>,
    pub(crate) unit: Option<String>,
    pub(crate) amount: Option<i64>,
    /// What a cap took away.
    pub(crate) cut: i64,
    /// The campaign that it carries, and how much of the amount is that campaign's.
    pub(crate) campaign_id: Option<Uuid>,
    pub(crate) campaign_extra: i64,
    /// The calendar year, in the host's zone, whose cap the amount counts against.
    pub(crate) cap_year: Option<i32>,
    /// How much of the deal was refunded, and what that took of the amount.
    pub(crate) refunded_percent: i32,
    pub(crate) refunded: i64,
    pub(crate) state: String,
    pub(crate) state_since_at: i64,
    pub(crate) pending_reason: Option<String>,
    pub(crate) clearing_until: Option<i64>,
    /// A hold lies across the states: the reward goes on from where it was.
    pub(crate) held_case: Option<String>,
    pub(crate) receiver_account_id: Option<Uuid>,
    pub(crate) receiver_member_id: Option<Uuid>,
    pub(crate) organisation_id: Option<Uuid>,
    pub(crate) first_approval_id: Option<Uuid>,
    pub(crate) approved_by_id: Option<Uuid>,
    /// A code.
    pub(crate) ended_reason: Option<String>,
    /// What staff told the advocate when they ended it.
    pub(crate) ended_note: Option<String>,
    /// JSON: what the compliance matrix said when it was promised.
    pub(crate) decision: Option<String>,
    /// JSON, frozen at submission.
    pub(crate) terms: String,
    pub(crate) created_at: i64,
    pub(crate) version: i32,
}

no_relations!();
