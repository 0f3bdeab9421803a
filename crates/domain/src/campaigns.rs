//! Campaigns: for a time, what is offered to some brings more. Of several that fit, one applies; they are never added up.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    ids::{CampaignId, IncentiveId, ProgramId},
    incentives::{Amount, Guard, Incentive, PayingStep, Scheme, SchemeError, Unit},
    segments::{CustomerFacts, Whom},
};

codes! {
    /// How far a campaign has come.
    pub enum CampaignState {
        /// Nobody has it yet.
        Draft => "draft",
        /// The pilot group has it, within its time.
        Pilot => "pilot",
        /// Everybody has it whom it is for, within its time.
        Running => "running",
        /// It is over, also where its time is not.
        Closed => "closed",
    }
}

impl CampaignState {
    /// Whether marketing may decide so.
    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Draft, Self::Pilot | Self::Running | Self::Closed)
                | (Self::Pilot, Self::Running | Self::Closed)
                | (Self::Running, Self::Closed)
        )
    }
}

/// By how much more is given, in hundredths: 200 is twice as much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Boost(u32);

impl Boost {
    /// The least: as much as without.
    pub const LEAST: u32 = 100;
    /// The most: five times as much.
    pub const MOST: u32 = 500;

    /// A factor within its bounds.
    pub const fn new(hundredths: u32) -> Result<Self, CampaignError> {
        match hundredths {
            Self::LEAST..=Self::MOST => Ok(Self(hundredths)),
            _ => Err(CampaignError::Boost),
        }
    }

    /// The factor, in hundredths.
    pub const fn hundredths(self) -> u32 {
        self.0
    }

    /// An amount with the boost, rounded down; `None` for more than can be counted.
    pub fn of(self, amount: Amount) -> Option<Amount> {
        amount.fraction(self.0.into(), 100)
    }
}

impl TryFrom<u32> for Boost {
    type Error = CampaignError;
    fn try_from(hundredths: u32) -> Result<Self, Self::Error> {
        Self::new(hundredths)
    }
}

impl From<Boost> for u32 {
    fn from(boost: Boost) -> Self {
        boost.0
    }
}

/// Why a campaign is not saved, or goes no step on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CampaignError {
    /// The factor is none between one and five.
    Boost,
    /// It would end before it begins.
    Time,
    /// With the boost, a share would be larger than the guard band allows.
    Guard,
    /// With the boost, one referral could bring more than the caps of a year.
    Cap,
    /// With the boost, an amount would be more than can be counted.
    Overflow,
    /// Less than it has spent already.
    Budget,
    /// There is nobody to try it with first.
    NoPilot,
    /// Its time is over.
    Over,
    /// It can't come to this from where it is.
    Step,
}

error_codes!(CampaignError {
    Self::Boost => "campaign_boost",
    Self::Time => "campaign_time",
    Self::Guard => "campaign_guard",
    Self::Cap => "campaign_cap",
    Self::Overflow => "campaign_overflow",
    Self::Budget => "campaign_budget",
    Self::NoPilot => "campaign_no_pilot",
    Self::Over => "campaign_over",
    Self::Step => "campaign_step",
});

/// What decides whether a campaign applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// Which one.
    pub id: CampaignId,
    /// How often it has been edited; a promise names the version that it was made under.
    pub version: i32,
    /// The programme it belongs to.
    pub program: ProgramId,
    /// What it is for; empty for everything.
    pub incentives: BTreeSet<IncentiveId>,
    /// Its first moment.
    pub starts_at: DateTime<Utc>,
    /// The first moment after it.
    pub ends_at: DateTime<Utc>,
    /// How much more it gives.
    pub boost: Boost,
    /// What may be given beyond the normal, in all; a unit that is missing has no limit.
    pub budget: BTreeMap<Unit, i64>,
    /// What was given beyond the normal.
    pub spent: BTreeMap<Unit, i64>,
    /// For whom it is; `None` for everybody.
    pub whom: Option<Whom>,
    /// Who has it first.
    pub pilot: Option<Whom>,
    /// How far it has come.
    pub state: CampaignState,
}

