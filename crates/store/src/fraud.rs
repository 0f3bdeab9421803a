//! Suspected misuse as it is kept: what the checks compare, what they found, and the cases.

mod cases;
mod facts;
mod findings;

pub use cases::{CaseLine, StoredCase, Weighed};
pub use facts::{KnownAdvocate, Shared};
pub use findings::{Finding, NewFinding};

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use crate::{Store, Tx};

/// The room of suspected misuse.
#[derive(Debug)]
pub struct Fraud<'c, C>(&'c C);

impl Store {
    /// Suspected misuse, to read.
    pub fn fraud(&self) -> Fraud<'_, impl ConnectionTrait + use<>> {
        Fraud(self.reader())
    }
}

impl Tx {
    /// Suspected misuse, in this transaction.
    pub fn fraud(&self) -> Fraud<'_, DatabaseTransaction> {
        Fraud(self.conn())
    }
}
