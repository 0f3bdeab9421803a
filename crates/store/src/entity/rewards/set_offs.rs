//! How much of a shortfall came off a reward.

use sea_orm::entity::prelude::*;

/// A row of `set_offs`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "set_offs")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) shortfall_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) reward_id: Uuid,
    pub(crate) amount: i64,
}

no_relations!();
