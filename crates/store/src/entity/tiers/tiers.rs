//! One tier and what it takes.

use sea_orm::entity::prelude::*;

/// A row of `tiers`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tiers")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) code: String,
    pub(crate) position: i32,
    pub(crate) name_de: String,
    pub(crate) name_en: String,
    /// JSON.
    pub(crate) rules: String,
    pub(crate) benefits_de: String,
    pub(crate) benefits_en: String,
    pub(crate) version: i32,
}

no_relations!();
