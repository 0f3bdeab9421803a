//! How often the rules of a market have changed.

use sea_orm::entity::prelude::*;

/// A row of `compliance_markets`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "compliance_markets")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) market: String,
    pub(crate) set_number: i32,
}

no_relations!();
