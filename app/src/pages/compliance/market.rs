//! The rules of a market, its sign-off and its gaps.

use axum::extract::Query;
use chrono::NaiveDate;
use domain::{incentives::IncentiveKind, rewards::Side, text::Country};
use leptos::prelude::*;
use serde::Deserialize;
use services::compliance::{Law, Market, Overview, WrittenRule, gaps, overview};
use words::keys;

use super::{effect, market_name, scope};
use crate::{
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult, accounts::kind_key},
    paths,
    shell::{Head, Nav, page},
    ui::{Field, error_summary, list_table, text_field},
    visitor::{SignedIn, Visitor},
};

/// Which market is looked at.
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    #[serde(default)]
    market: String,
}

/// `GET /manage/compliance`
///
/// # Errors
/// When the memory fails, or for somebody who is no staff.
pub async fn show(
    Query(which): Query<Which>,
    Query(kept): Query<Kept>,
    SignedIn { visitor, person }: SignedIn,
) -> PageResult {
    let found = overview(&visitor.app.ctx, &person.actor).await?.ok_or(PageError::NotAllowed)?;
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_default();
    let words = visitor.words;
    let asked = Country::parse(&which.market).ok();
    let market = asked.or_else(|| found.law.markets.keys().next().copied()).unwrap_or(Country::DE);
    let state = found.law.markets.get(&market).cloned().unwrap_or_default();
    let add = found.editable.then(|| {
        let new = paths::NEW_RULE.with_query([("market", market.as_str())]).to_string();
        view! { <a class="button" href=new>{words.say(keys::COMPLIANCE_NEW)}</a> }
    });
    let case = paths::TRY_CASE.with_query([("market", market.as_str())]).to_string();
    let view = view! {
        <header class="page-head">
            <h1>{words.say(keys::COMPLIANCE_TITLE)}</h1>
            <p class="lede">{words.say(keys::COMPLIANCE_LEDE)}</p>
        </header>
        {error_summary(&form, words)}
        <div class="stack">
            {tabs(&found.law, market, &visitor)}
            <div class="cluster">
                {add}
                <a class="button" data-kind="plain" href=case>{words.say(keys::COMPLIANCE_TRY)}</a>
                <a class="button" data-kind="plain" href=paths::playbook(market).to_string()>
                    {words.say(keys::COMPLIANCE_PLAYBOOK)}
                </a>
            </div>
            <div class="split">
                <div class="stack">{rules(&found, market, &visitor)}{undecided(&found.law, market, &visitor)}</div>
                <aside class="stack" aria-label=words.say(keys::COMPLIANCE_SIGN_OFF)>
                    {signed(&found, market, &state, &visitor)}
                    {found.editable.then(|| sign_off_form(market, &state, &form, &visitor))}
                </aside>
            </div>
        </div>
    };
    let title = words.say(keys::COMPLIANCE_TITLE);
    Ok(page(&visitor, Head::new(title).in_nav(Nav::Compliance).compact(), view))
}

fn tabs(law: &Law, market: Country, visitor: &Visitor) -> Markup {
    let words = visitor.words;
    let mut all: Vec<Country> = law.markets.keys().copied().collect();
    if !all.contains(&market) {
        all.push(market);
    }
    let tabs = all
        .into_iter()
        .map(|one| {
            let here = (one == market).then_some("page");
            let count = i64::try_from(law.rules(one).len()).unwrap_or(i64::MAX);
            view! {
                <a href=paths::compliance(one).to_string() aria-current=here>
                    <b>{market_name(one, words)}</b>
                    <span>{format!("{count} {}", words.say(keys::COMPLIANCE_RULES))}</span>
                </a>
            }
        })
        .collect_view();
    view! { <nav class="tier-tabs" aria-label=words.say(keys::COMPLIANCE_MARKETS)>{tabs}</nav> }.into_markup()
}

fn rules(found: &Overview, market: Country, visitor: &Visitor) -> Markup {
    let words = visitor.words;
    let rows = in_order(&found.law, market).into_iter().map(|written| row(found, written, visitor)).collect();
    list_table(
        keys::COMPLIANCE_RULES,
        [keys::COMPLIANCE_FOR, keys::COMPLIANCE_EFFECT, keys::COMPLIANCE_BASIS, keys::COMPLIANCE_REVIEW],
        rows,
        (keys::GAP_NO_RULE, keys::COMPLIANCE_GAPS_HELP),
        words,
    )
}

/// The rules of a market as they are read best: what is for everybody before what is for some.
pub(super) fn in_order(law: &Law, market: Country) -> Vec<&WrittenRule> {
    let mut rules = law.rules(market);
    rules.sort_by_key(|written| {
        let of = written.rule.scope;
        (
            of.recipient,
            of.section,
            of.kind.map(IncentiveKind::as_str),
            of.side.map(Side::as_str),
            written.rule.id,
        )
    });
    rules
}

