//! What finance says a reward is for tax and accounting.

use sea_orm::entity::prelude::*;

/// A row of `reward_categories`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reward_categories")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) reward_id: Uuid,
    pub(crate) category: String,
    pub(crate) decided_by_id: Uuid,
    pub(crate) decided_at: i64,
}

no_relations!();
