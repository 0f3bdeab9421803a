//! A key of a machine that asks the API.

use sea_orm::entity::prelude::*;

/// A row of `api_keys`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_keys")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) name: String,
    /// Codes with spaces between them.
    pub(crate) scopes: String,
    pub(crate) key_hash: String,
    pub(crate) created_by_id: Uuid,
    pub(crate) created_at: i64,
    pub(crate) used_on: Option<String>,
    pub(crate) revoked_by_id: Option<Uuid>,
    pub(crate) revoked_at: Option<i64>,
}

no_relations!();
