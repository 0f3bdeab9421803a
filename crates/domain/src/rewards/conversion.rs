//! What billing learns about a deal after it was won, and what that does to the reward that winning it has earned.

use chrono::{DateTime, Utc};

use super::{ReversalCause, Reward, RewardCode, RewardError, RewardEvent, RewardState};
use crate::incentives::Amount;

codes! {
    /// What became of a deal that was won.
    pub enum ConversionKind {
        /// The new customer got money back.
        Refund => "refund",
        /// The deal became smaller.
        Reduced => "reduced",
        /// The new customer has left, or the deal is off.
        Cancelled => "cancelled",
        /// It is not paid, although it should be.
        Unpaid => "unpaid",
        /// It is paid after all.
        Paid => "paid",
        /// The new customer can't pay any more.
        Insolvent => "insolvent",
        /// The new customer has bought more.
        Upsell => "upsell",
    }
}

codes! {
    /// What a conversion does to the reward.
    pub enum ConversionEffect {
        /// What was not delivered yet is taken back, as a whole or in part.
        TakenBack => "taken_back",
        /// What was delivered is to be returned, as a whole or in part.
        ToReturn => "to_return",
        /// What was taken back while the deal was not paid begins anew.
        EarnedAgain => "earned_again",
        /// It comes after the days in which it would count.
        TooLate => "too_late",
        /// It is kept with the deal, and changes no reward.
        Noted => "noted",
    }
}

/// What follows from a kind of conversion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Consequence {
    /// The reward shrinks as the deal does.
    Share,
    /// All of it is taken back.
    All(ReversalCause),
    /// What was taken back begins anew.
    Again,
    /// Nothing.
    Nothing,
}

impl ConversionKind {
    /// The table of outcomes. Whoever recommends does not answer for whether the new customer can pay: what was delivered
    /// before that was known stays theirs. Where the customer has money back, or leaves, it is to be returned.
    const fn consequence(self, delivered: bool) -> Consequence {
        match (self, delivered) {
            (Self::Refund | Self::Reduced, _) => Consequence::Share,
            (Self::Cancelled, _) => Consequence::All(ReversalCause::Refund),
            (Self::Unpaid, false) => Consequence::All(ReversalCause::Unpaid),
            (Self::Insolvent, false) => Consequence::All(ReversalCause::Insolvent),
            (Self::Paid, false) => Consequence::Again,
            (Self::Unpaid | Self::Insolvent | Self::Paid, true) | (Self::Upsell, _) => Consequence::Nothing,
        }
    }

    /// Whether its amount is a share of the deal, and all of them together are at most the deal.
    pub const fn is_share(self) -> bool {
        matches!(self.consequence(false), Consequence::Share)
    }

    /// Whether it can't be understood without an amount.
    pub const fn needs_amount(self) -> bool {
        self.is_share() || matches!(self, Self::Upsell)
    }
}

/// When a deal was won, and when something became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dealing {
    /// When it was won.
    pub won_at: DateTime<Utc>,
    /// When it happened.
    pub on: DateTime<Utc>,
}

/// How many percent of the deal a further amount is, where `before` was given back already: all of them together are rounded
/// down as one, so that nothing is lost between them. `None` where it would be more than the deal.
pub fn share(before: i64, further: i64, deal: Amount) -> Option<u8> {
    let percent = |part: i64| i128::from(part) * 100 / i128::from(deal.value());
    let sum = before.checked_add(further).filter(|sum| *sum <= deal.value())?;
    u8::try_from(percent(sum) - percent(before)).ok()
}

