//! From one scheme of tiers to another: who would rise, who falls short, and what becomes of a tier that goes.

use super::{Metrics, Tier, TierCode, at_least, evaluate};

/// The most tiers that a scheme may have.
pub const MOST_TIERS: usize = 8;

codes! {
    /// What another scheme would make of somebody's tier.
    pub enum Outlook {
        /// They reach a higher one.
        Rises => "rises",
        /// They no longer meet what their tier takes.
        FallsShort => "falls_short",
        /// Nothing changes.
        Stays => "stays",
    }
}

/// What somebody would have under another scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreseen<'a> {
    /// Which way it goes.
    pub outlook: Outlook,
    /// The tier whose conditions they meet; `None` for none.
    pub reaches: Option<&'a Tier>,
    /// The tier they would have: never lower than what they bring along.
    pub has: Option<&'a Tier>,
}

fn order(tier: Option<&Tier>) -> u8 {
    tier.map_or(0, |tier| tier.order)
}

fn with_code<'a>(tiers: &'a [Tier], code: &TierCode) -> Option<&'a Tier> {
    tiers.iter().find(|tier| tier.code == *code)
}

/// The tier of the new scheme that somebody brings along from the old one: the same where it is still there, otherwise the
/// nearest below it that is. `None` where none is left, or for a code that the old scheme does not know either.
pub fn brought_along<'a>(code: &TierCode, old: &[Tier], new: &'a [Tier]) -> Option<&'a Tier> {
    let held = with_code(new, code);
    held.or_else(|| {
        let place = old.iter().position(|tier| tier.code == *code)?;
        old.get(..place)?.iter().rev().find_map(|lower| with_code(new, &lower.code))
    })
}

/// The lowest tier of an offer, taken over into the new scheme: the same tier where it is still there, otherwise the nearest
/// above it that is, so that nobody is offered what was kept for others; the highest where none is left. 0 stays 0.
pub fn lowest_taken_over(order: u8, old: &[Tier], new: &[Tier]) -> u8 {
    if order == 0 {
        return 0;
    }
    let kept = old.iter().filter(|tier| tier.order >= order).find_map(|tier| with_code(new, &tier.code));
    kept.or(new.last()).map_or(0, |tier| tier.order)
}

/// What the new scheme makes of somebody who has this tier of the old one and these counts, and may be kept at a tier by hand.
pub fn foresee<'a>(
    held: Option<&TierCode>,
    metrics: &Metrics,
    kept_at: Option<&TierCode>,
    old: &[Tier],
    new: &'a [Tier],
    has_term: bool,
) -> Foreseen<'a> {
    let brought = held.and_then(|code| brought_along(code, old, new));
    let reaches = at_least(evaluate(metrics, new, has_term), kept_at, old, new);
    let gone = held.is_some_and(|code| with_code(new, code).is_none());
    let (outlook, has) = if order(reaches) > order(brought) {
        // Out of a tier that goes, into the one that stands in its place.
        let above = held.and_then(|code| above(code, old, new));
        let rises = !gone || order(reaches) >= above.map_or(u8::MAX, |tier| tier.order);
        (if rises { Outlook::Rises } else { Outlook::Stays }, reaches)
    } else if order(reaches) < order(brought) || gone {
        (Outlook::FallsShort, brought)
    } else {
        (Outlook::Stays, brought)
    };
    Foreseen { outlook, reaches, has }
}

