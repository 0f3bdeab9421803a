//! How many referrals an advocate has made by each channel, and how many of them were won: a projection of referrals, which
//! are many.

use sea_orm::entity::prelude::*;

/// A row of `referral_tallies`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "referral_tallies")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) advocate_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) channel: String,
    pub(crate) referrals: i64,
    pub(crate) won: i64,
}

no_relations!();
