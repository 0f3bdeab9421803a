//! What speaks against a referral: once for each reason, without anything about its contact.

use sea_orm::entity::prelude::*;

/// A row of `fraud_findings`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "fraud_findings")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) referral_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) reason: String,
    pub(crate) advocate_id: Uuid,
    pub(crate) weight: i32,
    /// Referrals, contacts or minutes, as the reason counts.
    pub(crate) counted: Option<i32>,
    pub(crate) found_at: i64,
    /// Empty while it weighs too little for a case.
    pub(crate) case_id: Option<Uuid>,
    /// Whether the case holds what the referral has earned.
    pub(crate) holds: bool,
}

no_relations!();
