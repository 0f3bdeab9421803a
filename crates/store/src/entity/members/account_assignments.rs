//! The account manager of an account: one at a time.

use sea_orm::entity::prelude::*;

/// A row of `account_assignments`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account_assignments")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) account_id: Uuid,
    pub(crate) member_id: Uuid,
    pub(crate) assigned_at: i64,
}

no_relations!();
