//! A market and a channel in which an account manager may make the first contact, with the ground counsel gave.

use sea_orm::entity::prelude::*;

/// A row of `first_contact_rules`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "first_contact_rules")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) program_id: Uuid,
    pub(crate) channel: String,
    pub(crate) country: String,
    pub(crate) ground: String,
    pub(crate) recorded_by_id: Uuid,
    pub(crate) recorded_at: i64,
    /// Rules are ended, never deleted: what was allowed when must stay readable.
    pub(crate) ended_at: Option<i64>,
}

no_relations!();
