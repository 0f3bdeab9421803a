//! How often people have followed an advocate's links, by channel: a projection of touches, which are many.

use sea_orm::entity::prelude::*;

/// A row of `channel_tallies`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "channel_tallies")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) member_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) program_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) channel: String,
    pub(crate) clicks: i64,
}

no_relations!();
