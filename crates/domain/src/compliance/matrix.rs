//! Deciding by the matrix: every rule that touches a case counts, and the most restrictive wins.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Cap, Case, Effect, MatrixRule, ReceiverFacts, RuleVersion, Section};
use crate::{
    accounts::RecipientKind,
    incentives::{Amount, IncentiveKind, Unit},
    text::Country,
};

codes! {
    /// What holds for a case; the later beats the earlier.
    pub enum Verdict {
        /// It may be given.
        Allow => "allow",
        /// Somebody decides each time.
        Approval => "approval",
        /// It may not be given.
        Forbid => "forbid",
    }
}

codes! {
    /// Why something is forbidden without a rule that says so.
    pub enum Gap {
        /// Nobody has recorded where the receiver is.
        MarketUnknown => "market_unknown",
        /// No rule of the market allows it.
        NoRule => "no_rule",
        /// Nobody has signed the rules of the market off.
        NotSignedOff => "not_signed_off",
    }
}

codes! {
    /// What has to be known of a receiver before more can be allowed.
    pub enum Missing {
        /// What kind of organisation it is.
        Recipient => "recipient",
        /// Which industry it is of.
        Section => "section",
    }
}

/// A cap that holds for a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct HeldCap {
    /// By which rule.
    pub rule: RuleVersion,
    /// How much, over how long.
    pub cap: Cap,
    /// Of which kind of incentive; `None` for all kinds together.
    pub kind: Option<IncentiveKind>,
}

/// A decision, with the rules that made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What holds.
    pub verdict: Verdict,
    /// Why it is forbidden where no rule says so.
    pub gap: Option<Gap>,
    /// Every cap that holds; they hold together.
    pub caps: Vec<HeldCap>,
    /// Every rule that touched the case, in the version that did.
    pub rules: Vec<RuleVersion>,
}

impl Decision {
    /// "No reward" needs no rule.
    const fn free() -> Self {
        Self { verdict: Verdict::Allow, gap: None, caps: Vec::new(), rules: Vec::new() }
    }

    const fn gap(gap: Gap) -> Self {
        Self { verdict: Verdict::Forbid, gap: Some(gap), caps: Vec::new(), rules: Vec::new() }
    }

    /// Whether it may not be given.
    pub fn forbids(&self) -> bool {
        self.verdict == Verdict::Forbid
    }

    /// What holds for this amount: a cap on another currency cannot be applied to it, so somebody decides.
    pub fn verdict_on(&self, amount: Amount) -> Verdict {
        let foreign = |cap: &HeldCap| match (cap.cap.amount.unit(), amount.unit()) {
            (Unit::Money(of), Unit::Money(given)) => of != given,
            _ => false,
        };
        let at_least = if self.caps.iter().any(foreign) { Verdict::Approval } else { Verdict::Allow };
        self.verdict.max(at_least)
    }

    /// Both hold: the stricter verdict, all caps and all rules.
    fn and(mut self, other: Self) -> Self {
        if other.verdict > self.verdict {
            self.gap = other.gap;
        }
        self.verdict = self.verdict.max(other.verdict);
        for cap in other.caps {
            if !self.caps.contains(&cap) {
                self.caps.push(cap);
            }
        }
        self.rules.extend(other.rules);
        self.rules.sort();
        self.rules.dedup();
        self
    }
}

/// Whether somebody has signed the rules of a market off.
#[derive(Debug, Clone, PartialEq, Eq)]
enum SignOff {
    /// Nobody has.
    Missing,
    /// As they stand.
    Current,
    /// As they stood then.
    Older(Vec<MatrixRule>),
}

/// The rules of one market.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarketRules {
    current: Vec<MatrixRule>,
    signed: SignOff,
}

impl MarketRules {
    /// The rules as they stand, and as they stood when they were signed off last; `None` if nobody ever did.
    pub fn new(current: Vec<MatrixRule>, signed: Option<Vec<MatrixRule>>) -> Self {
        let as_set = |rules: &[MatrixRule]| rules.iter().map(|rule| rule.id).collect::<BTreeSet<_>>();
        let signed = match signed {
            None => SignOff::Missing,
            Some(signed) if as_set(&signed) == as_set(&current) => SignOff::Current,
            Some(signed) => SignOff::Older(signed),
        };
        Self { current, signed }
    }

    fn decide(&self, case: &Case) -> Decision {
        let current = decide_by(&self.current, case);
        match &self.signed {
            SignOff::Current => current,
            // What became stricter holds at once; what became looser waits until it is signed.
            SignOff::Older(signed) => current.and(decide_by(signed, case)),
            SignOff::Missing => {
                let gap = Some(current.gap.unwrap_or(Gap::NotSignedOff));
                Decision { verdict: Verdict::Forbid, gap, ..current }
            }
        }
    }
}

