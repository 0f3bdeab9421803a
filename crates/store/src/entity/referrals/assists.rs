//! An advocate who was second with the same company: no contact data, only thanks.

use sea_orm::entity::prelude::*;

/// A row of `assists`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "assists")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) referral_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) member_id: Uuid,
    pub(crate) at: i64,
}

no_relations!();
