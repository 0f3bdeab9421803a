//! An advocate's own rewards.

use axum::extract::Query;
use domain::{
    incentives::Unit,
    ledger::LedgerAccountKind,
    rewards::{PendingCause, RewardCode},
};
use leptos::prelude::*;
use serde::Deserialize;
use services::{
    access::Grant,
    rewards::{Mine, RewardLine, mine, statement},
};
use words::keys;

use super::{Paging, parts, shortfalls};
use crate::{
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult, csv},
    paths,
    shell::{Head, Nav, page},
    ui::{self, icon},
    visitor::{SignedIn, Visitor},
};

/// `GET /rewards`
///
/// # Errors
/// When the memory fails, or for somebody who can't refer.
pub async fn show(Query(paging): Query<Paging>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    let referrer = person.actor.referrer().ok_or(PageError::NotAllowed)?;
    let own = mine(&visitor.app.ctx, &referrer, paging.place()).await?;
    let words = visitor.words;
    let list = if own.page.lines.is_empty() { empty(&visitor) } else { rows(&visitor, &own) };
    let older = own
        .page
        .next
        .map(|place| ui::further(&Paging::of(&paths::REWARDS, place), keys::REWARDS_OLDER, words));
    let view = view! {
        <header class="page-head">
            <h1>{words.say(keys::REWARDS_TITLE)}</h1>
            <p class="lede">{words.say(keys::REWARDS_LEDE)}</p>
        </header>
        <div class="split">
            <div class="stack">{list}{older}</div>
            <aside class="stack" aria-label=words.say(keys::REWARDS_ASIDE)>
                {balances(&visitor, &own)}
                {release(&visitor, &own)}
                {reciprocity(&visitor)}
                {statements(&visitor, &own)}
            </aside>
        </div>
    };
    Ok(page(&visitor, Head::new(words.say(keys::REWARDS_TITLE)).in_nav(Nav::Rewards), view))
}

fn empty(visitor: &Visitor) -> Markup {
    let words = visitor.words;
    view! {
        <section class="panel">
            <div class="body">
                <p>{words.say(keys::REWARDS_EMPTY)}</p>
                <div class="cluster">
                    <a class="button" href=paths::REFER.to_string()>{words.say(keys::NAV_REFER)}</a>
                </div>
            </div>
        </section>
    }
    .into_markup()
}

fn rows(visitor: &Visitor, own: &Mine) -> Markup {
    let words = visitor.words;
    let rows = own.page.lines.iter().map(|line| row(visitor, line, own)).collect_view();
    view! {
        <section class="panel" aria-labelledby="all">
            <header><h2 id="all">{words.say(keys::REWARDS_LIST)}</h2></header>
            <ul class="rows">{rows}</ul>
        </section>
    }
    .into_markup()
}

fn row(visitor: &Visitor, line: &RewardLine, own: &Mine) -> Markup {
    let words = visitor.words;
    let now = visitor.app.ctx.now();
    let my_turn = line.state == RewardCode::Pending && line.pending == Some(PendingCause::Choose);
    let choose = my_turn.then(|| {
        let href = paths::referral(line.referral).to_string();
        view! { <a class="button" data-kind="plain" href=href>{words.say(keys::REWARDS_CHOOSE)}</a> }
    });
    let receipt = own
        .receipts
        .contains(&line.id)
        .then(|| parts::receipt_link(&paths::own_receipt(line.id), line, visitor));
    let grant = own.grants.iter().find(|grant| grant.reward == line.id);
    let grant = grant.map(|grant| granted(visitor, grant));
    let short = own.shortfalls.iter().filter(|one| one.shortfall.reward == line.id);
    let short = short.map(|one| shortfalls::for_advocate(one, visitor)).collect_view();
    let lines = [
        parts::receiver(line, visitor),
        parts::boosted(line, visitor),
        parts::cut(line, visitor),
        parts::set_off(line, visitor),
    ];
    let lines = lines.into_iter().flatten();
    let lines = lines.map(|text| view! { <p>{text}</p> }).collect_view();
    view! {
        <li>
            <article class="referral" data-mine=my_turn.then_some("")>
                <div class="who">
                    <h3>{parts::name(line, visitor)}</h3>
                    <p>
                        {words.say(parts::part_key(line.part))} ", "
                        <a href=paths::referral(line.referral).to_string()>{line.company.clone()}</a>
                    </p>
                    {lines}
                </div>
                <p class="where">
                    <span>{words.say(parts::state(line, now))}</span>
                    <time class="small muted" datetime=line.created_at.to_rfc3339()>
                        {visitor.formats().day(line.created_at, now)}
                    </time>
                </p>
                <div class="ball"><p>{parts::next(line, visitor)}</p>{short}{receipt}{grant}{choose}</div>
            </article>
        </li>
    }
    .into_markup()
}

/// The feature that was granted, and the way to its terms and its key.
fn granted(visitor: &Visitor, grant: &Grant) -> Markup {
    let words = visitor.words;
    let feature = grant.name.to(words.language()).to_owned();
    let said = words.with(keys::GRANT_SAID, [("feature", feature.into())]);
    view! { <p><a href=paths::grant(grant.reward).to_string()>{said}</a></p> }.into_markup()
}

