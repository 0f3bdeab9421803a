//! The advocate's choice of an incentive, and its change.

use chrono::{DateTime, Utc};

use super::{Event, EventKind, MoverKind, Referral, Step};
use crate::{consent::DisclosureExceeded, ids::IncentiveId, incentives::Amount, members::Referrer};

/// Why a choice is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChoiceError {
    /// Somebody else's referral.
    NotYours,
    /// From `qualified` on, and after an end, a choice that was made stays as it is.
    TooLate,
    /// Not among the offers that were frozen at submission.
    NotOffered,
    /// More than the contact was told.
    Exceeds(DisclosureExceeded),
}

error_codes!(ChoiceError {
    Self::NotYours => "not_yours",
    Self::TooLate => "too_late",
    Self::NotOffered => "not_offered",
    Self::Exceeds(exceeded) => exceeded.code(),
});

impl Referral {
    /// Whether the advocate may still choose what they get. A choice may change until the need is confirmed; a first
    /// choice may come later, because rewards that were earned without one wait for it.
    pub fn may_choose(&self) -> bool {
        if self.facts.incentive.is_none() {
            return self.facts.position.open().is_some() || self.facts.position.reached() >= Step::Accepted;
        }
        self.facts.position.open().is_some_and(|step| step < Step::Qualified)
    }

    /// Chooses an incentive for the stages to come. What was `earned` before stays, and counts towards the maximum
    /// that the contact was told.
    pub fn choose(
        mut self,
        by: &Referrer,
        incentive: IncentiveId,
        earned: &[Amount],
        now: DateTime<Utc>,
    ) -> Result<(Self, Vec<Event>), ChoiceError> {
        if by.member() != self.facts.advocate {
            return Err(ChoiceError::NotYours);
        }
        if !self.may_choose() {
            return Err(ChoiceError::TooLate);
        }
        if self.facts.incentive == Some(incentive) {
            return Ok((self, Vec::new()));
        }
        let offer = self.facts.terms.offer(incentive).ok_or(ChoiceError::NotOffered)?;
        let step = self.facts.position.reached();
        // A first choice also serves the rewards that have waited for it.
        let from = if self.facts.incentive.is_none() { Step::Submitted } else { step };
        let disclosure = &self.facts.terms.disclosure;
        disclosure.covers(offer.kind, &offer.scheme.after(from), earned).map_err(ChoiceError::Exceeds)?;
        let kind =
            EventKind::IncentiveChosen { from: self.facts.incentive.replace(incentive), to: incentive };
        self.facts.incentive_from = from;
        let event = Event { at: now, by: MoverKind::Advocate, member: Some(by.member()), kind };
        Ok((self, vec![event]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        consent::ConsentState,
        incentives::testing::euros,
        referrals::{Facts, Position, testing::*},
    };

    fn choose(step: Step, earned: &[Amount]) -> Result<Referral, ChoiceError> {
        let facts = Facts { position: Position::On(step), consent: ConsentState::Given, ..facts() };
        let other = facts.terms.offers[1].id;
        let by = advocate().referrer().unwrap();
        Referral::restore(facts).choose(&by, other, earned, noon()).map(|(referral, _)| referral)
    }

    #[test]
    fn a_change_serves_later_stages() {
        let referral = choose(Step::Meeting, &[]).unwrap();
        assert_eq!(referral.facts().incentive_from, Step::Meeting);
        assert_eq!(referral.chosen().map(|offer| offer.id), Some(referral.facts().terms.offers[1].id));
    }

    #[test]
    fn from_qualified_on_it_is_too_late() {
        assert_eq!(choose(Step::Qualified, &[]), Err(ChoiceError::TooLate));
    }

    #[test]
    fn a_first_choice_serves_what_has_waited_for_it() {
        let facts = Facts {
            position: Position::On(Step::Won),
            consent: ConsentState::Given,
            incentive: None,
            ..facts()
        };
        let offer = facts.terms.offers[1].id;
        let by = advocate().referrer().unwrap();
        let (referral, _) = Referral::restore(facts).choose(&by, offer, &[], noon()).unwrap();
        assert_eq!(referral.facts().incentive_from, Step::Submitted);
        assert!(!referral.may_choose());
    }

    #[test]
    fn what_was_earned_counts_towards_the_maximum() {
        assert!(choose(Step::Meeting, &[euros(100)]).is_ok());
        assert_eq!(
            choose(Step::Meeting, &[euros(101)]),
            Err(ChoiceError::Exceeds(DisclosureExceeded::Amount))
        );
    }
}
