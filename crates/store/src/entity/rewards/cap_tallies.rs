//! How much of a year's rewards counts against a programme's caps: a projection of rewards, which are many.

use sea_orm::entity::prelude::*;

/// A row of `cap_tallies`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cap_tallies")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) program_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) unit: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) cap_year: i32,
    pub(crate) amount: i64,
}

no_relations!();
