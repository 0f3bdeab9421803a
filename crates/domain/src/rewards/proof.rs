//! What proves a delivery. What a kind asks of its proof, the kind says.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::text::{CompanyName, TextError};

/// The evidence that something was handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// The receipt of a donation, the key of an early access, the reference of a credit note, the name of who was
    /// introduced, the clause of a contract.
    pub reference: String,
    /// The day it happened, where the kind has one.
    pub on: Option<NaiveDate>,
}

/// Why a proof is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProofError {
    /// The reference is missing or unreadable.
    Reference(TextError),
    /// An introduction needs its day.
    DayMissing,
    /// The day has not come yet.
    InFuture,
    /// Nobody records that this kind was delivered: its own steps lead there.
    HasSteps,
    /// The receipt of a donation is missing.
    ReceiptMissing,
}

error_codes!(ProofError {
    Self::Reference(error) => error.code(),
    Self::DayMissing => "proof_day_missing",
    Self::InFuture => "proof_in_future",
    Self::ReceiptMissing => "document_missing",
    Self::HasSteps => "proof_has_steps",
});

impl Proof {
    /// What every proof has to hold.
    ///
    /// # Errors
    /// When something is missing, or has not happened yet.
    pub fn new(reference: &str, on: Option<NaiveDate>, today: NaiveDate) -> Result<Self, ProofError> {
        // The same rules as for a company's name: one line, no control characters, an end.
        let reference = CompanyName::parse(reference).map_err(ProofError::Reference)?.as_str().to_owned();
        if on.is_some_and(|on| on > today) {
            return Err(ProofError::InFuture);
        }
        Ok(Self { reference, on })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::referrals::testing::noon;

    #[test]
    fn a_proof_says_something_that_has_happened() {
        let today = noon().date_naive();
        assert_eq!(Proof::new(" ", None, today), Err(ProofError::Reference(TextError::Empty)));
        assert_eq!(Proof::new("§ 4", today.succ_opt(), today), Err(ProofError::InFuture));
        assert!(Proof::new("§ 4", Some(today), today).is_ok());
    }
}
