//! No thank-you: an equal choice, disclosed as such. Nothing is owed, so nothing is delivered.

use super::{Behaviour, GoesTo};

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    monetary: false,
    win: None,
    allows: |_| false,
    goes_to: GoesTo::Nobody,
    steps: &[],
    revocable: false,
    booked: false,
    needs_receipt: false,
    proof_needs_day: false,
    category: None,
};
