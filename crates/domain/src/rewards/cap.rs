//! Caps: a year has an end to generosity, and the remainder up to it is still paid.

use crate::incentives::Amount;

/// What a cap leaves of an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capped {
    /// What is paid; `None` if the cap was used up.
    pub paid: Option<Amount>,
    /// What the cap took away, to be shown.
    pub cut: i64,
}

/// Applies a cap to an amount, after any boost. `used` is what has gone against the cap in its period already,
/// in the same unit; which period that is (the calendar year in the host's time zone) is for the caller to know.
pub fn apply_cap(amount: Amount, used: i64, cap: Option<i64>) -> Capped {
    let Some(cap) = cap else { return Capped { paid: Some(amount), cut: 0 } };
    let room = cap.saturating_sub(used).max(0);
    let value = amount.value().min(room);
    Capped { paid: Amount::new(value, amount.unit()).ok(), cut: amount.value() - value }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::incentives::testing::euros;

    #[test]
    fn the_remainder_is_paid() {
        assert_eq!(apply_cap(euros(100), 450, Some(500)), Capped { paid: Some(euros(50)), cut: 50 });
        assert_eq!(apply_cap(euros(100), 500, Some(500)), Capped { paid: None, cut: 100 });
        assert_eq!(apply_cap(euros(100), 900, None), Capped { paid: Some(euros(100)), cut: 0 });
    }

    proptest! {
        #[test]
        fn caps_hold_and_nothing_is_lost(
            amounts in prop::collection::vec(1..10_000i64, 1..20),
            cap in 0..50_000i64,
        ) {
            let mut used = 0;
            for value in amounts {
                let capped = apply_cap(euros(value), used, Some(cap));
                let paid = capped.paid.map_or(0, Amount::value);
                prop_assert_eq!(paid + capped.cut, value);
                used += paid;
                prop_assert!(used <= cap);
            }
        }
    }
}
