//! A mail, written when it was decided and sent afterwards.

use sea_orm::entity::prelude::*;

/// A row of `mails`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mails")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) recipient_id: Option<Uuid>,
    pub(crate) contact_id: Option<Uuid>,
    pub(crate) to_address: String,
    pub(crate) subject: String,
    pub(crate) body_text: String,
    pub(crate) body_html: String,
    pub(crate) created_at: i64,
    pub(crate) sent_at: Option<i64>,
    pub(crate) attempts: i32,
    pub(crate) last_error: Option<String>,
    pub(crate) dead_at: Option<i64>,
}

no_relations!();
