//! Posting rules: which transfers an event of a reward makes.

use chrono::{DateTime, Utc};

use super::{LedgerAccountKind, LedgerError, Owner, Transfer, TransferCause};
use crate::{
    ids::ProgramId,
    incentives::Amount,
    rewards::{Receiver, RewardCode, RewardEvent, RewardEventKind},
};

/// Between whom a reward is booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RewardParties {
    /// Whose budget pays.
    pub program: ProgramId,
    /// Who receives.
    pub receiver: Receiver,
}

/// The transfers that an event makes, in their order; none for events that move no value.
pub fn post_reward(between: RewardParties, event: &RewardEvent) -> Result<Vec<Transfer>, LedgerError> {
    use TransferCause::{RewardApproved, RewardCreated, RewardFulfilled};

    match event.kind {
        RewardEventKind::Reserved(amount) => between.steps(
            &[LedgerAccountKind::Budget, LedgerAccountKind::Reserved],
            amount,
            RewardCreated,
            event.at,
        ),
        RewardEventKind::Approved(amount) => between.steps(
            &[LedgerAccountKind::Reserved, LedgerAccountKind::Owed],
            amount,
            RewardApproved,
            event.at,
        ),
        RewardEventKind::Fulfilled(amount) => between.steps(
            &[LedgerAccountKind::Owed, LedgerAccountKind::Settled],
            amount,
            RewardFulfilled,
            event.at,
        ),
        RewardEventKind::Reversed { amount: Some(amount), from, .. } => between.back(from, amount, event.at),
        RewardEventKind::Declined(Some(amount)) => between.back(RewardCode::Clearing, amount, event.at),
        RewardEventKind::Expired { amount: Some(amount), from } => between.back(from, amount, event.at),
        RewardEventKind::Awaited(_)
        | RewardEventKind::FirstApproval(_)
        | RewardEventKind::Reversed { amount: None, .. }
        | RewardEventKind::Declined(None)
        | RewardEventKind::Expired { amount: None, .. }
        | RewardEventKind::Held(_)
        | RewardEventKind::Released(_) => Ok(Vec::new()),
    }
}

impl RewardParties {
    /// Back the way it came; what was delivered becomes receivable.
    fn back(self, from: RewardCode, amount: Amount, at: DateTime<Utc>) -> Result<Vec<Transfer>, LedgerError> {
        use LedgerAccountKind::{Budget, Owed, Receivable, Reserved, Settled};
        let way: &[LedgerAccountKind] = match from {
            RewardCode::Clearing => &[Reserved, Budget],
            RewardCode::Approved => &[Owed, Reserved, Budget],
            RewardCode::Fulfilled => &[Settled, Receivable],
            // Nothing is booked before clearing, and nothing is left after an end.
            RewardCode::Pending | RewardCode::Reversed | RewardCode::Declined | RewardCode::Expired => &[],
        };
        self.steps(way, amount, TransferCause::RewardReversed, at)
    }

    /// One transfer for each pair of neighbours on the way.
    fn steps(
        self,
        way: &[LedgerAccountKind],
        amount: Amount,
        cause: TransferCause,
        at: DateTime<Utc>,
    ) -> Result<Vec<Transfer>, LedgerError> {
        let place = |kind| match kind {
            LedgerAccountKind::Budget => (kind, Owner::Program(self.program)),
            _ => (kind, Owner::Receiver(self.receiver)),
        };
        way.windows(2).map(|pair| Transfer::new(place(pair[0]), place(pair[1]), amount, cause, at)).collect()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        incentives::testing::euros,
        ledger::{Book, LedgerAccount},
        referrals::testing::noon,
        rewards::ReversalCause,
    };

    const TEN: i64 = 10;

    fn between() -> RewardParties {
        RewardParties {
            program: Uuid::from_u128(11).into(),
            receiver: Receiver::Account(Uuid::from_u128(2).into()),
        }
    }

    fn balances(events: &[RewardEventKind]) -> [i64; 5] {
        let mut book = Book::default();
        for kind in events {
            let event = RewardEvent { reward: Uuid::from_u128(30).into(), at: noon(), kind: *kind };
            for transfer in post_reward(between(), &event).unwrap() {
                book.post(&transfer).unwrap();
            }
        }
        let owner = |kind| match kind {
            LedgerAccountKind::Budget => Owner::Program(between().program),
            _ => Owner::Receiver(between().receiver),
        };
        let mut kinds = LedgerAccountKind::ALL.iter();
        std::array::from_fn(|_| {
            let kind = *kinds.next().unwrap();
            book.balance(&LedgerAccount { kind, owner: owner(kind), unit: euros(1).unit() })
        })
    }

    #[test]
    fn a_reward_walks_through_the_accounts_and_back() {
        use RewardEventKind::{Approved, Fulfilled, Reserved};
        let ten = euros(TEN);
        let walk = [Reserved(ten), Approved(ten), Fulfilled(ten)];
        let back = |from| RewardEventKind::Reversed { amount: Some(ten), from, cause: ReversalCause::Fraud };
        assert_eq!(balances(&walk[..1]), [-TEN, TEN, 0, 0, 0]);
        assert_eq!(balances(&walk[..2]), [-TEN, 0, TEN, 0, 0]);
        assert_eq!(balances(&walk), [-TEN, 0, 0, TEN, 0]);
        assert_eq!(balances(&[walk[0], back(RewardCode::Clearing)]), [0; 5]);
        assert_eq!(balances(&[walk[0], walk[1], back(RewardCode::Approved)]), [0; 5]);
        assert_eq!(balances(&[walk[0], walk[1], walk[2], back(RewardCode::Fulfilled)]), [-TEN, 0, 0, 0, TEN]);
    }
}
