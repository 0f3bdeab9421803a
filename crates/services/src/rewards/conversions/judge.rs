//! What becomes of a line, as deals and rewards stand. Lines are judged in the order of the file, each on what those before it
//! leave.

use std::collections::BTreeMap;

use domain::{
    ids::ReferralId,
    members::Actor,
    rewards::{ApprovalContext, ConversionEffect, Dealing, Reward, RewardError, RewardEvent, share},
};
use store::rewards::{Dealings, NewConversion, StoredReward, WonDeal};

use crate::Ctx;

/// What becomes of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is taken, with this effect.
    Takes(ConversionEffect),
    /// It was taken before, and says the same.
    Unchanged,
    /// It is not taken; the code says why.
    Refused(String),
}

/// A change of the reward that a line makes.
type Change = Option<(Reward, RewardEvent)>;

/// What lines are judged on.
pub(super) struct Known {
    deals: BTreeMap<ReferralId, WonDeal>,
    rewards: BTreeMap<ReferralId, StoredReward>,
    events: BTreeMap<String, NewConversion>,
}

impl Known {
    pub(super) fn of(read: Dealings) -> Self {
        let of_reward = |stored: StoredReward| (stored.reward.facts().key.referral, stored);
        Self {
            deals: read.deals.into_iter().map(|deal| (deal.referral, deal)).collect(),
            rewards: read.rewards.into_iter().map(of_reward).collect(),
            events: read.known.into_iter().map(|known| (known.told.event.clone(), known.told)).collect(),
        }
    }

    /// The new customer that a line is about.
    pub(super) fn company(&self, told: &NewConversion) -> Option<&str> {
        self.deals.get(&told.referral).map(|deal| deal.company.as_str())
    }

    /// The reward that winning this deal has earned.
    pub(super) fn reward(&mut self, referral: ReferralId) -> Option<&mut StoredReward> {
        self.rewards.get_mut(&referral)
    }

    /// What becomes of a line, and the change that it makes. What it gives back counts from here on; the change itself is the
    /// caller's to make, before the next line is judged.
    pub(super) fn judge(
        &mut self,
        ctx: &Ctx,
        actor: Option<&Actor>,
        told: &NewConversion,
    ) -> (Outcome, Change) {
        match self.events.get(&told.event) {
            Some(known) if known == told => return (Outcome::Unchanged, None),
            Some(_) => return (Outcome::Refused("conversion_other".to_owned()), None),
            None => {}
        }
        match self.follow(ctx, actor, told) {
            Ok((effect, change)) => {
                self.events.insert(told.event.clone(), told.clone());
                (Outcome::Takes(effect), change)
            }
            Err(code) => (Outcome::Refused(code), None),
        }
    }

    fn follow(
        &mut self,
        ctx: &Ctx,
        actor: Option<&Actor>,
        told: &NewConversion,
    ) -> Result<(ConversionEffect, Change), String> {
        let refused = |code: &str| Err(code.to_owned());
        let Some(deal) = self.deals.get_mut(&told.referral) else { return refused("conversion_unknown") };
        let Some(won_at) = deal.won_at else { return refused("conversion_not_won") };
        if told.on < won_at.with_timezone(&ctx.host.zone).date_naive() {
            return refused("conversion_before_won");
        }
        let own = actor.is_some_and(|actor| {
            let (advocate, advocate_account) = (deal.advocate, deal.account);
            ApprovalContext { advocate, advocate_account, approver_account: actor.account }
                .is_own(actor.member)
        });
        if own {
            return Err(format!("reward_{}", RewardError::OwnReward));
        }
        let mut percent = 0;
        if let Some(further) = told.amount.filter(|_| told.kind.is_share()) {
            let Some(size) = deal.deal else { return refused("conversion_no_deal") };
            if size.unit() != further.unit() {
                return refused("conversion_other_currency");
            }
            let Some(found) = share(deal.given_back, further.value(), size) else {
                return refused("conversion_more_than_deal");
            };
            percent = found;
        }
        let after = match self.rewards.get(&told.referral) {
            Some(stored) => {
                let dealing = Dealing { won_at, on: ctx.midnight(told.on) };
                let after = stored.reward.clone().after(told.kind, percent, dealing, ctx.now());
                after.map_err(|error| format!("reward_{error}"))?
            }
            None => (ConversionEffect::Noted, None),
        };
        if let Some(further) = told.amount.filter(|_| told.kind.is_share()) {
            deal.given_back += further.value();
        }
        Ok(after)
    }
}
