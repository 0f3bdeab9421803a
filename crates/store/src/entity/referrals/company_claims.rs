//! The one advocate whose referral of a company counts.

use sea_orm::entity::prelude::*;

/// A row of `company_claims`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "company_claims")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) domain: String,
    pub(crate) referral_id: Uuid,
    pub(crate) advocate_id: Uuid,
    pub(crate) created_at: i64,
}

no_relations!();
