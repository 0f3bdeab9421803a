//! What a programme promises one advocate today: its offers with the campaigns that apply to them.

use std::borrow::Cow;

use domain::{
    campaigns::{Boosted, Campaign, applying},
    ids::MemberId,
};
use store::StoreError;

use crate::{Ctx, referrals::Programme};

/// The programme as this advocate has it now: every offer with the boost of the one campaign that applies to it, or as it
/// is.
///
/// # Errors
/// When the memory fails.
pub async fn for_advocate<'p>(
    ctx: &Ctx,
    programme: &'p Programme,
    advocate: MemberId,
) -> Result<Cow<'p, Programme>, StoreError> {
    let now = ctx.now();
    let on = |campaign: &&Campaign| campaign.is_on(now);
    let campaigns: Vec<Campaign> =
        programme.campaigns.iter().map(|named| &named.campaign).filter(on).cloned().collect();
    if campaigns.is_empty() {
        return Ok(Cow::Borrowed(programme));
    }
    let Some(facts) = ctx.store.segments().facts(advocate).await? else {
        return Ok(Cow::Borrowed(programme));
    };
    let boosted: Vec<_> = programme
        .offers
        .iter()
        .enumerate()
        .filter_map(|(place, offer)| {
            let campaign = applying(&campaigns, &offer.incentive, &facts, now)?;
            // What can't be counted was refused when the campaign was saved, and when the offer was.
            Some((place, campaign, offer.incentive.scheme.boosted(campaign.boost).ok()?))
        })
        .collect();
    // Most pages are read by people whom no campaign is for; they need no programme of their own.
    if boosted.is_empty() {
        return Ok(Cow::Borrowed(programme));
    }
    let mut theirs = programme.clone();
    for (place, campaign, scheme) in boosted {
        let offered = &mut theirs.offers[place].incentive;
        theirs.boosts.push(Boosted {
            incentive: offered.id,
            campaign: campaign.id,
            version: campaign.version,
            boost: campaign.boost,
            normal: std::mem::replace(&mut offered.scheme, scheme),
        });
    }
    Ok(Cow::Owned(theirs))
}
