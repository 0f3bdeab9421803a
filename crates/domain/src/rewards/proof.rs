//! What proves a delivery, per kind.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    incentives::IncentiveKind,
    text::{CompanyName, TextError},
};

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
}

error_codes!(ProofError {
    Self::Reference(error) => error.code(),
    Self::DayMissing => "proof_day_missing",
    Self::InFuture => "proof_in_future",
});

impl Proof {
    /// Checks a proof for a kind (`None` for the contact's benefit).
    ///
    /// # Errors
    /// When something is missing, or has not happened yet.
    pub fn new(
        kind: Option<IncentiveKind>,
        reference: &str,
        on: Option<NaiveDate>,
        today: NaiveDate,
    ) -> Result<Self, ProofError> {
        // The same rules as for a company's name: one line, no control characters, an end.
        let reference = CompanyName::parse(reference).map_err(ProofError::Reference)?.as_str().to_owned();
        if kind == Some(IncentiveKind::MutualReferral) && on.is_none() {
            return Err(ProofError::DayMissing);
        }
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
    fn each_kind_says_what_it_needs() {
        let today = noon().date_naive();
        let prove = |kind, reference, on| Proof::new(kind, reference, on, today);
        assert!(prove(Some(IncentiveKind::Donation), "Q-2026-17", None).is_ok());
        assert_eq!(
            prove(Some(IncentiveKind::Credit), " ", None),
            Err(ProofError::Reference(TextError::Empty))
        );
        assert_eq!(prove(Some(IncentiveKind::MutualReferral), "Polar", None), Err(ProofError::DayMissing));
        assert_eq!(prove(None, "§ 4", today.succ_opt()), Err(ProofError::InFuture));
    }
}
