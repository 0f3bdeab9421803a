//! One of the roles a member holds.

use sea_orm::entity::prelude::*;

/// A row of `member_roles`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "member_roles")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) member_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) role: String,
}

no_relations!();
