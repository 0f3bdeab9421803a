//! Falling: nobody falls at once. Who no longer meets what their tier takes is warned, has a time of grace to meet it again, and
//! falls only when that is over.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Tier, TierCause, TierCode};

/// That somebody will fall unless they meet their tier again in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Warning {
    /// When they fall.
    pub fall_at: DateTime<Utc>,
    /// What made them fall short.
    pub cause: TierCause,
}

/// What somebody has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    /// Their tier; `None` for none.
    pub tier: Option<TierCode>,
    /// Whether they are warned.
    pub warning: Option<Warning>,
}

/// What becomes of what somebody has, now that they reach this tier of a ladder: they rise at once; they are warned when they fall
/// short, are warned no more when they meet their tier again, and fall to what they reach when the grace is over.
pub fn hold(
    held: &Held,
    reaches: Option<&Tier>,
    tiers: &[Tier],
    cause: TierCause,
    now: DateTime<Utc>,
    grace: TimeDelta,
) -> Held {
    let order = |code: &TierCode| tiers.iter().find(|tier| tier.code == *code).map_or(0, |tier| tier.order);
    let (has, reached) = (held.tier.as_ref().map_or(0, order), reaches.map_or(0, |tier| tier.order));
    let at_reached = || Held { tier: reaches.map(|tier| tier.code.clone()), warning: None };
    if reached > has || held.warning.is_some_and(|warning| warning.fall_at <= now) && reached < has {
        return at_reached();
    }
    if reached == has {
        return Held { tier: held.tier.clone(), warning: None };
    }
    let warning = held.warning.unwrap_or(Warning { fall_at: now + grace, cause });
    Held { tier: held.tier.clone(), warning: Some(warning) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::{Days, Months, TimeZone};
    use proptest::prelude::*;

    use super::*;
    use crate::tiers::{Metric, Metrics, Period, TierRule, default_tiers, evaluate, year_before};

    const GRACE: TimeDelta = TimeDelta::days(90);

    fn day(number: u64) -> DateTime<Utc> {
        // A leap year is among them.
        Utc.with_ymd_and_hms(2027, 1, 1, 2, 0, 0).unwrap() + Days::new(number)
    }

    /// Gold for two within the year, silver for one ever; later gold takes three.
    fn ladder(strict: bool) -> Vec<Tier> {
        let mut tiers = default_tiers();
        if strict {
            tiers[2].rules =
                vec![TierRule { metric: Metric::WonReferrals, at_least: 3, period: Period::RollingYear }];
        }
        tiers
    }

    fn metrics(won: &BTreeSet<u64>, now: DateTime<Utc>) -> Metrics {
        let count = |since: Option<DateTime<Utc>>| {
            let counted =
                won.iter().filter(|at| since.is_none_or(|since| day(**at) > since) && day(**at) <= now);
            u32::try_from(counted.count()).unwrap()
        };
        let (all, year) = (count(None), count(Some(year_before(now))));
        [Metric::QualifiedReferrals, Metric::WonReferrals]
            .into_iter()
            .fold(Metrics::default(), |sums, metric| {
                sums.with(metric, Period::Lifetime, all).with(metric, Period::RollingYear, year)
            })
    }

    fn step(held: &Held, won: &BTreeSet<u64>, strict: bool, cause: TierCause, now: DateTime<Utc>) -> Held {
        let tiers = ladder(strict);
        let reaches = evaluate(&metrics(won, now), &tiers, false);
        hold(held, reaches, &tiers, cause, now, GRACE)
    }

    #[test]
    fn who_falls_short_is_warned_first_and_falls_when_the_grace_is_over() {
        let gold = Held { tier: TierCode::parse("gold").ok(), warning: None };
        let one = BTreeSet::from([1]);
        let warned = step(&gold, &one, false, TierCause::Lapsed, day(10));
        let warning = Warning { fall_at: day(100), cause: TierCause::Lapsed };
        assert_eq!(warned, Held { warning: Some(warning), ..gold.clone() });
        assert_eq!(step(&warned, &one, true, TierCause::Scheme, day(50)), warned, "the first date stays");
        assert_eq!(step(&warned, &BTreeSet::from([1, 60]), false, TierCause::Referral, day(60)), gold);
        let fallen = step(&warned, &one, false, TierCause::Lapsed, day(100));
        assert_eq!(fallen, Held { tier: TierCode::parse("silver").ok(), warning: None });
    }

    #[derive(Clone, Debug)]
    enum Happens {
        Won,
        Lost,
        Rules,
    }

    proptest! {
        // Each case lives through four years, night by night.
        #![proptest_config(ProptestConfig::with_cases(48))]

        // What is looked at only when something happens or the next count leaves the year is what looking at everybody every
        // night would find.
        #[test]
        fn the_due_list_finds_what_a_full_replay_finds(
            happens in proptest::collection::btree_map(
                0..1100u64,
                prop_oneof![3 => Just(Happens::Won), 1 => Just(Happens::Lost), 1 => Just(Happens::Rules)],
                0..14,
            )
        ) {
            let (mut replayed, mut kept) = (Held::default(), Held::default());
            let (mut won, mut strict, mut check_at) = (BTreeSet::new(), false, None::<DateTime<Utc>>);
            for number in 0..1500u64 {
                let now = day(number);
                let cause = match happens.get(&number) {
                    Some(Happens::Won) => { won.insert(number); Some(TierCause::Referral) }
                    Some(Happens::Lost) => { won.pop_last(); Some(TierCause::Referral) }
                    Some(Happens::Rules) => { strict = !strict; Some(TierCause::Scheme) }
                    None => None,
                };
                replayed = step(&replayed, &won, strict, cause.unwrap_or(TierCause::Lapsed), now);
                if cause.is_some() || check_at.is_some_and(|at| at <= now) {
                    kept = step(&kept, &won, strict, cause.unwrap_or(TierCause::Lapsed), now);
                    let oldest = won.iter().map(|at| day(*at)).find(|at| *at > year_before(now));
                    let leaves = oldest.and_then(|at| at.checked_add_months(Months::new(12)));
                    check_at = [leaves, kept.warning.map(|warning| warning.fall_at)].into_iter().flatten().min();
                }
                prop_assert_eq!(&kept, &replayed, "on day {}", number);
            }
        }
    }
}
