//! Early access: a feature before everybody else has it, for so many seats or months. It can be ended again.

use super::{Behaviour, FulfilmentStep, GoesTo};
use crate::{incentives::Unit, rewards::TaxCategory, triple_win::WinKind};

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    monetary: false,
    win: Some(WinKind::Access),
    allows: |unit| matches!(unit, Unit::Seats | Unit::Months),
    goes_to: GoesTo::Company,
    steps: &[FulfilmentStep::HandOver],
    revocable: true,
    booked: false,
    needs_receipt: false,
    proof_needs_day: false,
    category: Some(TaxCategory::Barter),
};
