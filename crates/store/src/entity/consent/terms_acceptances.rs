//! A member's agreement to one version of the terms.

use sea_orm::entity::prelude::*;

/// A row of `terms_acceptances`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "terms_acceptances")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) member_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) version: i32,
    pub(crate) accepted_at: i64,
}

no_relations!();
