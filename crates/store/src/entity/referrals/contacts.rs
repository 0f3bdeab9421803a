//! The referred person.

use sea_orm::entity::prelude::*;

/// A row of `contacts`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contacts")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) referral_id: Uuid,
    pub(crate) name: String,
    pub(crate) email: String,
    /// The keyed hash that suppressions are compared with; the row's own id once it was erased.
    pub(crate) email_hash: String,
    pub(crate) role_title: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) recipient_kind: String,
    pub(crate) preferred_channel: String,
    pub(crate) best_time: Option<String>,
    pub(crate) language: String,
    pub(crate) consent: String,
    pub(crate) confirm_token_hash: Option<String>,
    pub(crate) page_token_hash: Option<String>,
    pub(crate) created_at: i64,
    pub(crate) confirmed_at: Option<i64>,
    pub(crate) expires_at: Option<i64>,
    pub(crate) version: i32,
    pub(crate) shows_steps: bool,
    /// Keyed hash of the mailbox behind the address, however it is spelled.
    pub(crate) mailbox_hash: Option<String>,
    /// Hash of the network address that the form came from, with the salt of its day.
    pub(crate) source_hash: Option<String>,
}

no_relations!();
