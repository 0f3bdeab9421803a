//! A person who may sign in.

use sea_orm::entity::prelude::*;

/// A row of `members`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "members")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) account_id: Option<Uuid>,
    pub(crate) name: String,
    /// The name as lists sort and find it.
    pub(crate) name_key: String,
    pub(crate) email: String,
    pub(crate) language: String,
    pub(crate) status: String,
    pub(crate) deputy_id: Option<Uuid>,
    pub(crate) refuses_gifts: bool,
    pub(crate) share_name: bool,
    /// A projection of `tier_moves`, kept here because every page of a member shows it.
    pub(crate) tier_code: String,
    pub(crate) created_at: i64,
    pub(crate) joined_at: Option<i64>,
    /// A projection of `terms_acceptances`: every page asks whether the current terms are agreed to.
    pub(crate) terms_version: i32,
    pub(crate) version: i32,
}

no_relations!();