/// The compliance matrix: the rules of every market.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Matrix {
    markets: BTreeMap<Country, MarketRules>,
}

impl FromIterator<(Country, MarketRules)> for Matrix {
    fn from_iter<T: IntoIterator<Item = (Country, MarketRules)>>(markets: T) -> Self {
        Self { markets: markets.into_iter().collect() }
    }
}

impl Matrix {
    /// Decides a case. "No reward" is always allowed; a market that is not known, has no rule or is not signed off is
    /// forbidden. An unknown industry or kind of receiver meets every rule, and is allowed only what each known one is.
    pub fn decide(&self, case: &Case) -> Decision {
        if case.kind == IncentiveKind::None {
            return Decision::free();
        }
        let Some(market) = case.receiver.market else { return Decision::gap(Gap::MarketUnknown) };
        match self.markets.get(&market) {
            None => Decision::gap(Gap::NoRule),
            Some(rules) => rules.decide(case),
        }
    }

    /// What nobody has recorded about the receiver and could allow what is forbidden now.
    pub fn missing(&self, case: &Case) -> Option<Missing> {
        let with = |receiver: ReceiverFacts| !self.decide(&Case { receiver, ..*case }).forbids();
        let receiver = case.receiver;
        let by_kind = receiver.recipient == RecipientKind::Unknown
            && known_kinds().any(|recipient| with(ReceiverFacts { recipient, ..receiver }));
        let by_section = || {
            receiver.section.is_none()
                && Section::ALL.iter().any(|one| with(ReceiverFacts { section: Some(*one), ..receiver }))
        };
        match by_kind {
            true => Some(Missing::Recipient),
            false => by_section().then_some(Missing::Section),
        }
    }

    /// Whether a cap could hold in this market: then one company's rewards are decided one after the other.
    pub fn has_caps(&self, market: Option<Country>) -> bool {
        let caps = |rules: &[MatrixRule]| rules.iter().any(|rule| matches!(rule.effect, Effect::Cap(_)));
        market.and_then(|market| self.markets.get(&market)).is_some_and(|rules| {
            caps(&rules.current) || matches!(&rules.signed, SignOff::Older(signed) if caps(signed))
        })
    }
}

/// The kinds of receivers that a rule can name.
pub fn known_kinds() -> impl Iterator<Item = RecipientKind> {
    RecipientKind::ALL.iter().copied().filter(|kind| *kind != RecipientKind::Unknown)
}

/// What one set of rules says, whoever has signed it.
fn decide_by(rules: &[MatrixRule], case: &Case) -> Decision {
    let mut decision = Decision::free();
    for rule in rules.iter().filter(|rule| rule.scope.touches(case)) {
        decision.rules.push(rule.id);
        match rule.effect {
            Effect::Allow => {}
            Effect::Cap(cap) => {
                decision.caps.push(HeldCap { rule: rule.id, cap, kind: rule.scope.kind });
            }
            Effect::Approval => decision.verdict = decision.verdict.max(Verdict::Approval),
            Effect::Forbid => decision.verdict = Verdict::Forbid,
        }
    }
    if decision.verdict != Verdict::Forbid && !is_opened(rules, case) {
        decision.verdict = Verdict::Forbid;
        decision.gap = Some(Gap::NoRule);
    }
    decision.rules.sort();
    decision.caps.sort_by_key(|cap| cap.rule);
    decision
}

