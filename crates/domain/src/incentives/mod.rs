//! Incentives: what may be offered as a thank-you, in which parts, and to whom.

mod amount;
mod eligibility;
mod guard;
mod questions;
mod scheme;

pub use amount::{Amount, AmountError, Unit};
pub use eligibility::{AdvocateStanding, BlockReason, Eligibility, eligibility};
pub use guard::{Guard, GuardError};
#[cfg(test)]
pub(crate) use questions::testing as question_testing;
pub use questions::{
    Question, QuestionError, QuestionFault, QuestionFaults, QuestionKind, QuestionPart, Questions,
};
pub use scheme::{DealBand, Part, PartValue, PayingStep, Scheme, SchemeError};

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{ids::IncentiveId, text::Country, triple_win::WinKind};

codes! {
    /// What kind of thank-you it is; each kind has its own fulfilment.
    pub enum IncentiveKind {
        /// The host introduces a suitable contact to the advocate's company.
        MutualReferral => "mutual_referral",
        /// A feature before everybody else has it.
        EarlyAccess => "early_access",
        /// Money to an organisation, in the name of the advocate's company.
        Donation => "donation",
        /// Money off the next invoice.
        Credit => "credit",
        /// No reward: an equal choice, disclosed as such.
        None => "none",
    }
}

impl IncentiveKind {
    /// Whether the receiver is richer by money. A donation is not: it leaves the receiver's hands.
    pub const fn is_monetary(self) -> bool {
        matches!(self, Self::Credit)
    }

    /// How it counts in the triple win; nothing was given where nothing was chosen.
    pub const fn win_kind(self) -> Option<WinKind> {
        match self {
            Self::MutualReferral => Some(WinKind::Introduction),
            Self::EarlyAccess => Some(WinKind::Access),
            Self::Donation => Some(WinKind::Donation),
            Self::Credit => Some(WinKind::Money),
            Self::None => None,
        }
    }
}

/// An incentive of the catalogue, and the frozen copy of it in a referral's terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incentive {
    /// Which one.
    pub id: IncentiveId,
    /// Of which kind.
    pub kind: IncentiveKind,
    /// What is paid at which stage.
    pub scheme: Scheme,
    /// How many are left; `None` without a limit.
    pub stock: Option<u32>,
    /// Lowest tier it is offered to, by the tier's order; 0 for everybody.
    pub min_tier: u8,
    /// Whether it is offered at present.
    pub active: bool,
    /// Countries it is offered in; empty for all.
    pub countries: BTreeSet<Country>,
}

impl Incentive {
    /// Checks that kind and parts fit: something must be promised, unless the kind is "no reward".
    pub fn validate(&self) -> Result<(), SchemeError> {
        match (self.kind, self.scheme.parts().is_empty()) {
            (IncentiveKind::None, false) => Err(SchemeError::PartsForNothing),
            (IncentiveKind::None, true) | (_, false) => Ok(()),
            (_, true) => Err(SchemeError::NoParts),
        }
    }
}

#[cfg(test)]
pub(crate) mod testing {
    use uuid::Uuid;

    use super::*;
    use crate::text::Currency;

    pub(crate) fn euros(value: i64) -> Amount {
        Amount::new(value, Unit::Money(Currency::EUR)).unwrap()
    }

    /// An incentive whose parts hang on the last stages: one part on `won`, two on `qualified` and `won`, and so on.
    pub(crate) fn incentive(kind: IncentiveKind, parts: &[i64]) -> Incentive {
        let steps = &PayingStep::ALL[PayingStep::ALL.len() - parts.len()..];
        let parts = steps.iter().zip(parts);
        let parts = parts.map(|(step, value)| Part { step: *step, value: PartValue::Fixed(euros(*value)) });
        Incentive {
            id: Uuid::from_u128(100 + kind as u128).into(),
            kind,
            scheme: Scheme::new(parts.collect()).unwrap(),
            stock: None,
            min_tier: 0,
            active: true,
            countries: BTreeSet::new(),
        }
    }
}
