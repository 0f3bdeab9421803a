//! How often the neutral answer was given behind the link of a referral, and why; nothing about whom it was given to.

use sea_orm::entity::prelude::*;

/// A row of `carried_neutral_answers`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "carried_neutral_answers")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) referral_id: Uuid,
    /// In the host's time zone, as `2026-11-02`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) day: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) reason: String,
    pub(crate) answers: i64,
}

no_relations!();
