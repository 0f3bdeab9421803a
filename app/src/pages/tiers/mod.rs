//! Tiers: where one stands, what is missing, and the rules.

pub mod draft;
pub mod manage;
pub mod own;
pub mod preview;

use domain::{
    ids::ReferralId,
    text::{Bilingual, Language},
    tiers::{Metric, Period, TierCause, TierCode, TierRule},
};
use leptos::prelude::*;
use services::tiers::{AtRisk, NamedTier, PastMove, Standing};
use words::{Key, Words, keys};

use crate::{
    markup::{IntoMarkup, Markup},
    paths::{self, Path},
    ui::icon,
    visitor::Visitor,
};

/// A tier's rungs: as many filled ones as its place, of as many as there are.
pub(crate) fn rungs(place: usize, of: usize) -> Markup {
    let count = of.clamp(1, 8);
    let step = 24 / count;
    let rungs = (0..count).map(|rung| {
        let y = 25 - 3 - rung * step;
        let class = if rung < place { "on" } else { "off" };
        view! { <rect class=class x="3" y=y.to_string() width="22" height="3" rx="1"></rect> }
    });
    let rungs: Vec<_> = rungs.collect();
    view! { <svg class="rungs" viewBox="0 0 28 28" aria-hidden="true">{rungs}</svg> }.into_markup()
}

/// The text in the visitor's language; a slash may break, so that a double name fits on a phone.
pub(crate) fn text(text: &Bilingual, words: Words) -> String {
    let text = match words.language() {
        Language::German => &text.de,
        Language::English => &text.en,
    };
    text.replace('/', "/\u{200b}")
}

/// `zwei Empfehlungen, die Kunde werden, in 12 Monaten`.
pub(crate) fn rule(rule: &TierRule, words: Words) -> String {
    let n = i64::from(rule.at_least);
    let said = match rule.metric {
        Metric::WonReferrals => words.with(keys::TIER_RULE_WON, [("n", n.into())]),
        Metric::QualifiedReferrals => words.with(keys::TIER_RULE_QUALIFIED, [("n", n.into())]),
        other => words.with(keys::TIER_RULE_OTHER, [("n", n.into()), ("metric", other.as_str().into())]),
    };
    match rule.period {
        Period::Lifetime => said,
        Period::RollingYear => words.with(keys::TIER_RULE_IN_YEAR, [("rule", said.into())]),
    }
}

pub(crate) fn period_key(period: Period) -> Key {
    match period {
        Period::Lifetime => keys::PERIOD_LIFETIME,
        Period::RollingYear => keys::PERIOD_ROLLING_YEAR,
    }
}

fn named(standing: &Standing, index: Option<usize>) -> Option<&NamedTier> {
    standing.tiers.get(index?)
}

/// The tier, what is missing for the next and what that would bring: for the home page and the page of tiers.
pub fn panel(visitor: &Visitor, standing: &Standing) -> Markup {
    let words = visitor.words;
    let current = named(standing, standing.current);
    let name = current
        .map_or_else(|| words.say(keys::TIERS_NONE).into_owned(), |current| text(&current.name, words));
    let place = standing.current.map_or(0, |index| index + 1);
    let next = named(standing, standing.next);
    let missing = match next {
        None => view! { <p class="small">{words.say(keys::TIERS_TOP)}</p> }.into_markup(),
        Some(next) => {
            let open = i64::try_from(standing.open()).unwrap_or(i64::MAX);
            let said = words
                .with(keys::TIERS_MISSING, [("n", open.into()), ("tier", text(&next.name, words).into())]);
            view! {
                <div class="stack-tight">
                    <p class="small"><strong>{said}</strong></p>
                    {progress(visitor, &standing.progress, standing.term_missing)}
                </div>
            }
            .into_markup()
        }
    };
    let brings = next.map(|next| {
        let benefits = text(&next.benefits, words);
        let tier = text(&next.name, words);
        words.with(keys::TIERS_NEXT_BRINGS, [("tier", tier.into()), ("benefits", benefits.into())])
    });
    view! {
        <section class="panel" aria-labelledby="tier">
            <div class="body">
                <h2 id="tier" class="hidden">{words.say(keys::TIERS_YOURS)}</h2>
                <div class="tier-now">
                    {rungs(place, standing.tiers.len())}
                    <div><strong>{name}</strong></div>
                </div>
                {missing}
            </div>
            <footer>
                {brings} " " <a href=paths::TIERS.to_string()>{words.say(keys::TIERS_SEE_RULES)}</a>
            </footer>
        </section>
    }
    .into_markup()
}

