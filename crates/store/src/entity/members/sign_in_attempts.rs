//! A sign-in that was begun by mail: by link, or by code in the browser that asked.

use sea_orm::entity::prelude::*;

/// A row of `sign_in_attempts`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_attempts")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    /// Empty for an unknown address, which is treated the same so that nobody can tell.
    pub(crate) member_id: Option<Uuid>,
    pub(crate) link_hash: String,
    pub(crate) code_hash: String,
    pub(crate) browser_hash: String,
    pub(crate) tries: i32,
    pub(crate) created_at: i64,
    pub(crate) expires_at: i64,
    pub(crate) used_at: Option<i64>,
}

no_relations!();
