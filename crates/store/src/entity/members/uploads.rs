//! A file that somebody has handed in, until it is read or lapses.

use sea_orm::entity::prelude::*;

/// A row of `uploads`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "uploads")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) member_id: Uuid,
    pub(crate) name: String,
    pub(crate) options: String,
    /// What came of reading it, as JSON.
    pub(crate) result: Option<String>,
    pub(crate) created_at: i64,
    pub(crate) expires_at: i64,
}

no_relations!();