impl Reward {
    /// What a conversion makes of the reward on `won`: its effect, and the reward after it where anything changes.
    /// `percent` is its share of the deal, where its kind has one.
    ///
    /// # Errors
    /// When a share is to be taken of a reward whose amount is not known yet.
    pub fn after(
        self,
        kind: ConversionKind,
        percent: u8,
        dealing: Dealing,
        now: DateTime<Utc>,
    ) -> Result<(ConversionEffect, Option<(Self, RewardEvent)>), RewardError> {
        let state = self.facts().state;
        let delivered = state.code() == RewardCode::Fulfilled;
        let ended = matches!(state.code(), RewardCode::Reversed | RewardCode::Declined | RewardCode::Expired);
        let unpaid = matches!(state, RewardState::Reversed { cause: ReversalCause::Unpaid, .. });
        let consequence = kind.consequence(delivered);
        let nothing = match consequence {
            Consequence::Nothing => true,
            Consequence::Again => !unpaid,
            Consequence::Share => ended || percent == 0,
            Consequence::All(_) => ended,
        };
        if nothing {
            return Ok((ConversionEffect::Noted, None));
        }
        if consequence != Consequence::Again && self.is_firm(dealing.won_at, dealing.on) {
            return Ok((ConversionEffect::TooLate, None));
        }
        let change = match consequence {
            Consequence::Share => self.give_back(percent, now)?,
            Consequence::All(cause) => self.reverse(cause, now)?,
            Consequence::Again | Consequence::Nothing => {
                let promise = self.facts().promise.ok_or(super::PendingCause::Choose);
                self.reinstate(promise, now)?
            }
        };
        let effect = match consequence {
            Consequence::Again => ConversionEffect::EarnedAgain,
            Consequence::Share if change.1.takes_nothing() && change.0.facts().state == state => {
                ConversionEffect::Noted
            }
            _ if delivered => ConversionEffect::ToReturn,
            _ => ConversionEffect::TakenBack,
        };
        Ok((effect, Some(change)))
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::{
        incentives::{IncentiveKind, PayingStep, testing::euros},
        referrals::testing::noon,
        rewards::{PendingCause, Promise, Receiver, RewardFacts, RewardKey, RewardTerms, Side},
    };

    fn reward(state: RewardState) -> Reward {
        let key =
            RewardKey { referral: Uuid::from_u128(1).into(), part: PayingStep::Won, side: Side::Advocate };
        let promise = Promise {
            incentive: Uuid::from_u128(2).into(),
            kind: IncentiveKind::Credit,
            amount: euros(100),
            receiver: Receiver::Account(Uuid::from_u128(3).into()),
        };
        let id = Uuid::from_u128(4).into();
        let (earned, _) = Reward::earn(id, key, Ok(promise), noon(), RewardTerms::default());
        Reward::restore(RewardFacts { state, ..earned.into_facts() })
    }

    const UNTIL: fn() -> RewardState = || RewardState::Clearing { until: noon(), first_approval: None };
    const DELIVERED: fn() -> RewardState = || RewardState::Fulfilled { at: noon() };

    fn after(state: RewardState, kind: ConversionKind, days: i64) -> (ConversionEffect, Option<RewardState>) {
        let on = noon() + TimeDelta::days(days);
        let dealing = Dealing { won_at: noon(), on };
        let (effect, change) = reward(state).after(kind, 25, dealing, on).unwrap();
        (effect, change.map(|(reward, _)| reward.facts().state))
    }

    #[test]
    fn each_kind_has_its_outcome_before_and_after_the_delivery() {
        use ConversionEffect::{EarnedAgain, Noted, TakenBack, ToReturn, TooLate};
        use ConversionKind::{Cancelled, Insolvent, Paid, Reduced, Refund, Unpaid, Upsell};
        for (kind, before, delivered) in [
            (Refund, TakenBack, ToReturn),
            (Reduced, TakenBack, ToReturn),
            (Cancelled, TakenBack, ToReturn),
            (Unpaid, TakenBack, Noted),
            (Insolvent, TakenBack, Noted),
            (Paid, Noted, Noted),
            (Upsell, Noted, Noted),
        ] {
            assert_eq!(after(UNTIL(), kind, 10).0, before, "{kind:?}");
            assert_eq!(after(DELIVERED(), kind, 10).0, delivered, "{kind:?}");
            let late = if before == TakenBack { TooLate } else { Noted };
            assert_eq!(after(UNTIL(), kind, 91), (late, None), "{kind:?}");
        }
        let gone = after(UNTIL(), Insolvent, 90).1;
        assert!(
            matches!(gone, Some(RewardState::Reversed { cause: ReversalCause::Insolvent, .. })),
            "{gone:?}"
        );
        let unpaid = after(UNTIL(), Unpaid, 10).1.unwrap();
        assert_eq!(after(unpaid, Refund, 11).0, Noted, "nothing is left of it");
        let (effect, again) = after(unpaid, Paid, 200);
        assert!(matches!((effect, again), (EarnedAgain, Some(RewardState::Clearing { .. }))), "{again:?}");
        let gone = gone.unwrap();
        assert_eq!(after(gone, Paid, 11), (Noted, None), "only what was not paid can be paid after all");
    }

    #[test]
    fn what_refunds_took_stays_taken_when_the_deal_is_paid_after_all() {
        let at = |days| noon() + TimeDelta::days(days);
        let step = |reward: Reward, kind, days| {
            let dealing = Dealing { won_at: noon(), on: at(days) };
            reward.after(kind, 25, dealing, at(days)).unwrap().1.unwrap().0
        };
        let reduced = step(reward(UNTIL()), ConversionKind::Reduced, 1);
        let unpaid = step(reduced, ConversionKind::Unpaid, 2);
        // What it is worth is found anew, and what refunds took is taken of that.
        let whole = Promise { amount: euros(200), ..unpaid.facts().promise.unwrap() };
        let (paid, event) = unpaid.reinstate(Ok(whole), at(3)).unwrap();
        assert_eq!(paid.facts().promise.unwrap().amount, euros(150));
        assert_eq!(event.kind, crate::rewards::RewardEventKind::Reserved(euros(150)));
    }

    #[test]
    fn a_share_waits_for_the_amount_that_it_is_taken_of() {
        let dealing = Dealing { won_at: noon(), on: noon() };
        let key =
            RewardKey { referral: Uuid::from_u128(1).into(), part: PayingStep::Won, side: Side::Advocate };
        let waits = Err(PendingCause::Choose);
        let (waiting, _) =
            Reward::earn(Uuid::from_u128(4).into(), key, waits, noon(), RewardTerms::default());
        let refused = waiting.clone().after(ConversionKind::Refund, 25, dealing, noon());
        assert_eq!(refused.err(), Some(RewardError::NothingToReverse));
        assert!(waiting.after(ConversionKind::Cancelled, 0, dealing, noon()).unwrap().1.is_some());
    }

    proptest! {
        #[test]
        fn shares_add_up_to_the_whole(parts in prop::collection::vec(1..500_i64, 1..20)) {
            let deal = Amount::new(parts.iter().sum(), euros(1).unit()).unwrap();
            let mut before = 0;
            let mut percent = 0_u32;
            for part in parts {
                percent += u32::from(share(before, part, deal).unwrap());
                before += part;
            }
            prop_assert_eq!(percent, 100);
            prop_assert_eq!(share(before, 1, deal), None, "more than the deal");
        }
    }
}
