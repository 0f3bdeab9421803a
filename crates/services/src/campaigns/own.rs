//! A campaign as an advocate sees it: while it is on and for them, and afterwards, that it has ended.

use domain::{ids::CampaignId, members::Referrer};
use store::{StoreError, campaigns::NamedCampaign};

use crate::Ctx;

/// A campaign on an advocate's page.
#[derive(Clone, Debug)]
pub enum OwnCampaign {
    /// It is on, and for them.
    On(NamedCampaign),
    /// It is for them, and has not begun.
    Upcoming(NamedCampaign),
    /// It is over, or its budget is spent: what they recommend now has the normal terms.
    Ended(NamedCampaign),
}

/// A campaign for this advocate; `None` where there is none, and while it is none of theirs.
///
/// # Errors
/// When the memory fails.
pub async fn own_campaign(
    ctx: &Ctx,
    referrer: &Referrer,
    id: CampaignId,
) -> Result<Option<OwnCampaign>, StoreError> {
    let Some(named) = ctx.store.campaigns().find(id).await? else { return Ok(None) };
    let now = ctx.now();
    let one = &named.campaign;
    let shown = one.state != domain::campaigns::CampaignState::Draft;
    if shown && (one.is_over(now) || one.is_spent()) {
        return Ok(Some(OwnCampaign::Ended(named)));
    }
    let Some(facts) = ctx.store.segments().facts(referrer.member()).await? else { return Ok(None) };
    if !one.reaches(&facts) {
        return Ok(None);
    }
    Ok(Some(if one.is_on(now) { OwnCampaign::On(named) } else { OwnCampaign::Upcoming(named) }))
}
