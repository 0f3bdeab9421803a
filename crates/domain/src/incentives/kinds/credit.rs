//! Credit: money off the next invoice, or free months, seats or points of the product.

use super::{Behaviour, FulfilmentStep, GoesTo};
use crate::{incentives::Unit, rewards::TaxCategory, triple_win::WinKind};

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    monetary: true,
    win: Some(WinKind::Money),
    allows: |unit| unit != Unit::Introductions,
    goes_to: GoesTo::Company,
    steps: &[FulfilmentStep::HandOver],
    revocable: false,
    booked: true,
    needs_receipt: false,
    proof_needs_day: false,
    category: Some(TaxCategory::Mediation),
};
