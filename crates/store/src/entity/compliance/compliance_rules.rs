//! A rule of the matrix; what it says is in its versions.

use sea_orm::entity::prelude::*;

/// A row of `compliance_rules`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "compliance_rules")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) market: String,
    /// The newest version.
    pub(crate) version: i32,
}

no_relations!();
