//! Marketing writes a campaign, or changes one. Promises that were made keep the terms of their version.

use domain::{
    campaigns::{Campaign, CampaignError, CampaignState, check_boosted},
    incentives::{Guard, Incentive},
    members::ProgramManaging,
};
use serde_json::json;
use store::{StoreError, Tx, campaigns::NamedCampaign, incentives::Offer};

use super::local;
use crate::{Ctx, rewards::Caps};

/// Why a campaign is not saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveCampaignError {
    /// Its rules refuse it.
    #[error("{0}")]
    Rule(CampaignError),
    /// A segment that it names is gone.
    #[error("campaign_segment_gone")]
    SegmentGone,
    /// It is over: nothing can be changed any more.
    #[error("campaign_closed")]
    Closed,
    /// Somebody changed it since the page was shown.
    #[error("stale_edit")]
    Stale,
    /// The memory failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for SaveCampaignError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale | StoreError::Conflict => Self::Stale,
            other => Self::Store(other),
        }
    }
}

/// Saves a campaign, new or changed; how far it has come stays as it is.
///
/// # Errors
/// [`SaveCampaignError`] says what to change.
pub async fn save_campaign(
    ctx: &Ctx,
    power: &ProgramManaging,
    mut named: NamedCampaign,
    new: bool,
) -> Result<(), SaveCampaignError> {
    let tx = ctx.store.begin().await?;
    // Before the programme, as whoever spends of its budget takes them.
    tx.campaigns().lock(&[named.campaign.id].into()).await?;
    // Nobody deletes its segments, and nobody saves an offer that its boost would make too much, until this has ended.
    for segment in [named.segment, named.pilot].into_iter().flatten() {
        tx.segments().find_to_use(segment).await?.ok_or(SaveCampaignError::SegmentGone)?;
    }
    tx.rewards().lock_program(named.campaign.program).await?;
    named.campaign.state = CampaignState::Draft;
    named.campaign.spent.clear();
    if !new {
        let known = tx.campaigns().find(named.campaign.id).await?.ok_or(SaveCampaignError::Stale)?.campaign;
        if known.state == CampaignState::Closed {
            return Err(SaveCampaignError::Closed);
        }
        if known.version != named.campaign.version {
            return Err(SaveCampaignError::Stale);
        }
        (named.campaign.state, named.campaign.spent) = (known.state, known.spent);
    }
    if named.campaign.state == CampaignState::Pilot && named.pilot.is_none() {
        return Err(SaveCampaignError::Rule(CampaignError::NoPilot));
    }
    check(&tx, &named.campaign).await?.map_err(SaveCampaignError::Rule)?;
    match new {
        true => tx.insert_campaign(power, &named, ctx.now()).await?,
        false => tx.update_campaign(power, &named).await?,
    }
    let one = &named.campaign;
    let details = json!({
        "version": if new { 0 } else { one.version + 1 },
        "boost": one.boost,
        "from": local(&named.zone, one.starts_at, false).to_string(),
        "until": local(&named.zone, one.ends_at, true).to_string(),
        "zone": named.zone,
        "incentives": one.incentives,
        "budget": one.budget,
        "segment": named.segment,
        "pilot": named.pilot,
    });
    let entry = ctx.audit_entry(Some(power.member()), "campaigns.save", "campaign", one.id, details);
    tx.audit(entry).await?;
    Ok(tx.commit().await?)
}

/// Checks a campaign against what is offered and capped now.
pub(super) async fn check(tx: &Tx, campaign: &Campaign) -> Result<Result<(), CampaignError>, StoreError> {
    let offers = tx.incentives().offers(campaign.program).await?;
    let offers: Vec<Incentive> =
        offers.into_iter().map(|offer| offer.incentive).filter(|incentive| incentive.active).collect();
    let caps = Caps::load(tx).await?;
    Ok(campaign.validate(&offers, Guard::default(), |unit| caps.lowest(unit)))
}

/// Whether an offer that is about to be saved stays within the guard band under every campaign that is for it.
pub(crate) fn keeps_guard(offer: &Offer, campaigns: &[NamedCampaign]) -> bool {
    campaigns
        .iter()
        .map(|named| &named.campaign)
        .filter(|campaign| campaign.is_for(offer.incentive.id))
        .all(|campaign| check_boosted(&offer.incentive.scheme, campaign.boost, Guard::default()).is_ok())
}
