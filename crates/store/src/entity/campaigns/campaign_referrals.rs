//! A referral that was promised a campaign's boost; what exactly stands in its terms.

use sea_orm::entity::prelude::*;

/// A row of `campaign_referrals`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "campaign_referrals")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) campaign_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) referral_id: Uuid,
}

no_relations!();
