//! Why a reward is held by the matrix, and who let it go.

use sea_orm::entity::prelude::*;

/// A row of `compliance_cases`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "compliance_cases")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) reward_id: Uuid,
    /// JSON.
    pub(crate) decision: String,
    pub(crate) opened_at: i64,
    pub(crate) released_by_id: Option<Uuid>,
    pub(crate) released_at: Option<i64>,
    /// In the words of whoever released it.
    pub(crate) reason: Option<String>,
}

no_relations!();
