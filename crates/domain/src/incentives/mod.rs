//! Incentives: what may be offered as a thank-you, in which parts, and to whom.

mod amount;
mod eligibility;
mod guard;
mod kinds;
mod questions;
mod scheme;

pub use amount::{Amount, AmountError, Unit, minor_units};
pub use eligibility::{AdvocateStanding, BlockReason, Eligibility, eligibility};
pub use guard::{Guard, GuardError};
pub(crate) use kinds::GoesTo;
pub use kinds::{FulfilmentStep, IncentiveKind};
#[cfg(test)]
pub(crate) use questions::testing as question_testing;
pub use questions::{
    Question, QuestionError, QuestionFault, QuestionFaults, QuestionKind, QuestionPart, Questions,
};
pub use scheme::{DealBand, Part, PartValue, PayingStep, Scheme, SchemeError};

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{ids::IncentiveId, text::Country};

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
    /// Checks that kind and parts fit: something must be promised, unless the kind is "no reward", and in a unit that the
    /// kind can be given in.
    pub fn validate(&self) -> Result<(), SchemeError> {
        match (self.kind.is_nothing(), self.scheme.maximum().map(Amount::unit)) {
            (true, None) => Ok(()),
            (true, Some(_)) => Err(SchemeError::PartsForNothing),
            (false, None) => Err(SchemeError::NoParts),
            (false, Some(unit)) if !self.kind.allows(unit) => Err(SchemeError::UnitOfKind),
            (false, Some(_)) => Ok(()),
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