fn row(found: &Overview, written: &WrittenRule, visitor: &Visitor) -> Markup {
    let words = visitor.words;
    view! {
        <tr>
            <th scope="row">
                <a href=paths::compliance_rule(written.rule.id.rule).to_string()>{scope(written, words)}</a>
                <p class="small muted">{author(found, written, visitor)}</p>
            </th>
            <td><span class="tag">{effect(written.rule.effect, visitor)}</span></td>
            <td>{written.legal_basis.clone()}</td>
            <td>{written.review_on.map(|day| review(day, visitor))}</td>
        </tr>
    }
    .into_markup()
}

/// Who wrote it, and when.
pub(super) fn author(found: &Overview, written: &WrittenRule, visitor: &Visitor) -> String {
    let words = visitor.words;
    match written.author.and_then(|author| found.names.get(&author)) {
        None => words.say(keys::COMPLIANCE_START_SET).into_owned(),
        Some(name) => words.with(
            keys::COMPLIANCE_AUTHOR,
            [("name", name.as_str().into()), ("date", visitor.formats().date(written.created_at).into())],
        ),
    }
}

/// The day of the review; one that has passed says so.
pub(super) fn review(day: NaiveDate, visitor: &Visitor) -> String {
    let ctx = &visitor.app.ctx;
    let date = visitor.formats().calendar_day(day);
    match day < ctx.now().with_timezone(&ctx.host.zone).date_naive() {
        true => visitor.words.with(keys::COMPLIANCE_REVIEW_PASSED, [("date", date.into())]),
        false => date,
    }
}

fn undecided(law: &Law, market: Country, visitor: &Visitor) -> Markup {
    let words = visitor.words;
    let found = gaps(law, market);
    let body = if found.is_empty() {
        view! { <p>{words.say(keys::COMPLIANCE_NO_GAPS)}</p> }.into_markup()
    } else {
        let items = found
            .iter()
            .map(|gap| {
                let said = words.with(
                    keys::COMPLIANCE_GAP,
                    [
                        ("kind", words.code("incentive", gap.kind.as_str()).into()),
                        ("recipient", words.say(kind_key(gap.recipient)).into()),
                        ("side", words.code("side", gap.side.as_str()).into()),
                    ],
                );
                view! { <li>{said}</li> }
            })
            .collect_view();
        view! { <p>{words.say(keys::COMPLIANCE_GAPS_HELP)}</p><ul>{items}</ul> }.into_markup()
    };
    view! {
        <section class="panel" aria-labelledby="gaps">
            <header><h2 id="gaps">{words.say(keys::COMPLIANCE_GAPS)}</h2></header>
            <div class="body">{body}</div>
        </section>
    }
    .into_markup()
}

/// Who signed what, and what that means today.
fn signed(found: &Overview, market: Country, state: &Market, visitor: &Visitor) -> Markup {
    let words = visitor.words;
    let lines: Vec<String> = match &state.sign_off {
        None => vec![words.say(keys::COMPLIANCE_UNSIGNED).into_owned()],
        Some(sign_off) => {
            let date = visitor.formats().calendar_day(sign_off.signed_on);
            let name = found.names.get(&sign_off.recorded_by).cloned().unwrap_or_default();
            let by = words.with(
                keys::COMPLIANCE_SIGNED,
                [
                    ("counsel", sign_off.counsel.as_str().into()),
                    ("date", date.clone().into()),
                    ("document", sign_off.document.as_str().into()),
                    ("name", name.into()),
                ],
            );
            let older =
                (!state.is_signed()).then(|| words.with(keys::COMPLIANCE_OLDER, [("date", date.into())]));
            std::iter::once(by).chain(older).collect()
        }
    };
    let lines = lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    view! {
        <section class="panel" aria-labelledby="signed">
            <header><h2 id="signed">{market_name(market, words)}</h2></header>
            <div class="body">{lines}</div>
        </section>
    }
    .into_markup()
}

fn sign_off_form(market: Country, state: &Market, form: &FormState, visitor: &Visitor) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let field = |name, key| Field {
        name,
        label: words.say(key).into_owned(),
        full: true,
        maxlength: 200,
        ..Field::default()
    };
    let on = Field { kind: "date", ..field("signed_on", keys::COMPLIANCE_SIGNED_ON) };
    view! {
        <section class="panel" aria-labelledby="sign">
            <header><h2 id="sign">{words.say(keys::COMPLIANCE_SIGN_OFF)}</h2></header>
            <form class="form body" method="post" action=paths::SIGN_OFF.to_string() novalidate=true>
                <p class="small muted">{words.say(keys::COMPLIANCE_SIGN_OFF_HELP)}</p>
                <input type="hidden" name="market" value=market.to_string()/>
                <input type="hidden" name="version" value=state.set_number.to_string()/>
                {text_field(&field("counsel", keys::COMPLIANCE_COUNSEL), form, words, assets)}
                {text_field(&on, form, words, assets)}
                {text_field(&field("document", keys::COMPLIANCE_DOCUMENT), form, words, assets)}
                <div><button class="button" type="submit">{words.say(keys::COMPLIANCE_SIGN_OFF)}</button></div>
            </form>
        </section>
    }
    .into_markup()
}
