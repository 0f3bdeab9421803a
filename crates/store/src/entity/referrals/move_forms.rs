//! A form that has moved a referral.

use sea_orm::entity::prelude::*;

/// A row of `move_forms`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "move_forms")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) form_hash: String,
    pub(crate) referral_id: Uuid,
    pub(crate) at: i64,
}

no_relations!();
