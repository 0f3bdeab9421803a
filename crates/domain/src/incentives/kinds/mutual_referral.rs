//! Mutual referral: the host owes an introduction. It is done when the advocate says so, not when staff do.

use super::{Behaviour, FulfilmentStep, GoesTo};
use crate::{incentives::Unit, rewards::TaxCategory, triple_win::WinKind};

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    monetary: false,
    win: Some(WinKind::Introduction),
    allows: |unit| unit == Unit::Introductions,
    goes_to: GoesTo::Company,
    steps: &[FulfilmentStep::Promise, FulfilmentStep::Introduce, FulfilmentStep::Confirm],
    revocable: false,
    booked: false,
    needs_receipt: false,
    proof_needs_day: true,
    category: Some(TaxCategory::Barter),
};
