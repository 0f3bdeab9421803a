//! One line of the triple win, always with the evidence that caused it.

use sea_orm::entity::prelude::*;

/// A row of `win_entries`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "win_entries")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) referral_id: Uuid,
    pub(crate) giver: String,
    pub(crate) receiver: String,
    pub(crate) kind: String,
    pub(crate) amount: Option<i64>,
    pub(crate) unit: Option<String>,
    pub(crate) cause: String,
    /// The id of the evidence, or the empty string: a null would switch the unique index off.
    pub(crate) cause_key: String,
    pub(crate) at: i64,
}

no_relations!();