impl Campaign {
    /// What is left to give beyond the normal in this unit; `None` without a limit.
    pub fn left(&self, unit: Unit) -> Option<i64> {
        let budget = self.budget.get(&unit)?;
        Some(left_of(*budget, self.spent.get(&unit).copied().unwrap_or(0)))
    }

    /// Whether it has a budget, and nothing is left of it in any unit.
    pub fn is_spent(&self) -> bool {
        !self.budget.is_empty() && self.budget.keys().all(|unit| self.left(*unit) == Some(0))
    }

    /// Whether its time has ended at this moment, or somebody has ended it.
    pub fn is_over(&self, now: DateTime<Utc>) -> bool {
        self.state == CampaignState::Closed || self.ends_at <= now
    }

    /// Whether somebody has it at this moment.
    pub fn is_on(&self, now: DateTime<Utc>) -> bool {
        matches!(self.state, CampaignState::Pilot | CampaignState::Running)
            && self.starts_at <= now
            && now < self.ends_at
    }

    /// Whether it is for somebody, as far as it has come.
    pub fn reaches(&self, one: &CustomerFacts) -> bool {
        let takes = |whom: &Option<Whom>| whom.as_ref().is_none_or(|whom| whom.takes(one));
        match self.state {
            CampaignState::Draft | CampaignState::Closed => false,
            CampaignState::Pilot => self.pilot.is_some() && takes(&self.pilot) && takes(&self.whom),
            CampaignState::Running => takes(&self.whom),
        }
    }

    /// Whether it is for this incentive.
    pub fn is_for(&self, incentive: IncentiveId) -> bool {
        self.incentives.is_empty() || self.incentives.contains(&incentive)
    }

    /// Whether two campaigns can fit the same referral, so that the rule of overlaps decides.
    pub fn overlaps(&self, other: &Self) -> bool {
        let common = self.incentives.is_empty()
            || other.incentives.is_empty()
            || !self.incentives.is_disjoint(&other.incentives);
        let closed = self.state == CampaignState::Closed || other.state == CampaignState::Closed;
        self.id != other.id
            && self.program == other.program
            && !closed
            && common
            && self.starts_at < other.ends_at
            && other.starts_at < self.ends_at
    }

    /// Checks it against what it is for: time, guard band, and what one referral may bring within a year. `cap` says the
    /// lowest cap of a unit.
    pub fn validate(
        &self,
        offers: &[Incentive],
        guard: Guard,
        cap: impl Fn(Unit) -> Option<i64>,
    ) -> Result<(), CampaignError> {
        if self.ends_at <= self.starts_at {
            return Err(CampaignError::Time);
        }
        let spent = |unit: &Unit| self.spent.get(unit).copied().unwrap_or(0);
        if self.budget.iter().any(|(unit, budget)| *budget < spent(unit)) {
            return Err(CampaignError::Budget);
        }
        for offer in offers.iter().filter(|offer| self.is_for(offer.id)) {
            check_boosted(&offer.scheme, self.boost, guard)?;
            let boosted = offer.scheme.boosted(self.boost).map_err(|_| CampaignError::Overflow)?;
            let most = boosted.maximum();
            if most.is_some_and(|most| cap(most.unit()).is_some_and(|cap| most.value() > cap)) {
                return Err(CampaignError::Cap);
            }
        }
        Ok(())
    }

    /// Takes it a step on.
    pub fn become_state(
        &self,
        next: CampaignState,
        now: DateTime<Utc>,
    ) -> Result<CampaignState, CampaignError> {
        if !self.state.may_become(next) {
            return Err(CampaignError::Step);
        }
        match next {
            CampaignState::Closed => Ok(next),
            _ if self.ends_at <= now => Err(CampaignError::Over),
            CampaignState::Pilot if self.pilot.is_none() => Err(CampaignError::NoPilot),
            _ => Ok(next),
        }
    }
}

