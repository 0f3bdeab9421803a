//! A link that a member passes on to colleagues.

use sea_orm::entity::prelude::*;

/// A row of `colleague_links`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "colleague_links")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) member_id: Uuid,
    pub(crate) code_hash: String,
    pub(crate) uses: i32,
    pub(crate) created_at: i64,
    pub(crate) expires_at: i64,
}

no_relations!();
