//! A step of a contact's consent, with the words and the disclosure they saw; never updated.

use sea_orm::entity::prelude::*;

/// A row of `consents`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "consents")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) contact_id: Uuid,
    pub(crate) referral_id: Uuid,
    pub(crate) state: String,
    pub(crate) wording_version: i32,
    pub(crate) wording: String,
    pub(crate) disclosure: String,
    pub(crate) channel: String,
    pub(crate) at: i64,
}

no_relations!();
