//! A code that points to an advocate: in a link, or short enough to be said aloud.

use sea_orm::entity::prelude::*;

/// A row of `referral_codes`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "referral_codes")]
pub(crate) struct Model {
    /// Old codes stay: a printed card must work for ever.
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) code: String,
    pub(crate) member_id: Uuid,
    pub(crate) program_id: Uuid,
    pub(crate) kind: String,
    pub(crate) current: bool,
    /// Touches of people: counted in the transaction that stores them.
    pub(crate) clicks: i64,
    pub(crate) created_at: i64,
}

no_relations!();
