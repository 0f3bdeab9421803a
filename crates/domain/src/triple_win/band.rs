//! Amounts of others, shown so that nobody can read off a single deal.

use chrono::TimeDelta;

use crate::incentives::{Amount, Unit};

/// When a band may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BandRules {
    /// Among at least so many amounts.
    pub at_least: u32,
    /// After at least so long.
    pub after: TimeDelta,
}

impl Default for BandRules {
    fn default() -> Self {
        Self { at_least: 5, after: TimeDelta::days(30) }
    }
}

/// A range that holds an amount: from `from`, below `below`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// Lower end, included.
    pub from: i64,
    /// Upper end, not included.
    pub below: i64,
    /// Of what.
    pub unit: Unit,
}

/// The band of an amount in steps of 1, 2, 5, 10, 20, 50 …; `None` while too few or too recent to be shown.
pub fn band(amount: Amount, among: u32, age: TimeDelta, rules: &BandRules) -> Option<Band> {
    if among < rules.at_least || age < rules.after {
        return None;
    }
    let mut power = 1i64;
    loop {
        for (low, high) in [(1, 2), (2, 5), (5, 10)] {
            let from = power.checked_mul(low)?;
            // Above the last step there is no number left; the greatest one stands for the open end.
            let below = power.checked_mul(high).unwrap_or(i64::MAX);
            if amount.value() < below || below == i64::MAX {
                return Some(Band { from, below, unit: amount.unit() });
            }
        }
        power = power.checked_mul(10)?;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::incentives::testing::euros;

    #[test]
    fn few_or_fresh_amounts_are_not_shown() {
        let rules = BandRules::default();
        let month = TimeDelta::days(30);
        assert_eq!(band(euros(100), 4, month, &rules), None);
        assert_eq!(band(euros(100), 5, month - TimeDelta::seconds(1), &rules), None);
        let shown = band(euros(2_345_600), 5, month, &rules).unwrap();
        assert_eq!((shown.from, shown.below), (2_000_000, 5_000_000));
    }

    proptest! {
        #[test]
        fn an_amount_lies_in_its_band(value in 1..=i64::MAX) {
            let shown = band(euros(value), 5, TimeDelta::days(30), &BandRules::default()).unwrap();
            prop_assert!(shown.from <= value && (value < shown.below || shown.below == i64::MAX));
        }
    }
}
