//! What was taken back of a reward after its delivery.

use sea_orm::entity::prelude::*;

/// A row of `shortfalls`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "shortfalls")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) reward_id: Uuid,
    /// The version that the reward reached by being taken back.
    pub(crate) reward_version: i32,
    pub(crate) unit: String,
    pub(crate) amount: i64,
    /// What of it is still to be returned.
    pub(crate) rest: i64,
    pub(crate) state: String,
    /// A day, as `2026-11-30`.
    pub(crate) until: Option<String>,
    pub(crate) proof: Option<String>,
    pub(crate) note: Option<String>,
    pub(crate) decided_by_id: Option<Uuid>,
    pub(crate) decided_at: Option<i64>,
    pub(crate) created_at: i64,
    pub(crate) version: i32,
}

no_relations!();
