//! Campaigns.

pub(crate) mod campaign_referrals;
pub(crate) mod campaign_tallies;
pub(crate) mod campaigns;
