//! Donation: money to an organisation of the list, in the name of the advocate's company.

use super::{Behaviour, FulfilmentStep, GoesTo};
use crate::{incentives::Unit, rewards::TaxCategory, triple_win::WinKind};

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    // It leaves the receiver's hands.
    monetary: false,
    win: Some(WinKind::Donation),
    allows: |unit| matches!(unit, Unit::Money(_)),
    goes_to: GoesTo::Organisation,
    steps: &[FulfilmentStep::HandOver],
    revocable: false,
    booked: false,
    needs_receipt: true,
    proof_needs_day: false,
    category: Some(TaxCategory::Donation),
};