/// Checks that no share of a scheme leaves the guard band by a boost. A share that is outside it without one is not a
/// campaign's matter as long as nothing is added.
pub fn check_boosted(scheme: &Scheme, boost: Boost, guard: Guard) -> Result<(), CampaignError> {
    if boost.hundredths() == Boost::LEAST {
        return Ok(());
    }
    let boosted = scheme.boosted(boost).map_err(|error| match error {
        // A share of more than everything.
        SchemeError::Percent => CampaignError::Guard,
        _ => CampaignError::Overflow,
    })?;
    if guard.exceeded(&boosted) { Err(CampaignError::Guard) } else { Ok(()) }
}

/// The campaign that applies to one incentive for one person: of those that fit, the one with the greatest boost; at equal
/// boosts the one that began first. They are never added up.
pub fn applying<'c>(
    campaigns: &'c [Campaign],
    offer: &Incentive,
    one: &CustomerFacts,
    now: DateTime<Utc>,
) -> Option<&'c Campaign> {
    let unit = offer.scheme.maximum()?.unit();
    let fits = |campaign: &&Campaign| {
        campaign.is_on(now)
            && campaign.is_for(offer.id)
            && campaign.left(unit) != Some(0)
            && campaign.reaches(one)
    };
    campaigns
        .iter()
        .filter(fits)
        .max_by_key(|campaign| (campaign.boost, Reverse(campaign.starts_at), Reverse(campaign.id)))
}

/// A campaign as it was promised with an incentive when a referral was submitted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boosted {
    /// For which incentive.
    pub incentive: IncentiveId,
    /// By which campaign.
    pub campaign: CampaignId,
    /// As it stood then.
    pub version: i32,
    /// How much more it gives.
    pub boost: Boost,
    /// What would have been promised without it.
    pub normal: Scheme,
}

impl Boosted {
    /// What a part would bring without the campaign; 0 where that is nothing.
    pub fn normal_due(&self, step: PayingStep, deal: Option<Amount>) -> i64 {
        let part = self.normal.parts().iter().find(|part| part.step == step);
        part.and_then(|part| part.value.due(deal)).map_or(0, Amount::value)
    }
}

/// What is left of a budget; never less than nothing.
pub fn left_of(budget: i64, spent: i64) -> i64 {
    budget.saturating_sub(spent).max(0)
}

/// A boosted amount after the campaign's budget: the normal amount is always given, what goes beyond it as far as `left`
/// reaches. Answers what is given, how much of it is the campaign's, and what was cut off.
pub fn within_budget(amount: Amount, normal: i64, left: Option<i64>) -> (Option<Amount>, i64, i64) {
    let normal = normal.clamp(0, amount.value());
    let extra = (amount.value() - normal).min(left.unwrap_or(i64::MAX).max(0));
    (Amount::new(normal + extra, amount.unit()).ok(), extra, amount.value() - normal - extra)
}

/// How much of what is given in the end is the campaign's: caps take from what it adds first.
pub fn share_of(given: i64, normal: i64, extra: i64) -> i64 {
    extra.min((given - normal).max(0))
}

