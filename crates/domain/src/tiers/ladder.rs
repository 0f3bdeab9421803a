//! Whether tiers make a ladder: every rung asks for something that is counted, and none is easier than the one below.

use super::{Period, Tier};

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
        /// The place of the condition among the tier's, from 0.
        rule: usize,
    },
    /// Nothing counts this yet.
    NotCounted {
        /// The tier's order.
        tier: u8,
        /// The place of the condition among the tier's, from 0.
        rule: usize,
    },
    /// A lower tier asks for more of the same.
    Easier {
        /// The tier's order.
        tier: u8,
        /// The place of the condition among the tier's, from 0.
        rule: usize,
    },
    /// Only the highest tier takes an appointment.
    TermBelowTop {
        /// The tier's order.
        tier: u8,
    },
}

error_codes!(LadderError {
    Self::NoRule { .. } => "tier_no_rule",
    Self::Zero { .. } => "tier_zero",
    Self::NotCounted { .. } => "tier_not_counted",
    Self::Easier { .. } => "tier_easier",
    Self::TermBelowTop { .. } => "tier_term_below_top",
});

impl LadderError {
    /// The order of the tier that is wrong.
    pub const fn tier(&self) -> u8 {
        match self {
            Self::NoRule { tier }
            | Self::Zero { tier, .. }
            | Self::NotCounted { tier, .. }
            | Self::Easier { tier, .. }
            | Self::TermBelowTop { tier } => *tier,
        }
    }

    /// The place of the condition that is wrong, where it is one.
    pub const fn rule(&self) -> Option<usize> {
        match self {
            Self::Zero { rule, .. } | Self::NotCounted { rule, .. } | Self::Easier { rule, .. } => {
                Some(*rule)
            }
            Self::NoRule { .. } | Self::TermBelowTop { .. } => None,
        }
    }
}

/// Checks tiers in their order. Ten in twelve months are at least ten in all, so a rolling rule is also compared
/// with the lifetime rules below it; the reverse says nothing.
///
/// # Errors
/// Everything that is wrong, from the bottom up; of each condition the first.
pub fn check_ladder(tiers: &[Tier]) -> Result<(), Vec<LadderError>> {
    let mut errors = Vec::new();
    for (index, tier) in tiers.iter().enumerate() {
        let order = tier.order;
        if tier.rules.is_empty() {
            errors.push(LadderError::NoRule { tier: order });
        }
        if tier.needs_term && index + 1 < tiers.len() {
            errors.push(LadderError::TermBelowTop { tier: order });
        }
        for (place, rule) in tier.rules.iter().enumerate() {
            let below = tiers.iter().take(index).flat_map(|lower| &lower.rules);
            let mut comparable = below.filter(|lower| {
                lower.metric == rule.metric
                    && (lower.period == rule.period || rule.period == Period::RollingYear)
            });
            if rule.at_least == 0 {
                errors.push(LadderError::Zero { tier: order, rule: place });
            } else if !rule.metric.is_counted() {
                errors.push(LadderError::NotCounted { tier: order, rule: place });
            } else if comparable.any(|lower| lower.at_least > rule.at_least) {
                errors.push(LadderError::Easier { tier: order, rule: place });
            }
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tiers::{Metric, TierRule, default_tiers};

    fn with_rule(tier: usize, rule: TierRule) -> Result<(), Vec<LadderError>> {
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
        let easier = |tier| Err(vec![LadderError::Easier { tier, rule: 0 }]);
        assert_eq!(with_rule(3, won(1, Period::RollingYear)), easier(4));
        assert_eq!(
            with_rule(1, won(9, Period::Lifetime)),
            Err(vec![LadderError::Easier { tier: 3, rule: 0 }, LadderError::Easier { tier: 4, rule: 0 },]),
            "rolling rules above a lifetime rule"
        );
        assert_eq!(with_rule(3, won(2, Period::RollingYear)), Ok(()), "the term makes it harder");
    }

    #[test]
    fn every_rung_asks_for_something_that_is_counted() {
        assert_eq!(with_rule(0, won(0, Period::Lifetime)), Err(vec![LadderError::Zero { tier: 1, rule: 0 }]));
        let points = TierRule { metric: Metric::Points, at_least: 5, period: Period::Lifetime };
        assert_eq!(with_rule(2, points), Err(vec![LadderError::NotCounted { tier: 3, rule: 0 }]));
        let mut tiers = default_tiers();
        tiers[1].rules.clear();
        assert_eq!(check_ladder(&tiers), Err(vec![LadderError::NoRule { tier: 2 }]));
        let mut tiers = default_tiers();
        tiers[1].needs_term = true;
        let refused = check_ladder(&tiers).unwrap_err();
        assert_eq!(
            (refused[0].tier(), refused[0].rule()),
            (2, None),
            "only the highest takes an appointment"
        );
    }
}
