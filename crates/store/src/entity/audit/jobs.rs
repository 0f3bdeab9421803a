//! Work that was ordered in a business transaction and is done afterwards.

use sea_orm::entity::prelude::*;

/// A row of `jobs`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jobs")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    /// JSON with ids only: a job reads what is true when it runs.
    pub(crate) payload: String,
    pub(crate) dedup_key: Option<String>,
    pub(crate) run_at: i64,
    pub(crate) attempts: i32,
    pub(crate) leased_until: Option<i64>,
    pub(crate) dead_at: Option<i64>,
    pub(crate) last_error: Option<String>,
    pub(crate) created_at: i64,
}

no_relations!();
