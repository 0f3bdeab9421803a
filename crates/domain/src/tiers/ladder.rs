//! Whether tiers make a ladder: every rung asks for something that is counted, and none is easier than the one below.

use super::{Metric, Period, Tier};

/// Why tiers are not a ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LadderError {
    /// A tier without a condition would be everybody's.
    NoRule {
        /// The tier's order.
        tier: u8,
    },
    /// A condition that everybody meets.
    Zero {
        /// The tier's order.
        tier: u8,
    },
    /// Nothing counts this yet.
    NotCounted {
        /// The tier's order.
        tier: u8,
        /// What is not counted.
        metric: Metric,
    },
    /// A lower tier asks for more of the same.
    Easier {
        /// The tier's order.
        tier: u8,
        /// Of what it asks less.
        metric: Metric,
    },
}

error_codes!(LadderError {
    Self::NoRule { .. } => "tier_no_rule",
    Self::Zero { .. } => "tier_zero",
    Self::NotCounted { .. } => "tier_not_counted",
    Self::Easier { .. } => "tier_easier",
});

impl LadderError {
    /// The order of the tier that is wrong.
    pub const fn tier(&self) -> u8 {
        match self {
            Self::NoRule { tier }
            | Self::Zero { tier }
            | Self::NotCounted { tier, .. }
            | Self::Easier { tier, .. } => *tier,
        }
    }
}

/// Checks tiers in their order. Ten in twelve months are at least ten in all, so a rolling rule is also compared
/// with the lifetime rules below it; the reverse says nothing.
///
/// # Errors
/// The first thing that is wrong, from the bottom up.
pub fn check_ladder(tiers: &[Tier]) -> Result<(), LadderError> {
    for (index, tier) in tiers.iter().enumerate() {
        let order = tier.order;
        if tier.rules.is_empty() {
            return Err(LadderError::NoRule { tier: order });
        }
        for rule in &tier.rules {
            if rule.at_least == 0 {
                return Err(LadderError::Zero { tier: order });
            }
            if !rule.metric.is_counted() {
                return Err(LadderError::NotCounted { tier: order, metric: rule.metric });
            }
            let below = tiers.iter().take(index).flat_map(|lower| &lower.rules);
            let comparable = below.filter(|lower| {
                lower.metric == rule.metric
                    && (lower.period == rule.period || rule.period == Period::RollingYear)
            });
            if comparable.into_iter().any(|lower| lower.at_least > rule.at_least) {
                return Err(LadderError::Easier { tier: order, metric: rule.metric });
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tiers::{TierRule, default_tiers};

    fn with_rule(tier: usize, rule: TierRule) -> Result<(), LadderError> {
        let mut tiers = default_tiers();
        tiers[tier].rules = vec![rule];
        check_ladder(&tiers)
    }

    fn won(at_least: u32, period: Period) -> TierRule {
        TierRule { metric: Metric::WonReferrals, at_least, period }
    }

    #[test]
    fn the_defaults_are_a_ladder() {
        assert_eq!(check_ladder(&default_tiers()), Ok(()));
    }

    #[test]
    fn no_rung_is_easier_than_the_one_below() {
        let easier = |tier| Err(LadderError::Easier { tier, metric: Metric::WonReferrals });
        assert_eq!(with_rule(3, won(1, Period::RollingYear)), easier(4));
        assert_eq!(with_rule(1, won(9, Period::Lifetime)), easier(3), "a rolling rule above a lifetime rule");
        assert_eq!(with_rule(3, won(2, Period::RollingYear)), Ok(()), "the term makes it harder");
    }

    #[test]
    fn every_rung_asks_for_something_that_is_counted() {
        assert_eq!(with_rule(0, won(0, Period::Lifetime)), Err(LadderError::Zero { tier: 1 }));
        let points = TierRule { metric: Metric::Points, at_least: 5, period: Period::Lifetime };
        assert_eq!(with_rule(2, points), Err(LadderError::NotCounted { tier: 3, metric: Metric::Points }));
        let mut tiers = default_tiers();
        tiers[1].rules.clear();
        assert_eq!(check_ladder(&tiers).map_err(|error| error.tier()), Err(2));
    }
}
