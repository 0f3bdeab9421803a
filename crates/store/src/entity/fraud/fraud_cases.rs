//! A person of whom misuse is suspected, and what somebody decided.

use sea_orm::entity::prelude::*;

/// A row of `fraud_cases`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "fraud_cases")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) advocate_id: Uuid,
    /// Their company when the case was opened.
    pub(crate) account_id: Uuid,
    pub(crate) state: String,
    pub(crate) opened_at: i64,
    pub(crate) decided_by_id: Option<Uuid>,
    pub(crate) decided_at: Option<i64>,
    /// In the words of whoever decided.
    pub(crate) reason: Option<String>,
    pub(crate) version: i32,
}

no_relations!();
