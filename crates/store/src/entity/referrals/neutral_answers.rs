//! How often the neutral answer was given behind an advocate's own link, and why; nothing about whom it was given to.

use sea_orm::entity::prelude::*;

/// A row of `neutral_answers`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "neutral_answers")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) advocate_id: Uuid,
    /// In the host's time zone, as `2026-11-02`: no hour by which somebody could be recognised.
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) day: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) reason: String,
    /// Who looked after the advocate's company that day.
    pub(crate) account_manager_id: Option<Uuid>,
    pub(crate) answers: i64,
}

no_relations!();
