//! What somebody typed into a form that was not accepted.

use sea_orm::entity::prelude::*;

/// A row of `form_states`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "form_states")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    /// Session or link it belongs to: the random id in the URL alone opens nothing.
    pub(crate) owner_hash: String,
    pub(crate) sealed: String,
    pub(crate) expires_at: i64,
}

no_relations!();
