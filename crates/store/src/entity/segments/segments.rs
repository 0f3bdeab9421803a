//! A group of customers.

use sea_orm::entity::prelude::*;

/// A row of `segments`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "segments")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) name_de: String,
    pub(crate) name_en: String,
    /// Its conditions as JSON; none where its companies were picked by hand.
    pub(crate) rule: Option<String>,
    pub(crate) created_at: i64,
    pub(crate) version: i32,
}

no_relations!();
