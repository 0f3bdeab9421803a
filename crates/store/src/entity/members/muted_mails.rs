//! A kind of mail that a member does not want.

use sea_orm::entity::prelude::*;

/// A row of `muted_mails`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "muted_mails")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) member_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) kind: String,
}

no_relations!();
