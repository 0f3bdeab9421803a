//! What a rule said from one change to the next; never updated or deleted.

use sea_orm::entity::prelude::*;

/// A row of `compliance_rule_versions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "compliance_rule_versions")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) rule_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) version: i32,
    /// The set of the market's rules that this change made.
    pub(crate) set_number: i32,
    pub(crate) section: Option<String>,
    pub(crate) recipient: Option<String>,
    pub(crate) incentive_kind: Option<String>,
    pub(crate) side: Option<String>,
    pub(crate) effect: String,
    pub(crate) cap_amount: Option<i64>,
    pub(crate) cap_unit: Option<String>,
    pub(crate) cap_period: Option<String>,
    pub(crate) legal_basis: String,
    pub(crate) disclosure_de: String,
    pub(crate) disclosure_en: String,
    /// A day, as ISO text.
    pub(crate) review_on: Option<String>,
    /// From this version on the rule is none any more.
    pub(crate) ended: bool,
    /// Nobody wrote the start set.
    pub(crate) author_id: Option<Uuid>,
    pub(crate) created_at: i64,
}

no_relations!();
