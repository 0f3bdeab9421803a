//! Somebody who wants to join and has typed their own address.

use sea_orm::entity::prelude::*;

/// A row of `join_requests`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "join_requests")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) account_id: Uuid,
    /// The colleague whose link they came by; none when they came by themselves.
    pub(crate) invited_by_id: Option<Uuid>,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) language: String,
    pub(crate) confirm_hash: String,
    pub(crate) created_at: i64,
    pub(crate) expires_at: i64,
    /// When the address turned out to be theirs.
    pub(crate) confirmed_at: Option<i64>,
}

no_relations!();
