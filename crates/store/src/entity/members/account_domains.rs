//! A registrable mail domain that belongs to an account.

use sea_orm::entity::prelude::*;

/// A row of `account_domains`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account_domains")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) domain: String,
    pub(crate) account_id: Uuid,
}

no_relations!();
