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

/// What becomes of something that is to be returned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShortfallMove {
    /// It was given back.
    Returned,
    /// The receiver keeps it.
    Waived,
    /// It comes off another reward.
    SetOff,
    /// The reward that it came off is not delivered after all.
    SetOffUndone,
}

/// The transfer by which something that is to be returned leaves the receiver's account, or comes back to it. What is given
/// back or set off returns to the budget that paid for it.
///
/// # Errors
/// Never for two accounts that differ, as these do.
pub fn post_shortfall(
    between: RewardParties,
    moved: ShortfallMove,
    amount: Amount,
    at: DateTime<Utc>,
) -> Result<Vec<Transfer>, LedgerError> {
    use LedgerAccountKind::{Budget, Receivable, Waived};
    let (way, cause) = match moved {
        ShortfallMove::Returned => ([Receivable, Budget], TransferCause::ShortfallReturned),
        ShortfallMove::Waived => ([Receivable, Waived], TransferCause::ShortfallWaived),
        ShortfallMove::SetOff => ([Receivable, Budget], TransferCause::ShortfallSetOff),
        ShortfallMove::SetOffUndone => ([Budget, Receivable], TransferCause::SetOffUndone),
    };
    between.steps(&way, amount, cause, at)
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

    fn balances(events: &[RewardEventKind]) -> [i64; 6] {
        balances_after(events, &[])
    }

    fn balances_after(events: &[RewardEventKind], moves: &[(ShortfallMove, i64)]) -> [i64; 6] {
        let mut book = Book::default();
        for kind in events {
            let event = RewardEvent { reward: Uuid::from_u128(30).into(), at: noon(), kind: *kind };
            for transfer in post_reward(between(), &event).unwrap() {
                book.post(&transfer).unwrap();
            }
        }
        for (moved, value) in moves {
            for transfer in post_shortfall(between(), *moved, euros(*value), noon()).unwrap() {
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
        assert_eq!(balances(&walk[..1]), [-TEN, TEN, 0, 0, 0, 0]);
        assert_eq!(balances(&walk[..2]), [-TEN, 0, TEN, 0, 0, 0]);
        assert_eq!(balances(&walk), [-TEN, 0, 0, TEN, 0, 0]);
        assert_eq!(balances(&[walk[0], back(RewardCode::Clearing)]), [0; 6]);
        assert_eq!(balances(&[walk[0], walk[1], back(RewardCode::Approved)]), [0; 6]);
        let taken = [walk[0], walk[1], walk[2], back(RewardCode::Fulfilled)];
        assert_eq!(balances(&taken), [-TEN, 0, 0, 0, TEN, 0]);
        let after = |moves: &[(ShortfallMove, i64)]| balances_after(&taken, moves);
        assert_eq!(after(&[(ShortfallMove::Returned, TEN)]), [0; 6]);
        assert_eq!(after(&[(ShortfallMove::Waived, TEN)]), [-TEN, 0, 0, 0, 0, TEN]);
        assert_eq!(after(&[(ShortfallMove::SetOff, 4), (ShortfallMove::Waived, 6)]), [-6, 0, 0, 0, 0, 6]);
        let undone = [(ShortfallMove::SetOff, 4), (ShortfallMove::SetOffUndone, 4)];
        assert_eq!(after(&undone), [-TEN, 0, 0, 0, TEN, 0]);
    }
}
