//! The random salt of one day, deleted after 48 hours: it makes visitor hashes anonymous.

use sea_orm::entity::prelude::*;

/// A row of `click_salts`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "click_salts")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) day: String,
    pub(crate) salt: String,
    pub(crate) created_at: i64,
}

no_relations!();
