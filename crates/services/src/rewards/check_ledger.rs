//! Whether the ledger still is what its transfers say.

use store::{StoreError, ledger::Difference};

use crate::Ctx;

/// The outcome of a recount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerReport {
    /// How many accounts there are.
    pub accounts: i64,
    /// How many transfers were counted.
    pub transfers: i64,
    /// What does not agree; empty if all is well.
    pub differences: Vec<Difference>,
}

impl LedgerReport {
    /// Whether everything agrees.
    pub fn is_sound(&self) -> bool {
        self.differences.is_empty()
    }
}

/// Counts every balance anew from the transfers, compares the sums with the rewards, and looks for accounts below
/// zero. Reads only.
///
/// # Errors
/// When the memory fails.
pub async fn check_ledger(ctx: &Ctx) -> Result<LedgerReport, StoreError> {
    let (differences, accounts, transfers) = ctx.store.ledger().recount().await?;
    Ok(LedgerReport { accounts, transfers, differences })
}