/// Whether rules allow the case, whatever the receiver turns out to be.
fn is_opened(rules: &[MatrixRule], case: &Case) -> bool {
    let allowing: Vec<_> = rules
        .iter()
        .filter(|rule| rule.effect == Effect::Allow && rule.scope.covers_act(case))
        .map(|rule| rule.scope)
        .collect();
    let kinds: Vec<_> = match case.receiver.recipient {
        RecipientKind::Unknown => known_kinds().collect(),
        known => vec![known],
    };
    let sections = match case.receiver.section {
        None => Section::ALL.to_vec(),
        Some(known) => vec![known],
    };
    kinds.iter().all(|kind| {
        sections.iter().all(|section| {
            allowing.iter().any(|scope| {
                scope.section.is_none_or(|of| of == *section) && scope.recipient.is_none_or(|of| of == *kind)
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::{
        compliance::{CapPeriod, Scope},
        incentives::testing::euros,
        rewards::Side,
    };

    fn rule(number: u128, scope: Scope, effect: Effect) -> MatrixRule {
        let id = RuleVersion { rule: Uuid::from_u128(number).into(), version: 1 };
        MatrixRule { id, market: Country::DE, scope, effect }
    }

    fn matrix(rules: Vec<MatrixRule>) -> Matrix {
        [(Country::DE, MarketRules::new(rules.clone(), Some(rules)))].into_iter().collect()
    }

    const FIRM: ReceiverFacts = ReceiverFacts {
        market: Some(Country::DE),
        section: Some(Section::J),
        recipient: RecipientKind::PrivateCompany,
    };

    fn case(receiver: ReceiverFacts) -> Case {
        Case { receiver, kind: IncentiveKind::Credit, side: Side::Advocate }
    }

    fn of(recipient: RecipientKind) -> Scope {
        Scope { recipient: Some(recipient), ..Scope::default() }
    }

    fn usual() -> Vec<MatrixRule> {
        vec![
            rule(1, Scope::default(), Effect::Allow),
            rule(2, of(RecipientKind::LegalProfession), Effect::Approval),
            rule(3, of(RecipientKind::PublicBody), Effect::Forbid),
        ]
    }

    #[test]
    fn the_most_restrictive_rule_wins_and_every_rule_is_kept() {
        let matrix = matrix(usual());
        let decide = |recipient| matrix.decide(&case(ReceiverFacts { recipient, ..FIRM }));
        assert_eq!(decide(RecipientKind::PrivateCompany).verdict, Verdict::Allow);
        assert_eq!(decide(RecipientKind::LegalProfession).verdict, Verdict::Approval);
        let forbidden = decide(RecipientKind::PublicBody);
        assert_eq!((forbidden.verdict, forbidden.gap), (Verdict::Forbid, None));
        assert_eq!(forbidden.rules, [usual()[0].id, usual()[2].id]);
    }

    #[test]
    fn what_is_not_known_is_forbidden_and_says_what_is_missing() {
        let matrix = matrix(usual());
        let unknown = case(ReceiverFacts { recipient: RecipientKind::Unknown, ..FIRM });
        assert!(matrix.decide(&unknown).forbids());
        assert_eq!(matrix.missing(&unknown), Some(Missing::Recipient));
        let nowhere = matrix.decide(&case(ReceiverFacts { market: None, ..FIRM }));
        assert_eq!(nowhere.gap, Some(Gap::MarketUnknown));
        let elsewhere = matrix.decide(&case(ReceiverFacts { market: Some(Country::CH), ..FIRM }));
        assert_eq!(elsewhere.gap, Some(Gap::NoRule));
        let nothing = Case { kind: IncentiveKind::None, ..case(ReceiverFacts { market: None, ..FIRM }) };
        assert_eq!(matrix.decide(&nothing).verdict, Verdict::Allow);
    }

    #[test]
    fn an_allowance_for_some_does_not_open_the_unknown() {
        let matrix = matrix(vec![rule(1, of(RecipientKind::PrivateCompany), Effect::Allow)]);
        assert!(!matrix.decide(&case(FIRM)).forbids());
        let unknown = matrix.decide(&case(ReceiverFacts { recipient: RecipientKind::Unknown, ..FIRM }));
        assert_eq!(unknown.gap, Some(Gap::NoRule));
    }

    #[test]
    fn a_loosened_rule_waits_for_the_signature_and_a_stricter_one_does_not() {
        let forbid = rule(2, Scope::default(), Effect::Forbid);
        let allow = rule(1, Scope::default(), Effect::Allow);
        let decide = |current: &[MatrixRule], signed: Option<&[MatrixRule]>| {
            let rules = MarketRules::new(current.to_vec(), signed.map(<[_]>::to_vec));
            Matrix::from_iter([(Country::DE, rules)]).decide(&case(FIRM))
        };
        assert_eq!(decide(&[allow], None).gap, Some(Gap::NotSignedOff));
        assert_eq!(decide(&[allow], Some(&[allow, forbid])).verdict, Verdict::Forbid, "looser");
        assert_eq!(decide(&[allow, forbid], Some(&[allow])).verdict, Verdict::Forbid, "stricter");
        assert_eq!(decide(&[allow], Some(&[allow])).verdict, Verdict::Allow);
    }

    #[test]
    fn caps_add_up_and_one_of_another_currency_asks_somebody() {
        let cap = |period, value| Effect::Cap(Cap { amount: euros(value), period });
        let decision = matrix(vec![
            rule(1, Scope::default(), Effect::Allow),
            rule(2, Scope::default(), cap(CapPeriod::Year, 500)),
            rule(3, Scope::default(), cap(CapPeriod::Quarter, 200)),
        ])
        .decide(&case(FIRM));
        assert_eq!((decision.verdict, decision.caps.len()), (Verdict::Allow, 2));
        assert_eq!(decision.verdict_on(euros(1)), Verdict::Allow);
        let francs = Amount::new(1, Unit::Money(crate::text::Currency::CHF)).unwrap();
        assert_eq!(decision.verdict_on(francs), Verdict::Approval);
    }

    fn any_scope() -> impl Strategy<Value = Scope> {
        let section = prop::option::of(prop::sample::select(vec![Section::J, Section::K, Section::Q]));
        let recipient = prop::option::of(prop::sample::select(known_kinds().collect::<Vec<_>>()));
        let kind =
            prop::option::of(prop::sample::select(vec![IncentiveKind::Credit, IncentiveKind::Donation]));
        let side = prop::option::of(prop::sample::select(Side::ALL));
        (section, recipient, kind, side).prop_map(|(section, recipient, kind, side)| Scope {
            section,
            recipient,
            kind,
            side,
        })
    }

    fn any_effect() -> impl Strategy<Value = Effect> {
        prop_oneof![
            3 => Just(Effect::Allow),
            1 => (1..1000i64, prop::sample::select(CapPeriod::ALL))
                .prop_map(|(value, period)| Effect::Cap(Cap { amount: euros(value), period })),
            1 => Just(Effect::Approval),
            1 => Just(Effect::Forbid),
        ]
    }

    fn any_rules() -> impl Strategy<Value = Vec<MatrixRule>> {
        prop::collection::vec((any_scope(), any_effect()), 0..8).prop_map(|rules| {
            rules.into_iter().zip(1..).map(|((scope, effect), number)| rule(number, scope, effect)).collect()
        })
    }

    fn any_case() -> impl Strategy<Value = Case> {
        let section = prop::option::of(prop::sample::select(Section::ALL));
        let recipient = prop::sample::select(RecipientKind::ALL);
        let side = prop::sample::select(Side::ALL);
        (section, recipient, side).prop_map(|(section, recipient, side)| Case {
            receiver: ReceiverFacts { market: Some(Country::DE), section, recipient },
            kind: IncentiveKind::Credit,
            side,
        })
    }

    /// Whether `stricter` forbids, holds or caps at least as much.
    fn at_least_as_strict(stricter: &Decision, than: &Decision) -> bool {
        let caps =
            |cap: &HeldCap| stricter.caps.iter().any(|other| other.cap == cap.cap && other.kind == cap.kind);
        stricter.verdict >= than.verdict && (stricter.forbids() || than.caps.iter().all(caps))
    }

    proptest! {
        #[test]
        fn another_rule_never_loosens_but_by_the_first_allowance(
            rules in any_rules(), scope in any_scope(), effect in any_effect(), case in any_case(),
        ) {
            let before = matrix(rules.clone()).decide(&case);
            let mut more = rules;
            more.push(rule(99, scope, effect));
            let after = matrix(more).decide(&case);
            let first = effect == Effect::Allow && before.gap == Some(Gap::NoRule);
            prop_assert!(first || at_least_as_strict(&after, &before), "{:?} {:?}", before, after);
        }

        #[test]
        fn the_unknown_is_never_allowed_more_than_anything_known(
            rules in any_rules(), case in any_case(),
            section in prop::sample::select(Section::ALL),
            recipient in prop::sample::select(known_kinds().collect::<Vec<_>>()),
        ) {
            let matrix = matrix(rules);
            let known = ReceiverFacts { section: Some(section), recipient, ..case.receiver };
            let unknown = ReceiverFacts { section: None, recipient: RecipientKind::Unknown, ..case.receiver };
            let of = |receiver| matrix.decide(&Case { receiver, ..case });
            prop_assert!(at_least_as_strict(&of(unknown), &of(known)));
        }

        #[test]
        fn the_order_of_rules_does_not_matter(rules in any_rules(), case in any_case()) {
            let there = matrix(rules.clone()).decide(&case);
            let back = matrix(rules.into_iter().rev().collect()).decide(&case);
            prop_assert_eq!(there, back);
        }

        #[test]
        fn an_older_signature_never_loosens(
            current in any_rules(), signed in any_rules(), case in any_case(),
        ) {
            let both = MarketRules::new(current.clone(), Some(signed.clone()));
            let held = Matrix::from_iter([(Country::DE, both)]).decide(&case);
            prop_assume!(current.len() != signed.len());
            prop_assert!(held.verdict >= matrix(current).decide(&case).verdict);
            prop_assert!(held.verdict >= matrix(signed).decide(&case).verdict);
        }
    }
}
