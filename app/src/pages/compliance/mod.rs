//! The compliance matrix: the rules of a market, one rule, a case that is tried, the playbook, and what is held.

pub mod held;
pub mod market;
pub mod playbook;
pub mod rule;
pub mod try_case;

use domain::{
    accounts::RecipientKind,
    compliance::{Cap, Decision, Effect, Missing, RuleVersion, Section},
    incentives::IncentiveKind,
    text::Country,
};
use leptos::prelude::*;
use services::compliance::{Law, WrittenRule};
use words::{Words, keys};

use crate::{
    markup::{IntoMarkup, Markup},
    pages::accounts::kind_key,
    ui::{self, Choice},
    visitor::Visitor,
};

pub(crate) fn market_name(market: Country, words: Words) -> String {
    words.code("country", &market.as_str().to_lowercase()).into_owned()
}

pub(crate) fn section_name(section: Section, words: Words) -> String {
    words.code("section", &section.as_str().to_lowercase()).into_owned()
}

/// The kinds of incentives that a rule can be for.
fn kinds() -> impl Iterator<Item = IncentiveKind> {
    IncentiveKind::ALL.iter().copied().filter(|kind| *kind != IncentiveKind::None)
}

/// `Öffentliche Stelle, Guthaben`.
fn scope(written: &WrittenRule, words: Words) -> String {
    let of = written.rule.scope;
    let parts: Vec<String> = [
        of.section.map(|section| section_name(section, words)),
        of.recipient.map(|kind| words.say(kind_key(kind)).into_owned()),
        of.kind.map(|kind| words.code("incentive", kind.as_str()).into_owned()),
        of.side.map(|side| words.code("side", side.as_str()).into_owned()),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() { words.say(keys::COMPLIANCE_SCOPE_ALL).into_owned() } else { parts.join(", ") }
}

/// `verboten`, `höchstens 500 € je Kalenderjahr und Organisation`.
fn effect(effect: Effect, visitor: &Visitor) -> String {
    match effect {
        Effect::Cap(cap) => cap_says(cap, visitor),
        other => visitor.words.code("effect", other.code().as_str()).into_owned(),
    }
}

fn cap_says(cap: Cap, visitor: &Visitor) -> String {
    let words = visitor.words;
    let amount = ui::amount(cap.amount, words, visitor.formats());
    let period = words.code("cap-period", cap.period.as_str()).into_owned();
    words.with(keys::COMPLIANCE_CAP, [("amount", amount.into()), ("period", period.into())])
}

/// What a decision says, in sentences.
fn sentences(decision: &Decision, missing: Option<Missing>, visitor: &Visitor) -> Vec<String> {
    let words = visitor.words;
    let gap = decision.gap.map(|gap| words.code("gap", gap.as_str()).into_owned());
    let missing = missing.map(|missing| {
        let what = words.code("missing", missing.as_str()).into_owned();
        words.with(keys::COMPLIANCE_MISSING, [("what", what.into())])
    });
    let caps = decision.caps.iter().map(|held| format!("{}.", cap_says(held.cap, visitor)));
    let verdict = words.code("verdict", decision.verdict.as_str()).into_owned();
    std::iter::once(verdict).chain(gap).chain(missing).chain(caps).collect()
}

/// The rules that made a decision, each in the version that did, with what it says.
fn fired(law: &Law, rules: &[RuleVersion], visitor: &Visitor) -> Markup {
    let words = visitor.words;
    if rules.is_empty() {
        return view! { <p class="muted">{words.say(keys::COMPLIANCE_FIRED_NONE)}</p> }.into_markup();
    }
    let rows = rules
        .iter()
        .filter_map(|version| law.version(*version))
        .map(|written| {
            let id = written.rule.id;
            let name = format!("{}: {}", scope(written, words), effect(written.rule.effect, visitor));
            let said = words.with(
                keys::COMPLIANCE_RULE_SAYS,
                [("rule", name.into()), ("version", i64::from(id.version).into())],
            );
            view! {
                <li>
                    <a href=crate::paths::compliance_rule(id.rule).to_string()>{said}</a>
                    <p class="small muted">{written.legal_basis.clone()}</p>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="stack-tight">{rows}</ul> }.into_markup()
}

/// A closed list with "all" or "not known" before it.
fn optional(first: words::Key, rest: impl Iterator<Item = (String, String)>, words: Words) -> Vec<Choice> {
    let first = Choice { value: String::new(), label: words.say(first).into_owned() };
    std::iter::once(first).chain(rest.map(|(value, label)| Choice { value, label })).collect()
}

fn section_choices(first: words::Key, words: Words) -> Vec<Choice> {
    let all = Section::ALL.iter().map(|one| (one.as_str().to_owned(), section_name(*one, words)));
    optional(first, all, words)
}

fn recipient_choices(first: words::Key, words: Words) -> Vec<Choice> {
    let all = RecipientKind::ALL.iter().filter(|kind| **kind != RecipientKind::Unknown);
    let all = all.map(|one| (one.as_str().to_owned(), words.say(kind_key(*one)).into_owned()));
    optional(first, all, words)
}

fn market_choices(words: Words) -> Vec<Choice> {
    crate::pages::referrals::form::COUNTRIES
        .iter()
        .map(|code| Choice {
            value: (*code).to_owned(),
            label: words.code("country", &code.to_lowercase()).into_owned(),
        })
        .collect()
}
