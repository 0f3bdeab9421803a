//! An organisation that donations can go to.

use sea_orm::entity::prelude::*;

/// A row of `organisations`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organisations")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) legal_name: String,
    pub(crate) active: bool,
    pub(crate) created_at: i64,
    pub(crate) version: i32,
}

no_relations!();
