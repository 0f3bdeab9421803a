//! What billing has told of a deal after it was won.

use sea_orm::entity::prelude::*;

/// A row of `conversions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "conversions")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    /// Billing's own number of the event: the same one again is the same event.
    pub(crate) event_key: String,
    pub(crate) referral_id: Uuid,
    pub(crate) kind: String,
    /// A day, as `2026-11-30`.
    pub(crate) on_day: String,
    pub(crate) amount: Option<i64>,
    pub(crate) unit: Option<String>,
    /// What it did when it was taken.
    pub(crate) effect: String,
    /// Empty for the command line.
    pub(crate) recorded_by_id: Option<Uuid>,
    pub(crate) recorded_at: i64,
}

no_relations!();
