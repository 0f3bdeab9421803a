//! Who did what to which object; never updated or deleted.

use sea_orm::entity::prelude::*;

/// A row of `audit_entries`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entries")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) at: i64,
    pub(crate) actor_id: Option<Uuid>,
    pub(crate) action: String,
    pub(crate) object_kind: String,
    pub(crate) object_key: String,
    /// JSON.
    pub(crate) details: String,
}

no_relations!();
