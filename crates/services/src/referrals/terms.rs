//! What a programme promises today, and to whom.

use domain::{
    campaigns::Boosted,
    compliance::Effect,
    consent::{ContactBenefit, Disclosure},
    ids::{IncentiveId, MemberId},
    incentives::{AdvocateStanding, BlockReason, Eligibility, Incentive, IncentiveKind, eligibility},
    referrals::Terms,
    rewards::RewardTerms,
};
use store::{
    StoreError,
    campaigns::NamedCampaign,
    compliance::{Law, WrittenRule},
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
    /// What the law of the markets lets receivers have.
    pub law: Law,
    /// Campaigns that somebody may have, now or later.
    pub campaigns: Vec<NamedCampaign>,
    /// What of the offers is boosted, where this is the programme [of an advocate](crate::campaigns::for_advocate).
    pub boosts: Vec<Boosted>,
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
    let law = ctx.store.compliance().law().await?;
    let campaigns = ctx.store.campaigns().open(program.id).await?;
    Ok(Some(Programme { program, offers, organisations, rewards, law, campaigns, boosts: Vec::new() }))
}

/// What is known about an advocate as a receiver of rewards.
///
/// # Errors
/// When the memory fails.
pub async fn standing(ctx: &Ctx, advocate: MemberId) -> Result<Option<Standing>, StoreError> {
    ctx.store.referrals().standing(advocate).await
}

/// Why what was not promised can't be chosen: whatever stands in its way today, and if nothing does, that it was not.
fn blocked(incentive: &Incentive, standing: &AdvocateStanding, law: &Law) -> Eligibility {
    match eligibility(incentive, standing, &law.matrix) {
        Eligibility::Allowed => Eligibility::Blocked(vec![BlockReason::NotPromised]),
        blocked @ Eligibility::Blocked(_) => blocked,
    }
}

impl Programme {
    /// Each offer of a referral with whether this advocate may choose it now: parts and amounts as they were promised at
    /// submission, names and stock as they are today. What is offered today and was not promised then stays visible,
    /// with the reason.
    pub fn frozen_choices(
        &self,
        terms: &Terms,
        standing: &AdvocateStanding,
        chosen: Option<IncentiveId>,
    ) -> Vec<(Offer, Eligibility)> {
        let promised = |offer: &Offer| {
            let Some(incentive) = terms.offer(offer.incentive.id) else {
                return offer
                    .incentive
                    .active
                    .then(|| (offer.clone(), blocked(&offer.incentive, standing, &self.law)));
            };
            let incentive = Incentive { stock: offer.incentive.stock, active: true, ..incentive.clone() };
            // What was chosen is theirs, whatever has become of the stock or of their tier since.
            let may = match chosen == Some(incentive.id) {
                true => Eligibility::Allowed,
                false => eligibility(&incentive, standing, &self.law.matrix),
            };
            Some((Offer { incentive, ..offer.clone() }, may))
        };
        self.offers.iter().filter_map(promised).collect()
    }

    /// Each offer with whether this advocate may choose it; what is switched off is left out, what is blocked stays.
    pub fn choices<'a>(&'a self, standing: &AdvocateStanding) -> Vec<(&'a Offer, Eligibility)> {
        self.offers
            .iter()
            .filter(|offer| offer.incentive.active)
            .map(|offer| (offer, eligibility(&offer.incentive, standing, &self.law.matrix)))
            .collect()
    }

    /// The rules of the compliance matrix that narrow what this advocate may have of a kind, or forbid it.
    pub fn rules_about(&self, standing: &AdvocateStanding, kind: IncentiveKind) -> Vec<&WrittenRule> {
        let decision = self.law.matrix.decide(&standing.case(kind));
        let narrowing = |written: &&WrittenRule| match written.rule.effect {
            Effect::Allow => false,
            Effect::Forbid => true,
            Effect::Approval | Effect::Cap(_) => !decision.forbids(),
        };
        decision.rules.iter().filter_map(|rule| self.law.version(*rule)).filter(narrowing).collect()
    }

    /// An advocate's default, as far as it can be taken today: one that may not be chosen any more, is out of stock or
    /// goes to an organisation that has left the list is no choice.
    pub fn default_of(&self, own: &OwnThanks, standing: &AdvocateStanding) -> Option<IncentiveId> {
        let reachable = |kind: IncentiveKind| {
            !kind.needs_organisation()
                || self.organisations.iter().any(|one| Some(one.id) == own.organisation)
        };
        let choices = self.choices(standing);
        let (offer, may) =
            choices.into_iter().find(|(offer, _)| Some(offer.incentive.id) == own.incentive)?;
        (may.is_allowed() && reachable(offer.incentive.kind)).then_some(offer.incentive.id)
    }

    /// What the new customer's company is promised; a benefit that nobody has described is none.
    fn benefit(&self) -> Option<ContactBenefit> {
        let program = &self.program;
        let kind = program.benefit_kind?;
        let described = !(program.benefit.de.trim().is_empty() && program.benefit.en.trim().is_empty());
        described.then(|| ContactBenefit {
            text: program.benefit.clone(),
            kind,
            amount: program.benefit_amount,
        })
    }

    /// The terms as they are frozen into a referral that is submitted now.
    pub fn terms(&self, standing: &AdvocateStanding, chosen: Option<IncentiveId>) -> Terms {
        let offers: Vec<_> = self
            .choices(standing)
            .into_iter()
            .filter(|(_, eligibility)| eligibility.is_allowed())
            .map(|(offer, _)| offer.incentive.clone())
            .collect();
        let allowed = |id| offers.iter().any(|offer| offer.id == id);
        let kind: Option<IncentiveKind> =
            chosen.and_then(|id| offers.iter().find(|offer| offer.id == id)).map(|offer| offer.kind);
        Terms {
            version: u32::try_from(self.program.version).unwrap_or_default(),
            disclosure: Disclosure::of(kind, &offers, self.benefit()),
            boosts: self.boosts.iter().filter(|boosted| allowed(boosted.incentive)).cloned().collect(),
            offers,
            rewards: self.rewards,
            won_means: self.program.won_means,
        }
    }
}