/// How somebody came to their tier, each step with its cause; nothing before the first. Where its reader may open the
/// referral behind a step, `link` says how.
pub fn path(
    visitor: &Visitor,
    tiers: &[NamedTier],
    moves: &[PastMove],
    title: Key,
    link: Option<fn(ReferralId) -> Path>,
) -> Option<Markup> {
    let words = visitor.words;
    let lines = moves
        .iter()
        .map(|past| {
            let moved = &past.moved;
            let tier = name_of(tiers, moved.to.as_ref(), words);
            let date = visitor.formats().date(moved.at);
            // Whoever got back what they had, or stands where their tier was, has not reached it.
            let reached = !matches!(
                moved.cause,
                TierCause::PutBack | TierCause::Scheme | TierCause::Lapsed | TierCause::Pinned
            );
            let line = if reached { keys::TIERS_HISTORY_LINE } else { keys::TIERS_HISTORY_NOW };
            let said = words.with(line, [("date", date.into()), ("tier", tier.into())]);
            let cause = cause(past, words, link);
            let mark = match moved.cause {
                TierCause::Lapsed => "down",
                _ if reached => "up",
                _ => "flat",
            };
            view! { <li>{icon(&visitor.app.assets, mark)}<span>{said}{cause}</span></li> }
        })
        .collect_view();
    (!moves.is_empty()).then(|| {
        view! {
            <section class="panel" aria-labelledby="path">
                <header><h2 id="path">{words.say(title)}</h2></header>
                <div class="body"><ul class="plainlist">{lines}</ul></div>
            </section>
        }
        .into_markup()
    })
}

/// What a tier is called; a code that no version knows stands for itself.
pub(crate) fn name_of(tiers: &[NamedTier], code: Option<&TierCode>, words: Words) -> String {
    let Some(code) = code else { return words.say(keys::TIERS_NONE).into_owned() };
    let known = tiers.iter().find(|named| named.tier.code == *code);
    known.map_or_else(|| code.to_string(), |named| text(&named.name, words))
}

/// `, durch die Empfehlung Ravensteiner`; nothing from when no causes were noted.
fn cause(past: &PastMove, words: Words, link: Option<fn(ReferralId) -> Path>) -> Option<Markup> {
    let company = past.company.clone();
    match (past.moved.cause, past.moved.referral, company) {
        (TierCause::Referral, Some(referral), Some(company)) => {
            let name = match link {
                Some(link) => view! { <a href=link(referral).to_string()>{company}</a> }.into_markup(),
                None => company.into_markup(),
            };
            Some(view! { ", "{words.say(keys::TIERS_HISTORY_BY)}" "{name} }.into_markup())
        }
        (TierCause::Recount, ..) => {
            Some(view! { ", "{words.say(keys::TIERS_HISTORY_RECOUNT)} }.into_markup())
        }
        (TierCause::Pinned, ..) => Some(view! { ", "{words.say(keys::TIERS_HISTORY_PINNED)} }.into_markup()),
        (TierCause::Lapsed, ..) => Some(view! { ", "{words.say(keys::TIERS_HISTORY_LAPSED)} }.into_markup()),
        (TierCause::Scheme | TierCause::PutBack, ..) => {
            let key = if past.moved.cause == TierCause::Scheme {
                keys::TIERS_HISTORY_SCHEME
            } else {
                keys::TIERS_HISTORY_PUT_BACK
            };
            let number = i64::from(past.scheme.unwrap_or_default());
            Some(view! { ", "{words.with(key, [("n", number.into())])} }.into_markup())
        }
        _ => None,
    }
}

/// Until when somebody keeps a tier that they no longer meet, why, and what is missing.
pub(crate) fn at_risk(visitor: &Visitor, standing: &Standing, risk: &AtRisk) -> Markup {
    let words = visitor.words;
    let tier = named(standing, standing.current).map(|named| text(&named.name, words)).unwrap_or_default();
    let date = visitor.formats().date(risk.warning.fall_at);
    let why = match risk.warning.cause {
        TierCause::Scheme => keys::TIERS_RISK_SCHEME,
        TierCause::Referral => keys::TIERS_RISK_REFERRAL,
        TierCause::PinEnded => keys::TIERS_RISK_PIN,
        _ => keys::TIERS_RISK_LAPSED,
    };
    view! {
        <section class="notice" aria-labelledby="risk">
            {icon(&visitor.app.assets, "clock")}
            <div class="stack-tight">
                <h2 id="risk" class="small">
                    {words.with(keys::TIERS_RISK, [("tier", tier.into()), ("date", date.into())])}
                </h2>
                <p>{words.say(why)}" "{words.say(keys::TIERS_RISK_TODO)}</p>
                <ul class="missing">{conditions(visitor, &risk.missing)}</ul>
            </div>
        </section>
    }
    .into_markup()
}

/// Conditions, with what there is of each.
fn conditions(visitor: &Visitor, progress: &[(TierRule, u32)]) -> Vec<Markup> {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let items = progress.iter().map(|(condition, has)| {
        let done = *has >= condition.at_least;
        let said = rule(condition, words);
        let said = if done { words.with(keys::TIERS_PROGRESS_DONE, [("rule", said.into())]) } else { said };
        let have = i64::from((*has).min(condition.at_least));
        let count = words.with(
            keys::TIERS_PROGRESS,
            [("have", have.into()), ("need", i64::from(condition.at_least).into())],
        );
        view! {
            <li data-done=done.then_some("")>
                {icon(assets, if done { "check" } else { "ring" })}<span>{said}</span><b>{count}</b>
            </li>
        }
        .into_markup()
    });
    items.collect()
}

/// Every condition of a tier, with what there is of it.
fn progress(visitor: &Visitor, takes: &[(TierRule, u32)], term_missing: bool) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let items = conditions(visitor, takes).into_iter();
    let term = term_missing.then(|| {
        view! { <li>{icon(assets, "ring")}<span>{words.say(keys::TIERS_TERM)}</span></li> }.into_markup()
    });
    let items: Vec<_> = items.chain(term).collect();
    view! { <ul class="missing">{items}</ul> }.into_markup()
}
