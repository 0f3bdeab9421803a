//! A customer's company, or one that may become a customer.

use sea_orm::entity::prelude::*;

/// A row of `accounts`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "accounts")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) name: String,
    /// The name as it is compared: lower case, without legal form and punctuation.
    pub(crate) name_key: String,
    pub(crate) country: String,
    pub(crate) industry: Option<String>,
    /// Private, public or health: it decides which benefits the law allows.
    pub(crate) recipient_kind: String,
    pub(crate) status: String,
    /// A calendar date (`2026-05-01`): a contract begins on a day, not at an instant.
    pub(crate) customer_since: Option<String>,
    pub(crate) gift_policy: String,
    pub(crate) created_at: i64,
    pub(crate) version: i32,
}

no_relations!();
