//! A browser's session, as `tower-sessions` keeps it.

use sea_orm::entity::prelude::*;

/// A row of `sessions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    /// Beside the data, so that a member's sessions can all be ended at once.
    pub(crate) member_id: Option<Uuid>,
    pub(crate) data: String,
    pub(crate) created_at: i64,
    pub(crate) expires_at: i64,
}

no_relations!();
