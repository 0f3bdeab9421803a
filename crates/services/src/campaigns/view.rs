//! Campaigns as staff see them: what each has brought, and which others it meets.

use domain::{ids::CampaignId, members::Actor};
use store::{
    StoreError,
    campaigns::{CampaignFigures, NamedCampaign},
};

use crate::Ctx;

/// A campaign as its page shows it.
#[derive(Clone, Debug)]
pub struct CampaignView {
    /// The campaign.
    pub named: NamedCampaign,
    /// What it has brought.
    pub figures: CampaignFigures,
    /// The campaigns that can fit the same referral.
    pub overlaps: Vec<NamedCampaign>,
    /// Whether whoever looks may change it.
    pub editable: bool,
}

/// All campaigns, the newest first; `None` for whoever does not see programmes.
///
/// # Errors
/// When the memory fails.
pub async fn campaigns(ctx: &Ctx, actor: &Actor) -> Result<Option<Vec<NamedCampaign>>, StoreError> {
    match actor.sees_programs() {
        true => Ok(Some(ctx.store.campaigns().all().await?)),
        false => Ok(None),
    }
}

/// One of them; `None` where there is none, and for whoever does not see programmes.
///
/// # Errors
/// When the memory fails.
pub async fn campaign(ctx: &Ctx, actor: &Actor, id: CampaignId) -> Result<Option<CampaignView>, StoreError> {
    let Some(all) = campaigns(ctx, actor).await? else { return Ok(None) };
    let Some(named) = all.iter().find(|one| one.campaign.id == id).cloned() else { return Ok(None) };
    let meets = |other: &&NamedCampaign| named.campaign.overlaps(&other.campaign);
    Ok(Some(CampaignView {
        figures: ctx.store.campaigns().figures(id).await?,
        overlaps: all.iter().filter(meets).cloned().collect(),
        editable: actor.program_managing().is_some(),
        named,
    }))
}
