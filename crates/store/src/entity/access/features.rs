//! A feature that is granted before everybody has it.

use sea_orm::entity::prelude::*;

/// A row of `features`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "features")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    /// The thank-you that grants it.
    pub(crate) incentive_id: Option<Uuid>,
    pub(crate) name_de: String,
    pub(crate) name_en: String,
    pub(crate) terms_de: String,
    pub(crate) terms_en: String,
    /// How it is used; may be empty.
    pub(crate) guide_de: String,
    pub(crate) guide_en: String,
    /// Calendar dates (`2026-12-01`): a feature begins and ends with a day of the host's.
    pub(crate) starts_on: String,
    pub(crate) ends_on: Option<String>,
    pub(crate) seats: i32,
    /// How many of them are granted.
    pub(crate) taken: i32,
    pub(crate) created_at: i64,
    pub(crate) version: i32,
}

no_relations!();
