//! What brings more for a time.

use sea_orm::entity::prelude::*;

/// A row of `campaigns`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "campaigns")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) program_id: Uuid,
    pub(crate) name_de: String,
    pub(crate) name_en: String,
    /// The ids of what it is for, as JSON; empty for everything.
    pub(crate) incentives: String,
    pub(crate) starts_at: i64,
    /// The first moment after it.
    pub(crate) ends_at: i64,
    /// The time zone in which its moments were written.
    pub(crate) zone: String,
    /// In hundredths.
    pub(crate) boost: i32,
    /// By unit, as JSON.
    pub(crate) budget: String,
    pub(crate) segment_id: Option<Uuid>,
    pub(crate) pilot_segment_id: Option<Uuid>,
    pub(crate) state: String,
    pub(crate) made_by_id: Uuid,
    pub(crate) created_at: i64,
    pub(crate) version: i32,
}

no_relations!();
