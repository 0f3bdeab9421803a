//! A piece of a document, small enough that writing it holds nobody up.

use sea_orm::entity::prelude::*;

/// A row of `document_chunks`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "document_chunks")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) document_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) position: i32,
    /// Base64.
    pub(crate) body: String,
}

no_relations!();
