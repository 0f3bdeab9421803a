//! How often something was tried within its window.

use sea_orm::entity::prelude::*;

/// A row of `throttles`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "throttles")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) key: String,
    pub(crate) hits: i32,
    pub(crate) resets_at: i64,
}

no_relations!();
