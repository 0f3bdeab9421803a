//! One version of a legal text in one language; never edited.

use sea_orm::entity::prelude::*;

/// A row of `legal_texts`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "legal_texts")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) version: i32,
    pub(crate) language: String,
    pub(crate) body: String,
    pub(crate) created_by_id: Option<Uuid>,
    pub(crate) created_at: i64,
}

no_relations!();
