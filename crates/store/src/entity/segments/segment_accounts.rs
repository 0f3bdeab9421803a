//! A company that was picked by hand for a segment.

use sea_orm::entity::prelude::*;

/// A row of `segment_accounts`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "segment_accounts")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) segment_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) account_id: Uuid,
}

no_relations!();