/// The nearest tier above one that goes that is still there.
fn above<'a>(code: &TierCode, old: &[Tier], new: &'a [Tier]) -> Option<&'a Tier> {
    let place = old.iter().position(|tier| tier.code == *code)?;
    old.get(place + 1..)?.iter().find_map(|higher| with_code(new, &higher.code))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tiers::{Metric, Period, TierRule, default_tiers};

    fn code(code: &str) -> TierCode {
        TierCode::parse(code).unwrap()
    }

    /// The tiers of these names, each asking for as many customers as its place says.
    fn scheme(codes: &[&str]) -> Vec<Tier> {
        let tier = |(order, name): (u8, &&str)| Tier {
            code: code(name),
            order,
            rules: vec![TierRule {
                metric: Metric::WonReferrals,
                at_least: u32::from(order),
                period: Period::Lifetime,
            }],
            needs_term: false,
        };
        (1..).zip(codes).map(tier).collect()
    }

    fn won(count: u32) -> Metrics {
        Metrics::default().with(Metric::WonReferrals, Period::Lifetime, count)
    }

    #[test]
    fn a_tier_that_goes_leaves_its_people_on_the_one_below() {
        let (old, new) = (scheme(&["bronze", "silver", "gold"]), scheme(&["bronze", "gold"]));
        let brought = |held: &str| brought_along(&code(held), &old, &new).map(|tier| tier.code.to_string());
        assert_eq!(brought("silver").as_deref(), Some("bronze"));
        assert_eq!(brought("gold").as_deref(), Some("gold"));
        assert_eq!(brought_along(&code("bronze"), &old, &scheme(&["gold"])), None);
        assert_eq!(brought("platinum"), None, "a code that nobody knows");
    }

    #[test]
    fn an_offer_is_never_opened_to_more_people_by_a_tier_that_goes() {
        let (old, new) = (scheme(&["bronze", "silver", "gold"]), scheme(&["bronze", "gold"]));
        let taken: Vec<_> = (0..=3).map(|order| lowest_taken_over(order, &old, &new)).collect();
        assert_eq!(taken, [0, 1, 2, 2]);
        assert_eq!(lowest_taken_over(3, &old, &scheme(&["bronze"])), 1, "none is left above");
        let wider = scheme(&["bronze", "steel", "silver", "gold"]);
        assert_eq!(lowest_taken_over(2, &old, &wider), 3, "silver has moved up");
    }

    #[test]
    fn people_rise_fall_short_or_stay() {
        let old = scheme(&["bronze", "silver", "gold"]);
        let new = scheme(&["bronze", "steel", "silver", "gold"]);
        let outlook = |held: Option<&str>, count| {
            let held = held.map(code);
            let seen = foresee(held.as_ref(), &won(count), None, &old, &new, false);
            (seen.outlook, seen.has.map_or_else(String::new, |tier| tier.code.to_string()))
        };
        assert_eq!(outlook(None, 0), (Outlook::Stays, String::new()));
        assert_eq!(outlook(Some("bronze"), 2), (Outlook::Rises, "steel".into()));
        assert_eq!(outlook(Some("silver"), 2), (Outlook::FallsShort, "silver".into()));
        assert_eq!(outlook(Some("silver"), 3), (Outlook::Stays, "silver".into()));
        let fewer = scheme(&["bronze", "gold"]);
        let seen = foresee(Some(&code("silver")), &won(2), None, &old, &fewer, false);
        assert_eq!((seen.outlook, seen.has.unwrap().code.as_str()), (Outlook::Rises, "gold"));
        let seen = foresee(Some(&code("silver")), &won(1), None, &old, &fewer, false);
        assert_eq!((seen.outlook, seen.has.unwrap().code.as_str()), (Outlook::FallsShort, "bronze"));
    }

    proptest! {
        #[test]
        fn the_same_scheme_lowers_nobody_and_whoever_has_what_they_reach_stays(
            qualified in 0..4u32, won in 0..4u32, term: bool
        ) {
            let tiers = default_tiers();
            let metrics = Metrics::default()
                .with(Metric::QualifiedReferrals, Period::Lifetime, qualified + won)
                .with(Metric::WonReferrals, Period::Lifetime, won)
                .with(Metric::WonReferrals, Period::RollingYear, won);
            let reached = evaluate(&metrics, &tiers, term);
            let seen = foresee(reached.map(|tier| &tier.code), &metrics, None, &tiers, &tiers, term);
            prop_assert_eq!(seen, Foreseen { outlook: Outlook::Stays, reaches: reached, has: reached });
        }

        #[test]
        fn nobody_has_less_than_they_bring_along(held in 0..3usize, count in 0..6u32) {
            let names = ["bronze", "silver", "gold"];
            let old = scheme(&names);
            for new in [scheme(&["bronze", "steel", "silver", "gold"]), scheme(&["bronze", "gold"])] {
                let held = code(names[held]);
                let seen = foresee(Some(&held), &won(count), None, &old, &new, false);
                prop_assert!(order(seen.has) >= order(brought_along(&held, &old, &new)));
            }
        }
    }
}
