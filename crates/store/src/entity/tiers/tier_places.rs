//! Which place of the ladder in force a tier stands for, also one that only a pilot knows or that is gone.

use sea_orm::entity::prelude::*;

/// A row of `tier_places`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tier_places")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) code: String,
    pub(crate) position: i32,
}

no_relations!();
