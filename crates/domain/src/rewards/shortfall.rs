//! What was delivered and taken back since: the receiver keeps it, gives it back, or has it set off against what they earn
//! next. Until somebody decides it stays where everybody sees it; nothing is set off silently.

use chrono::NaiveDate;

use super::Proof;
use crate::{
    ids::{RewardId, ShortfallId},
    incentives::Amount,
};

codes! {
    /// What was decided about a shortfall.
    pub enum ShortfallState {
        /// Nothing yet.
        Open => "open",
        /// It comes off what the same receiver earns next in the same unit.
        SetOff => "set_off",
        /// The receiver was asked to give it back.
        AskedBack => "asked_back",
        /// The receiver keeps it.
        Waived => "waived",
        /// It was given back.
        Returned => "returned",
    }
}

/// Why a decision about a shortfall is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShortfallError {
    /// Nothing of it is left.
    Settled,
    /// The day until which it is asked back lies in the past.
    DayOver,
}

error_codes!(ShortfallError {
    Self::Settled => "shortfall_settled",
    Self::DayOver => "shortfall_day_over",
});

/// A decision about what is left of a shortfall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShortfallDecision {
    /// It comes off what the receiver earns next.
    SetOff,
    /// The receiver is asked to give it back.
    AskBack {
        /// Until this day.
        until: NaiveDate,
    },
    /// The receiver keeps it.
    Waive,
    /// It was given back.
    Returned {
        /// What proves it.
        proof: Proof,
    },
}

impl ShortfallDecision {
    const fn state(&self) -> ShortfallState {
        match self {
            Self::SetOff => ShortfallState::SetOff,
            Self::AskBack { .. } => ShortfallState::AskedBack,
            Self::Waive => ShortfallState::Waived,
            Self::Returned { .. } => ShortfallState::Returned,
        }
    }

    /// Whether nothing is left after it.
    pub const fn settles(&self) -> bool {
        matches!(self, Self::Waive | Self::Returned { .. })
    }
}

/// What was taken back of a reward after its delivery, by one refund or one finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortfall {
    /// Which one.
    pub id: ShortfallId,
    /// Of which reward.
    pub reward: RewardId,
    /// How much was taken back.
    pub amount: Amount,
    /// How much of it is still with the receiver and not theirs, in the amount's unit.
    pub rest: i64,
    /// What was decided.
    pub state: ShortfallState,
    /// Until when it is asked back.
    pub until: Option<NaiveDate>,
    /// What proves that it was given back.
    pub proof: Option<Proof>,
}

impl Shortfall {
    /// A reward that was delivered is taken back.
    pub const fn new(id: ShortfallId, reward: RewardId, amount: Amount) -> Self {
        let rest = amount.value();
        Self { id, reward, amount, rest, state: ShortfallState::Open, until: None, proof: None }
    }

    /// What is left of it; `None` once it is settled.
    pub fn left(&self) -> Option<Amount> {
        Amount::new(self.rest, self.amount.unit()).ok()
    }

    /// Decides about what is left, also anew. Answers what leaves the receiver's account by it.
    ///
    /// # Errors
    /// When nothing is left, or the day is over.
    pub fn decide(
        mut self,
        decision: ShortfallDecision,
        today: NaiveDate,
    ) -> Result<(Self, Option<Amount>), ShortfallError> {
        let left = self.left().ok_or(ShortfallError::Settled)?;
        self.state = decision.state();
        let settled = decision.settles().then_some(left);
        if settled.is_some() {
            self.rest = 0;
        }
        self.until = None;
        match decision {
            ShortfallDecision::AskBack { until } if until < today => return Err(ShortfallError::DayOver),
            ShortfallDecision::AskBack { until } => self.until = Some(until),
            ShortfallDecision::Returned { proof } => self.proof = Some(proof),
            ShortfallDecision::SetOff | ShortfallDecision::Waive => {}
        }
        Ok((self, settled))
    }

    /// As much of it as `room` has place for is set off; `None` where it is none of what comes off.
    pub fn set_off(mut self, room: Amount) -> Option<(Self, Amount)> {
        if self.state != ShortfallState::SetOff || room.unit() != self.amount.unit() {
            return None;
        }
        let taken = Amount::new(self.rest.min(room.value()), room.unit()).ok()?;
        self.rest -= taken.value();
        Some((self, taken))
    }

    /// What it was set off against is not delivered after all: it is left again. Where the rest was settled meanwhile,
    /// nothing is decided about what comes back.
    pub fn restore(mut self, amount: Amount) -> Self {
        if matches!(self.state, ShortfallState::Waived | ShortfallState::Returned) {
            self.state = ShortfallState::Open;
        }
        self.rest = self.rest.saturating_add(amount.value()).min(self.amount.value());
        self
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::{incentives::testing::euros, referrals::testing::noon};

    fn shortfall(value: i64) -> Shortfall {
        Shortfall::new(Uuid::from_u128(1).into(), Uuid::from_u128(2).into(), euros(value))
    }

    fn today() -> NaiveDate {
        noon().date_naive()
    }

    #[test]
    fn a_decision_may_change_until_nothing_is_left() {
        let over = ShortfallDecision::AskBack { until: today().pred_opt().unwrap() };
        assert_eq!(shortfall(10).decide(over, today()), Err(ShortfallError::DayOver));
        let ask = ShortfallDecision::AskBack { until: today() };
        let (asked, moved) = shortfall(10).decide(ask, today()).unwrap();
        assert_eq!((asked.state, asked.until, moved), (ShortfallState::AskedBack, Some(today()), None));
        let (against, moved) = asked.decide(ShortfallDecision::SetOff, today()).unwrap();
        assert_eq!((against.state, against.until, moved), (ShortfallState::SetOff, None, None));
        let (some, taken) = against.set_off(euros(4)).unwrap();
        assert_eq!((some.rest, taken), (6, euros(4)));
        let (kept, moved) = some.decide(ShortfallDecision::Waive, today()).unwrap();
        assert_eq!((kept.left(), moved), (None, Some(euros(6))));
        let again = ShortfallDecision::SetOff;
        assert_eq!(kept.clone().decide(again, today()), Err(ShortfallError::Settled));
        let back = kept.restore(euros(4));
        assert_eq!((back.state, back.left()), (ShortfallState::Open, Some(euros(4))));
    }

    #[test]
    fn only_what_was_decided_to_comes_off_and_only_in_its_unit() {
        assert_eq!(shortfall(10).set_off(euros(10)), None);
        let (against, _) = shortfall(10).decide(ShortfallDecision::SetOff, today()).unwrap();
        let points = Amount::new(10, crate::incentives::Unit::Points).unwrap();
        assert_eq!(against.clone().set_off(points), None);
        let (all, taken) = against.set_off(euros(25)).unwrap();
        assert_eq!((all.left(), taken), (None, euros(10)));
        assert_eq!(all.clone().set_off(euros(25)), None);
        assert_eq!(all.restore(euros(3)).left(), Some(euros(3)));
    }

    proptest! {
        #[test]
        fn what_comes_off_and_what_is_left_are_always_the_whole(
            whole in 1..1_000i64, rooms in prop::collection::vec(1..300i64, 0..12),
        ) {
            let (mut left, _) = shortfall(whole).decide(ShortfallDecision::SetOff, today()).unwrap();
            let mut off = 0;
            for room in rooms {
                let Some((next, taken)) = left.clone().set_off(euros(room)) else { continue };
                prop_assert!(taken.value() <= room);
                off += taken.value();
                left = next;
            }
            prop_assert_eq!(off + left.rest, whole);
        }
    }
}