/// What is left of a campaign's part when less is given than `before`: it goes in proportion, rounded down.
pub fn extra_after(extra: i64, before: i64, after: i64) -> i64 {
    if after >= before || before <= 0 {
        return extra;
    }
    let share = i128::from(extra) * i128::from(after.max(0)) / i128::from(before);
    i64::try_from(share).unwrap_or(extra)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::{
        incentives::{IncentiveKind, Part, PartValue, testing::*},
        segments::testing::machines,
        text::Country,
    };

    fn noon() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap()
    }

    fn campaign(id: u128, boost: u32, from_hours: i64) -> Campaign {
        Campaign {
            id: Uuid::from_u128(id).into(),
            version: 0,
            program: Uuid::from_u128(1).into(),
            incentives: BTreeSet::new(),
            starts_at: noon() + TimeDelta::hours(from_hours),
            ends_at: noon() + TimeDelta::hours(from_hours + 10),
            boost: Boost::new(boost).unwrap(),
            budget: BTreeMap::new(),
            spent: BTreeMap::new(),
            whom: None,
            pilot: None,
            state: CampaignState::Running,
        }
    }

    fn share(basis_points: u32) -> Incentive {
        let value = PartValue::Percent { basis_points, at_most: euros(100) };
        let scheme = Scheme::new(vec![Part { step: PayingStep::Won, value }]).unwrap();
        Incentive { scheme, ..incentive(IncentiveKind::Credit, &[1]) }
    }

    #[test]
    fn the_greatest_boost_applies_and_of_equals_the_first() {
        let offer = incentive(IncentiveKind::Credit, &[10]);
        let of = |all: &[Campaign]| {
            applying(all, &offer, &machines(), noon()).map(|one| one.id.into_inner().as_u128())
        };
        let (old, young, great) = (campaign(1, 150, -5), campaign(2, 150, -2), campaign(3, 200, -1));
        assert_eq!(of(&[young.clone(), old.clone()]), Some(1));
        assert_eq!(of(&[old.clone(), young, great]), Some(3));
        assert_eq!(of(&[campaign(4, 500, 1), old]), Some(1), "the other has not begun");
        assert_eq!(of(&[campaign(5, 500, -10)]), None, "its end is no moment of it");
    }

    #[test]
    fn a_campaign_is_for_whom_it_has_come_to() {
        let here = || Whom::Picked([machines().account].into());
        let elsewhere = || Whom::Picked([Uuid::from_u128(99).into()].into());
        let with = |state, whom, pilot| Campaign { state, whom, pilot, ..campaign(1, 200, -1) };
        use CampaignState::{Closed, Draft, Pilot, Running};
        for (state, whom, pilot, reached) in [
            (Draft, None, None, false),
            (Pilot, None, None, false),
            (Pilot, None, Some(here()), true),
            (Pilot, None, Some(elsewhere()), false),
            (Pilot, Some(elsewhere()), Some(here()), false),
            (Running, None, Some(elsewhere()), true),
            (Running, Some(elsewhere()), None, false),
            (Closed, None, None, false),
        ] {
            let one = with(state, whom, pilot);
            assert_eq!(one.reaches(&machines()), reached, "{one:?}");
        }
    }

    #[test]
    fn a_budget_that_is_spent_promises_nothing() {
        let offer = incentive(IncentiveKind::Credit, &[10]);
        let unit = euros(1).unit();
        let mut one = Campaign { budget: [(unit, 5)].into(), ..campaign(1, 200, -1) };
        assert!(applying(std::slice::from_ref(&one), &offer, &machines(), noon()).is_some());
        one.spent.insert(unit, 5);
        assert!(applying(std::slice::from_ref(&one), &offer, &machines(), noon()).is_none());
        assert_eq!(one.validate(&[], Guard::default(), |_| None), Ok(()));
        one.spent.insert(unit, 6);
        assert_eq!(one.validate(&[], Guard::default(), |_| None), Err(CampaignError::Budget));
    }

    #[test]
    fn what_a_boost_makes_too_much_is_refused() {
        let check = |boost, offer: Incentive, cap| {
            campaign(1, boost, 0).validate(&[offer], Guard::default(), |_| cap)
        };
        assert_eq!(check(200, share(750), None), Ok(()));
        assert_eq!(check(201, share(750), None), Err(CampaignError::Guard));
        assert_eq!(check(500, share(4_000), None), Err(CampaignError::Guard), "more than everything");
        let fixed = || incentive(IncentiveKind::Credit, &[10, 40]);
        assert_eq!(check(200, fixed(), Some(100)), Ok(()));
        assert_eq!(check(200, fixed(), Some(99)), Err(CampaignError::Cap));
        assert_eq!(
            check(200, incentive(IncentiveKind::Credit, &[i64::MAX / 2 + 1]), None),
            Err(CampaignError::Overflow)
        );
        let turned = Campaign { ends_at: noon(), ..campaign(1, 200, 0) };
        assert_eq!(turned.validate(&[], Guard::default(), |_| None), Err(CampaignError::Time));
        assert_eq!((Boost::new(99), Boost::new(501)), (Err(CampaignError::Boost), Err(CampaignError::Boost)));
    }

    #[test]
    fn a_campaign_goes_its_way_and_never_back() {
        use CampaignState::{Closed, Draft, Pilot, Running};
        let go = |state, next| Campaign { state, ..campaign(1, 200, -1) }.become_state(next, noon());
        assert_eq!(go(Draft, Pilot), Err(CampaignError::NoPilot));
        assert_eq!(go(Draft, Running), Ok(Running));
        assert_eq!(go(Pilot, Running), Ok(Running));
        assert_eq!(go(Pilot, Closed), Ok(Closed));
        assert_eq!(go(Running, Pilot), Err(CampaignError::Step));
        assert_eq!(go(Closed, Running), Err(CampaignError::Step));
        let over = campaign(1, 200, -20);
        let draft = Campaign { state: Draft, ..over };
        assert_eq!(draft.become_state(Running, noon()), Err(CampaignError::Over));
        assert_eq!(draft.become_state(Closed, noon()), Ok(Closed));
    }

    #[test]
    fn only_what_can_meet_overlaps() {
        let one = campaign(1, 200, 0);
        assert!(one.overlaps(&campaign(2, 300, 9)));
        assert!(!one.overlaps(&campaign(2, 300, 10)), "one begins when the other ends");
        assert!(!one.overlaps(&one));
        let for_one = |id: u128| BTreeSet::from([Uuid::from_u128(id).into()]);
        let (a, b) = (Campaign { incentives: for_one(1), ..one.clone() }, campaign(2, 200, 0));
        assert!(a.overlaps(&b));
        assert!(!a.overlaps(&Campaign { incentives: for_one(2), ..b.clone() }));
        assert!(!a.overlaps(&Campaign { state: CampaignState::Closed, ..b }));
    }

    #[test]
    fn a_refund_takes_from_a_campaigns_part_in_proportion() {
        assert_eq!(extra_after(100, 200, 50), 25);
        assert_eq!(extra_after(100, 200, 200), 100);
        assert_eq!(extra_after(100, 0, 0), 100);
    }

    proptest! {
        #[test]
        fn one_applies_whatever_the_order(
            made in prop::collection::vec((100..500u32, -12..6i64, 0..4usize, any::<bool>(), 0..3i64), 0..8),
            turn in any::<prop::sample::Index>(),
        ) {
            let offer = incentive(IncentiveKind::Credit, &[10]);
            let austria = Whom::Rule(crate::segments::SegmentRule {
                countries: [Country::parse("AT").unwrap()].into(),
                ..Default::default()
            });
            let all: Vec<Campaign> = made.iter().enumerate().map(|(n, (boost, from, state, some, left))| Campaign {
                state: CampaignState::ALL[*state],
                whom: some.then(|| austria.clone()),
                budget: [(euros(1).unit(), *left)].into(),
                ..campaign(n as u128, *boost, *from)
            }).collect();
            let found = applying(&all, &offer, &machines(), noon());
            let mut turned = all.clone();
            if !turned.is_empty() {
                let by = turn.index(turned.len());
                turned.rotate_left(by);
            }
            prop_assert_eq!(found, applying(&turned, &offer, &machines(), noon()));
            let fits = |one: &&Campaign| one.is_on(noon()) && one.reaches(&machines()) && one.left(euros(1).unit()) != Some(0);
            prop_assert_eq!(found.is_some(), all.iter().any(|one| fits(&one)));
            for other in all.iter().filter(fits) {
                let best = found.unwrap();
                prop_assert!(other.boost <= best.boost);
                prop_assert!(other.boost < best.boost || best.starts_at <= other.starts_at);
            }
        }

        #[test]
        fn the_normal_is_given_and_no_budget_is_overspent(
            amounts in prop::collection::vec((1..10_000i64, 100..=500i64), 1..20),
            budget in 0..50_000i64,
        ) {
            let mut left = budget;
            for (normal, boost) in amounts {
                let boosted = euros(normal * boost / 100);
                let (given, extra, cut) = within_budget(boosted, normal, Some(left));
                let given = given.unwrap().value();
                prop_assert!(given >= normal);
                prop_assert_eq!(given + cut, boosted.value());
                prop_assert_eq!(given, normal + extra);
                left -= extra;
                prop_assert!(left >= 0);
                prop_assert!(share_of(given / 2, normal, extra) <= extra);
            }
        }
    }
}
