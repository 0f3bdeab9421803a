//! A message between advocate and account manager about a referral.

use sea_orm::entity::prelude::*;

/// A row of `referral_messages`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "referral_messages")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) referral_id: Uuid,
    pub(crate) author_id: Uuid,
    pub(crate) kind: String,
    pub(crate) body: String,
    pub(crate) at: i64,
}

no_relations!();
