//! The ground on which a member may be written to over one channel.

use sea_orm::entity::prelude::*;

/// A row of `permissions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "permissions")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) member_id: Uuid,
    pub(crate) channel: String,
    pub(crate) basis: String,
    pub(crate) source: String,
    pub(crate) recorded_at: i64,
    pub(crate) objected_at: Option<i64>,
}

no_relations!();
