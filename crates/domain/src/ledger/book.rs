//! Transfers and the balances they make.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{LedgerAccountKind, TransferCause};
use crate::{
    ids::ProgramId,
    incentives::{Amount, Unit},
    rewards::Receiver,
};

/// Whose account it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// A programme of the host.
    Program(ProgramId),
    /// Whoever receives.
    Receiver(Receiver),
}

/// An account of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LedgerAccount {
    /// What it counts.
    pub kind: LedgerAccountKind,
    /// Whose it is.
    pub owner: Owner,
    /// In which unit.
    pub unit: Unit,
}

/// One row of the ledger. Its unit is that of its accounts, so a transfer cannot mix two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transfer {
    from: (LedgerAccountKind, Owner),
    to: (LedgerAccountKind, Owner),
    amount: Amount,
    cause: TransferCause,
    at: DateTime<Utc>,
}

impl Transfer {
    /// A transfer between two different accounts.
    pub fn new(
        from: (LedgerAccountKind, Owner),
        to: (LedgerAccountKind, Owner),
        amount: Amount,
        cause: TransferCause,
        at: DateTime<Utc>,
    ) -> Result<Self, LedgerError> {
        if from == to { Err(LedgerError::SameAccount) } else { Ok(Self { from, to, amount, cause, at }) }
    }

    /// The account it is taken from.
    pub const fn from(&self) -> LedgerAccount {
        LedgerAccount { kind: self.from.0, owner: self.from.1, unit: self.amount.unit() }
    }

    /// The account it goes to.
    pub const fn to(&self) -> LedgerAccount {
        LedgerAccount { kind: self.to.0, owner: self.to.1, unit: self.amount.unit() }
    }

    /// How much.
    pub const fn amount(&self) -> Amount {
        self.amount
    }

    /// Why.
    pub const fn cause(&self) -> TransferCause {
        self.cause
    }

    /// When.
    pub const fn at(&self) -> DateTime<Utc> {
        self.at
    }
}

/// Why a transfer is not booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LedgerError {
    /// From an account to itself.
    SameAccount,
    /// The account would fall below zero.
    BelowZero,
    /// More than can be counted.
    Overflow,
}

error_codes!(LedgerError {
    Self::SameAccount => "same_account",
    Self::BelowZero => "below_zero",
    Self::Overflow => "ledger_overflow",
});

/// The balances: a projection of the transfers, checked against [`recount`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Book {
    balances: BTreeMap<LedgerAccount, i64>,
}

impl Book {
    /// The projection as the store remembers it.
    pub const fn restore(balances: BTreeMap<LedgerAccount, i64>) -> Self {
        Self { balances }
    }

    /// The balance of an account.
    pub fn balance(&self, account: &LedgerAccount) -> i64 {
        self.balances.get(account).copied().unwrap_or(0)
    }

    /// Every account that was ever used, with its balance.
    pub const fn balances(&self) -> &BTreeMap<LedgerAccount, i64> {
        &self.balances
    }

    /// Books a transfer, or changes nothing. Only budgets may fall below zero.
    pub fn post(&mut self, transfer: &Transfer) -> Result<(), LedgerError> {
        let (from, to, value) = (transfer.from(), transfer.to(), transfer.amount().value());
        let less = self.balance(&from).checked_sub(value).ok_or(LedgerError::Overflow)?;
        let more = self.balance(&to).checked_add(value).ok_or(LedgerError::Overflow)?;
        if less < 0 && from.kind != LedgerAccountKind::Budget {
            return Err(LedgerError::BelowZero);
        }
        self.balances.insert(from, less);
        self.balances.insert(to, more);
        Ok(())
    }
}

/// Counts the balances anew from all transfers, in 128 bits so that a sum over any history holds.
pub fn recount<'a>(transfers: impl IntoIterator<Item = &'a Transfer>) -> BTreeMap<LedgerAccount, i128> {
    let mut balances = BTreeMap::new();
    for transfer in transfers {
        let value = i128::from(transfer.amount().value());
        *balances.entry(transfer.from()).or_insert(0) -= value;
        *balances.entry(transfer.to()).or_insert(0) += value;
    }
    balances
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::{incentives::testing::euros, referrals::testing::noon};

    fn place(kind: usize, owner: u128) -> (LedgerAccountKind, Owner) {
        (LedgerAccountKind::ALL[kind], Owner::Receiver(Receiver::Account(Uuid::from_u128(owner).into())))
    }

    proptest! {
        #[test]
        fn the_ledger_balances_and_recounts(
            rows in prop::collection::vec((0..6usize, 0..3u128, 0..6usize, 0..3u128, 1..1_000i64), 0..60),
        ) {
            let mut book = Book::default();
            let mut booked = Vec::new();
            for (from, giver, to, taker, value) in rows {
                let cause = TransferCause::RewardCreated;
                let transfer = Transfer::new(place(from, giver), place(to, taker), euros(value), cause, noon());
                let Ok(transfer) = transfer else { continue };
                let before = book.clone();
                match book.post(&transfer) {
                    Ok(()) => booked.push(transfer),
                    Err(_) => prop_assert_eq!(&book, &before, "a refused transfer changes nothing"),
                }
            }
            prop_assert_eq!(book.balances().values().sum::<i64>(), 0);
            let projected = book.balances().iter().map(|(account, balance)| (*account, i128::from(*balance)));
            prop_assert_eq!(projected.collect::<BTreeMap<_, _>>(), recount(&booked));
            for (account, balance) in book.balances() {
                prop_assert!(*balance >= 0 || account.kind == LedgerAccountKind::Budget);
            }
        }
    }
}
