//! The benefit of the new customer's company: promised in the contract, delivered like a reward.

use chrono::{DateTime, Utc};

use super::{RewardCode, RewardError};
use crate::{
    ids::{ReferralId, RewardId},
    incentives::Amount,
    triple_win::WinKind,
};

/// A benefit that a won referral owes to the new customer's company. It needs no approval, for it was promised to
/// everybody who opened the page, and it is not booked in the reward ledger, for it is part of the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Benefit {
    /// Which one; it stands in the same table as the rewards.
    pub id: RewardId,
    /// For which referral.
    pub referral: ReferralId,
    /// What kind of thing it is.
    pub kind: WinKind,
    /// How much, where it can be counted.
    pub amount: Option<Amount>,
    /// `approved` while it is owed, `fulfilled`, or `reversed` by a correction.
    pub state: RewardCode,
    /// Since when it is in this state.
    pub since: DateTime<Utc>,
}

impl Benefit {
    /// A benefit that is owed from now on; `None` for kinds that cannot be one.
    pub fn owe(
        id: RewardId,
        referral: ReferralId,
        kind: WinKind,
        amount: Option<Amount>,
        now: DateTime<Utc>,
    ) -> Option<Self> {
        let state = RewardCode::Approved;
        kind.may_be_benefit().then_some(Self { id, referral, kind, amount, state, since: now })
    }

    /// It was delivered.
    ///
    /// # Errors
    /// When it is not owed.
    pub fn fulfil(self, now: DateTime<Utc>) -> Result<Self, RewardError> {
        self.step(RewardCode::Approved, RewardCode::Fulfilled, now)
    }

    /// The deal was corrected away before the benefit was delivered.
    ///
    /// # Errors
    /// When it is not owed any more.
    pub fn reverse(self, now: DateTime<Utc>) -> Result<Self, RewardError> {
        self.step(RewardCode::Approved, RewardCode::Reversed, now)
    }

    /// The deal was made after all.
    ///
    /// # Errors
    /// When it was not reversed.
    pub fn reinstate(self, now: DateTime<Utc>) -> Result<Self, RewardError> {
        self.step(RewardCode::Reversed, RewardCode::Approved, now)
    }

    fn step(mut self, from: RewardCode, to: RewardCode, now: DateTime<Utc>) -> Result<Self, RewardError> {
        if self.state != from {
            return Err(RewardError::WrongState);
        }
        self.state = to;
        self.since = now;
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::referrals::testing::noon;

    fn owed(kind: WinKind) -> Option<Benefit> {
        Benefit::owe(Uuid::from_u128(1).into(), Uuid::from_u128(2).into(), kind, None, noon())
    }

    #[test]
    fn only_money_savings_and_access_are_owed() {
        let kinds: Vec<_> = WinKind::ALL.iter().filter(|kind| owed(**kind).is_some()).collect();
        assert_eq!(kinds, [&WinKind::Money, &WinKind::Saving, &WinKind::Access]);
    }

    #[test]
    fn what_was_delivered_stays() {
        let benefit = owed(WinKind::Saving).unwrap();
        let again = benefit.clone().reverse(noon()).unwrap().reinstate(noon()).unwrap();
        assert_eq!(again, benefit);
        let delivered = benefit.fulfil(noon()).unwrap();
        assert_eq!(delivered.clone().reverse(noon()), Err(RewardError::WrongState));
        assert_eq!(delivered.fulfil(noon()), Err(RewardError::WrongState));
    }
}
