//! A recommendation of our company to another.

use sea_orm::entity::prelude::*;

/// A row of `referrals`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "referrals")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) program_id: Uuid,
    pub(crate) advocate_id: Uuid,
    /// As it was at submission: people change their employer.
    pub(crate) advocate_account_id: Uuid,
    pub(crate) account_manager_id: Option<Uuid>,
    pub(crate) touch_id: Option<Uuid>,
    pub(crate) incentive_id: Option<Uuid>,
    pub(crate) organisation_id: Option<Uuid>,
    /// Whether a piece of the choice's stock is kept for it.
    pub(crate) stock_held: bool,
    /// JSON: what the compliance matrix said when the incentive was chosen.
    pub(crate) choice_decision: Option<String>,
    pub(crate) company_name: String,
    /// The name folded, to search by.
    pub(crate) company_key: String,
    pub(crate) domain: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) role_title: String,
    pub(crate) reason: String,
    pub(crate) path: String,
    pub(crate) channel: String,
    pub(crate) stage: String,
    /// The furthest stage, also after the end.
    pub(crate) reached: String,
    pub(crate) stage_since_at: i64,
    /// Since when that one is the furthest.
    pub(crate) reached_at: i64,
    /// The programme's own stage between this one and the next, where it has been entered.
    pub(crate) sub_stage_key: Option<String>,
    pub(crate) consent: String,
    pub(crate) consent_since_at: i64,
    pub(crate) incentive_from: String,
    /// JSON, frozen at submission.
    pub(crate) terms: String,
    pub(crate) share_token_hash: Option<String>,
    pub(crate) submitted_at: i64,
    pub(crate) thanks_done_at: Option<i64>,
    pub(crate) contact_done_at: Option<i64>,
    /// The next thing that is due, for lists in that order.
    pub(crate) due_at: Option<i64>,
    pub(crate) expires_at: Option<i64>,
    pub(crate) deal_amount: Option<i64>,
    pub(crate) deal_currency: Option<String>,
    /// JSON: what the advocate answered to the programme's questions, with the wording of that time.
    pub(crate) answers: String,
    /// Made with the form: the second press of the button is the same referral.
    pub(crate) submission_key: String,
    /// Messages of the host's side that the advocate has not looked at.
    pub(crate) advocate_unread: i32,
    /// Messages of the advocate that nobody of the host's side has looked at.
    pub(crate) staff_unread: i32,
    pub(crate) version: i32,
}

no_relations!();
