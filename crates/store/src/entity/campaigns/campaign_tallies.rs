//! What a campaign has given beyond the normal, counted as its rewards change.

use sea_orm::entity::prelude::*;

/// A row of `campaign_tallies`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "campaign_tallies")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) campaign_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) unit: String,
    pub(crate) amount: i64,
}

no_relations!();