fn balances(visitor: &Visitor, own: &Mine) -> Option<Markup> {
    if own.balances.is_empty() {
        return None;
    }
    let words = visitor.words;
    let mut units: Vec<Unit> = own.balances.iter().map(|balance| balance.unit).collect();
    units.dedup();
    let kinds = [
        (LedgerAccountKind::Reserved, keys::REWARDS_BALANCE_RESERVED),
        (LedgerAccountKind::Owed, keys::REWARDS_BALANCE_OWED),
        (LedgerAccountKind::Settled, keys::REWARDS_BALANCE_SETTLED),
        (LedgerAccountKind::Receivable, keys::REWARDS_BALANCE_RECEIVABLE),
    ];
    let owes = own.balances.iter().any(|b| b.kind == LedgerAccountKind::Receivable && b.value > 0);
    let kinds: Vec<_> =
        kinds.into_iter().filter(|(kind, _)| owes || *kind != LedgerAccountKind::Receivable).collect();
    let head = units
        .iter()
        .map(|unit| view! { <th scope="col" class="n">{ui::unit_name(*unit, visitor.words)}</th> })
        .collect_view();
    let rows = kinds
        .into_iter()
        .map(|(kind, key)| {
            let cells = units
                .iter()
                .map(|unit| view! { <td class="n">{value(own.balance(*unit, kind), *unit, visitor)}</td> })
                .collect_view();
            view! { <tr><th scope="row">{words.say(key)}</th>{cells}</tr> }
        })
        .collect_view();
    Some(
        view! {
            <section class="panel">
                <header>
                    <h2 id="balance">{words.say(keys::REWARDS_BALANCE)}</h2>
                </header>
                <div class="body">
                    <div class="scroll" role="region" aria-labelledby="balance" tabindex="0">
                        <table class="table">
                            <thead>
                                <tr><th scope="col">{words.say(keys::REWARDS_BALANCE_UNIT)}</th>{head}</tr>
                            </thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                </div>
                <footer>{words.say(keys::REWARDS_BALANCE_FORMULA)}</footer>
            </section>
        }
        .into_markup(),
    )
}

fn value(value: i64, unit: Unit, visitor: &Visitor) -> String {
    match (unit, domain::incentives::Amount::new(value, unit)) {
        (Unit::Money(_), Ok(amount)) => ui::amount(amount, visitor.words, visitor.formats()),
        _ => visitor.formats().number(value),
    }
}

/// What their employer lets them have themselves; nothing where nothing was released.
fn release(visitor: &Visitor, own: &Mine) -> Option<Markup> {
    let (words, formats) = (visitor.words, visitor.formats());
    let (release, received) = own.release.as_ref()?;
    let caps = release
        .caps
        .iter()
        .filter(|(_, cap)| **cap > 0)
        .map(|(unit, cap)| {
            let so_far = received.get(unit).copied().unwrap_or(0);
            let values =
                [("cap", value(*cap, *unit, visitor).into()), ("used", value(so_far, *unit, visitor).into())];
            view! { <li>{words.with(keys::RELEASE_CAP_USED, values)}</li> }
        })
        .collect_view();
    let until = release.valid_until.map(|day| {
        let text = words.with(keys::RELEASE_UNTIL, [("date", formats.calendar_day(day).into())]);
        view! { <p class="small muted">{text}</p> }
    });
    Some(
        view! {
            <section class="panel" aria-labelledby="release">
                <header><h2 id="release">{words.say(keys::RELEASE_TITLE)}</h2></header>
                <div class="body">
                    <p>{words.say(keys::RELEASE_MINE)}</p>
                    <ul class="plainlist">{caps}</ul>
                    {until}
                </div>
            </section>
        }
        .into_markup(),
    )
}

/// The way to the account between the two companies.
fn reciprocity(visitor: &Visitor) -> Markup {
    let words = visitor.words;
    view! {
        <section class="panel" aria-labelledby="reciprocity">
            <header><h2 id="reciprocity">{words.say(keys::RECIPROCITY_TITLE)}</h2></header>
            <div class="body stack-tight">
                <p class="small muted">{words.say(keys::RECIPROCITY_TEASER)}</p>
                <p>
                    <a href=paths::GIVEN_AND_RECEIVED.to_string()>{words.say(keys::RECIPROCITY_OPEN)}</a>
                </p>
            </div>
        </section>
    }
    .into_markup()
}

fn statements(visitor: &Visitor, own: &Mine) -> Markup {
    let words = visitor.words;
    let links = own
        .years
        .iter()
        .map(|year| {
            let href = format!("{}?year={year}", paths::REWARD_STATEMENT);
            let label = words.with(keys::REWARDS_STATEMENT_OF, [("year", year.to_string().into())]);
            view! {
                <li>{icon(&visitor.app.assets, "down")}<a href=href download="">{label}</a></li>
            }
        })
        .collect_view();
    view! {
        <section class="panel" aria-labelledby="statements">
            <header><h2 id="statements">{words.say(keys::REWARDS_STATEMENTS)}</h2></header>
            <div class="body">
                <p class="small muted">{words.say(keys::REWARDS_STATEMENTS_TEXT)}</p>
                <ul class="plainlist">{links}</ul>
            </div>
        </section>
    }
    .into_markup()
}

/// Which year.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Year {
    year: i32,
}

/// `GET /rewards/statement.csv`
///
/// # Errors
/// When the memory fails, or for somebody who can't refer.
pub async fn csv(Query(Year { year }): Query<Year>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    let referrer = person.actor.referrer().ok_or(PageError::NotAllowed)?;
    if !(2000..=9999).contains(&year) {
        return Err(PageError::NotFound);
    }
    let file = statement(&visitor.app.ctx, &referrer, year, visitor.words.language()).await?;
    Ok(csv::file(file, &format!("rewards-{year}.csv")))
}
