//! What a programme promises today, and to whom.

use domain::{
    consent::Disclosure,
    ids::{IncentiveId, MemberId},
    incentives::{AdvocateStanding, Eligibility, IncentiveKind, eligibility},
    referrals::Terms,
    rewards::RewardTerms,
};
use store::{
    StoreError,
    incentives::{Offer, Organisation, OwnThanks, Program},
};

use crate::{Ctx, rewards::RewardSettings};

pub use store::referrals::Standing;

/// A programme with everything it offers.
#[derive(Clone, Debug)]
pub struct Programme {
    /// The programme.
    pub program: Program,
    /// What it offers, in the order of the catalogue.
    pub offers: Vec<Offer>,
    /// Where donations can go.
    pub organisations: Vec<Organisation>,
    /// What holds for the rewards of a referral that is submitted now.
    pub rewards: RewardTerms,
}

/// The programme that new referrals belong to; `None` before marketing has made one.
///
/// # Errors
/// When the memory fails.
pub async fn programme(ctx: &Ctx) -> Result<Option<Programme>, StoreError> {
    let Some(program) = ctx.store.incentives().default_program().await? else { return Ok(None) };
    let offers = ctx.store.incentives().offers(program.id).await?;
    let organisations = ctx.store.incentives().organisations().await?;
    let rewards = RewardSettings::terms(&ctx.store).await?;
    Ok(Some(Programme { program, offers, organisations, rewards }))
}

/// What is known about an advocate as a receiver of rewards.
///
/// # Errors
/// When the memory fails.
pub async fn standing(ctx: &Ctx, advocate: MemberId) -> Result<Option<Standing>, StoreError> {
    ctx.store.referrals().standing(advocate).await
}

impl Programme {
    /// Each offer with whether this advocate may choose it; what is switched off is left out, what is blocked stays.
    pub fn choices<'a>(&'a self, standing: &AdvocateStanding) -> Vec<(&'a Offer, Eligibility)> {
        self.offers
            .iter()
            .filter(|offer| offer.incentive.active)
            .map(|offer| (offer, eligibility(&offer.incentive, standing)))
            .collect()
    }

    /// An advocate's default, as far as it can be taken today: one that may not be chosen any more, is out of stock or
    /// goes to an organisation that has left the list is no choice.
    pub fn default_of(&self, own: &OwnThanks, standing: &AdvocateStanding) -> Option<IncentiveId> {
        let reachable = |kind| {
            kind != IncentiveKind::Donation
                || self.organisations.iter().any(|one| Some(one.id) == own.organisation)
        };
        let choices = self.choices(standing);
        let (offer, may) =
            choices.into_iter().find(|(offer, _)| Some(offer.incentive.id) == own.incentive)?;
        (may.is_allowed() && reachable(offer.incentive.kind)).then_some(offer.incentive.id)
    }

    /// The terms as they are frozen into a referral that is submitted now.
    pub fn terms(&self, standing: &AdvocateStanding, chosen: Option<IncentiveId>) -> Terms {
        let offers: Vec<_> = self
            .choices(standing)
            .into_iter()
            .filter(|(_, eligibility)| eligibility.is_allowed())
            .map(|(offer, _)| offer.incentive.clone())
            .collect();
        let kind: Option<IncentiveKind> =
            chosen.and_then(|id| offers.iter().find(|offer| offer.id == id)).map(|offer| offer.kind);
        Terms {
            version: u32::try_from(self.program.version).unwrap_or_default(),
            disclosure: Disclosure::of(kind, &offers, None),
            offers,
            rewards: self.rewards,
            won_means: self.program.won_means,
        }
    }
}
