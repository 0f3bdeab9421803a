//! Campaigns.

use domain::ids::CampaignId;

use super::{Path, with_id};

/// Campaigns as staff see them.
pub const CAMPAIGNS: Path = Path::fixed("/manage/campaigns");
/// A new one.
pub const NEW_CAMPAIGN: Path = Path::fixed("/manage/campaigns/new");
/// The route of [`campaign`].
pub const CAMPAIGN: &str = "/manage/campaigns/{id}";
/// The route of [`campaign_step`].
pub const CAMPAIGN_STEP: &str = "/manage/campaigns/{id}/step";
/// The route of [`own_campaign`].
pub const OWN_CAMPAIGN: &str = "/campaigns/{id}";

/// One campaign.
pub fn campaign(id: CampaignId) -> Path {
    with_id(CAMPAIGN, id)
}

/// Where it is begun, rolled out or closed.
pub fn campaign_step(id: CampaignId) -> Path {
    with_id(CAMPAIGN_STEP, id)
}

/// The same campaign as an advocate sees it.
pub fn own_campaign(id: CampaignId) -> Path {
    with_id(OWN_CAMPAIGN, id)
}
