//! How many entries of each sort an advocate's referrals have brought, kept beside the entries themselves.

use sea_orm::entity::prelude::*;

/// A row of `win_tallies`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "win_tallies")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) advocate_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) cause: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) giver: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) receiver: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) kind: String,
    pub(crate) entries: i64,
}

no_relations!();
