//! What a member receives unless they choose otherwise.

use sea_orm::entity::prelude::*;

/// A row of `member_defaults`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "member_defaults")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) member_id: Uuid,
    pub(crate) incentive_id: Uuid,
    pub(crate) organisation_id: Option<Uuid>,
}

no_relations!();
