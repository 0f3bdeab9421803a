//! A click on a link or a typed code.

use sea_orm::entity::prelude::*;

/// A row of `touches`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "touches")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    /// As it was used. No foreign key: one more lookup per click would slow the busiest write.
    pub(crate) code: String,
    pub(crate) member_id: Uuid,
    pub(crate) program_id: Uuid,
    pub(crate) channel: String,
    pub(crate) visitor_hash: Option<String>,
    /// Bot or prefetch: such touches are kept and never counted.
    pub(crate) mark: Option<String>,
    pub(crate) at: i64,
}

no_relations!();
