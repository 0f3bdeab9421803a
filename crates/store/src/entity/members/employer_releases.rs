//! An employer's release of rewards to one of their people.

use sea_orm::entity::prelude::*;

/// A row of `employer_releases`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "employer_releases")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) member_id: Uuid,
    pub(crate) account_id: Uuid,
    /// Who at the employer released it.
    pub(crate) released_by: String,
    /// A day, as `2026-11-02`.
    pub(crate) released_on: String,
    /// A day.
    pub(crate) valid_until: Option<String>,
    /// JSON: amounts per calendar year by unit.
    pub(crate) caps: String,
    pub(crate) document: String,
    pub(crate) recorded_by_id: Uuid,
    pub(crate) recorded_at: i64,
    pub(crate) revoked_by_id: Option<Uuid>,
    pub(crate) revoked_at: Option<i64>,
}

no_relations!();
