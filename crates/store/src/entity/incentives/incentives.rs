//! A thank-you that a programme offers.

use sea_orm::entity::prelude::*;

/// A row of `incentives`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "incentives")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) program_id: Uuid,
    pub(crate) kind: String,
    pub(crate) name_de: String,
    pub(crate) name_en: String,
    pub(crate) text_de: String,
    pub(crate) text_en: String,
    /// Empty: no limit.
    pub(crate) stock: Option<i32>,
    pub(crate) taken: i32,
    pub(crate) min_tier: i32,
    /// JSON: what is paid at which stage.
    pub(crate) scheme: String,
    /// JSON array of country codes; empty means every country of the matrix.
    pub(crate) countries: String,
    pub(crate) active: bool,
    pub(crate) position: i32,
    pub(crate) created_at: i64,
    pub(crate) version: i32,
}

no_relations!();
