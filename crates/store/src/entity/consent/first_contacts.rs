//! Somebody whom the account manager may speak to once. The row goes with their answer, or after its last day.

use sea_orm::entity::prelude::*;

/// A row of `first_contacts`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "first_contacts")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) referral_id: Uuid,
    pub(crate) rule_id: Uuid,
    pub(crate) channel: String,
    /// Name and number, encrypted.
    pub(crate) sealed: String,
    pub(crate) name_mask: String,
    pub(crate) phone_mask: Option<String>,
    /// Keyed hash of the number, for the suppression list.
    pub(crate) person_hash: String,
    pub(crate) circumstances: String,
    pub(crate) created_at: i64,
    pub(crate) expires_at: i64,
    pub(crate) revealed_by_id: Option<Uuid>,
    pub(crate) revealed_at: Option<i64>,
}

no_relations!();
