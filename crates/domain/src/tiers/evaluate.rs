//! Which tier an advocate has, and what is missing for the next.

use super::{Metric, Metrics, Period, TierCode};

/// One condition: at least so many in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TierRule {
    /// What is counted.
    pub metric: Metric,
    /// How many it takes.
    pub at_least: u32,
    /// Over which time.
    pub period: Period,
}

/// A tier and its conditions, all of which must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tier {
    /// Which tier.
    pub code: TierCode,
    /// Its place, from 1 upwards; 0 stands for no tier.
    pub order: u8,
    /// Its conditions.
    pub rules: Vec<TierRule>,
    /// Whether it also needs an active ambassador term.
    pub needs_term: bool,
}

impl Tier {
    fn is_reached(&self, metrics: &Metrics, has_term: bool) -> bool {
        let met = |rule: &TierRule| metrics.get(rule.metric, rule.period) >= rule.at_least;
        (!self.needs_term || has_term) && self.rules.iter().all(met)
    }
}

/// The tiers of a fresh installation.
pub fn default_tiers() -> Vec<Tier> {
    use Metric::{QualifiedReferrals, WonReferrals};
    use Period::{Lifetime, RollingYear};
    let rule = |metric, at_least, period| TierRule { metric, at_least, period };
    let tiers = [
        ("bronze", vec![rule(QualifiedReferrals, 1, Lifetime)], false),
        ("silver", vec![rule(WonReferrals, 1, Lifetime)], false),
        ("gold", vec![rule(WonReferrals, 2, RollingYear)], false),
        ("ambassador", vec![rule(WonReferrals, 3, RollingYear)], true),
    ];
    let named = (1..).zip(tiers).filter_map(|(order, (code, rules, needs_term))| {
        Some(Tier { code: TierCode::parse(code).ok()?, order, rules, needs_term })
    });
    named.collect()
}

/// The highest tier reached. `tiers` are in their order; who misses one stays below it, whatever the next ones ask.
pub fn evaluate<'a>(metrics: &Metrics, tiers: &'a [Tier], has_ambassador_term: bool) -> Option<&'a Tier> {
    tiers.iter().take_while(|tier| tier.is_reached(metrics, has_ambassador_term)).last()
}

/// What is missing for a tier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing<'a> {
    /// The next tier.
    pub tier: &'a Tier,
    /// The unmet conditions, each with how many more it takes.
    pub rules: Vec<(TierRule, u32)>,
    /// Whether an ambassador term is missing.
    pub term: bool,
}

/// What is missing for the next tier; `None` at the top.
pub fn missing_for_next<'a>(
    metrics: &Metrics,
    tiers: impl IntoIterator<Item = &'a Tier>,
    has_ambassador_term: bool,
) -> Option<Missing<'a>> {
    let tier = tiers.into_iter().find(|tier| !tier.is_reached(metrics, has_ambassador_term))?;
    let lacking = |rule: &TierRule| {
        let lack = rule.at_least.saturating_sub(metrics.get(rule.metric, rule.period));
        (lack > 0).then_some((*rule, lack))
    };
    let rules = tier.rules.iter().filter_map(lacking).collect();
    Some(Missing { tier, rules, term: tier.needs_term && !has_ambassador_term })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn counted(qualified: u32, won: u32) -> Metrics {
        let metrics = Metrics::default().with(Metric::QualifiedReferrals, Period::Lifetime, qualified);
        metrics.with(Metric::WonReferrals, Period::Lifetime, won).with(
            Metric::WonReferrals,
            Period::RollingYear,
            won,
        )
    }

    fn tier_of(metrics: &Metrics, term: bool) -> String {
        evaluate(metrics, &default_tiers(), term).map_or_else(String::new, |tier| tier.code.to_string())
    }

    #[test]
    fn tiers_are_climbed_in_order() {
        assert_eq!(default_tiers().len(), 4);
        assert!(default_tiers().iter().flat_map(|tier| &tier.rules).all(|rule| rule.metric.is_counted()));
        assert_eq!(tier_of(&counted(0, 0), false), "");
        assert_eq!(tier_of(&counted(1, 0), false), "bronze");
        assert_eq!(tier_of(&counted(2, 2), true), "gold");
    }

    #[test]
    fn an_ambassador_needs_a_term() {
        assert_eq!(tier_of(&counted(5, 5), false), "gold");
        assert_eq!(tier_of(&counted(5, 5), true), "ambassador");
        let tiers = default_tiers();
        let missing = missing_for_next(&counted(5, 5), &tiers, false).unwrap();
        assert!(missing.term && missing.rules.is_empty());
        assert_eq!(missing_for_next(&counted(5, 5), &tiers, true), None);
    }

    proptest! {
        #[test]
        fn more_never_means_less(qualified in 0..9u32, won in 0..9u32, more in 0..9u32, term: bool) {
            let tiers = default_tiers();
            let order = |metrics: &Metrics| evaluate(metrics, &tiers, term).map_or(0, |tier| tier.order);
            prop_assert!(order(&counted(qualified + more, won + more)) >= order(&counted(qualified, won)));
        }
    }
}
