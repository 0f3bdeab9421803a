//! An introduction that the host owes for a mutual referral.

use sea_orm::entity::prelude::*;

/// A row of `introductions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "introductions")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) reward_id: Uuid,
    /// The advocate's company, to which somebody is introduced.
    pub(crate) account_id: Uuid,
    pub(crate) state: String,
    pub(crate) company: String,
    pub(crate) role: String,
    pub(crate) introduced_on: Option<String>,
    pub(crate) introduced_at: Option<i64>,
    /// When the advocate answered, or their silence was taken for an answer.
    pub(crate) answered_at: Option<i64>,
    pub(crate) fit: Option<String>,
    /// What the advocate said besides, also why they dispute it.
    pub(crate) note: Option<String>,
    pub(crate) created_at: i64,
    pub(crate) version: i32,
}

no_relations!();
