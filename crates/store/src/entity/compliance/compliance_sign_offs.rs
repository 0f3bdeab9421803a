//! Counsel's signature under the rules of a market; never updated or deleted.

use sea_orm::entity::prelude::*;

/// A row of `compliance_sign_offs`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "compliance_sign_offs")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) market: String,
    pub(crate) set_number: i32,
    pub(crate) counsel: String,
    pub(crate) document: String,
    /// A day, as ISO text.
    pub(crate) signed_on: String,
    pub(crate) recorded_by_id: Uuid,
    pub(crate) recorded_at: i64,
}

no_relations!();
