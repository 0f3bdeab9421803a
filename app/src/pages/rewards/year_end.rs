//! What a fiscal year has moved, receiver by receiver.

use axum::extract::{Path as Segment, Query};
use domain::{
    ids::{AccountId, MemberId},
    ledger::FiscalYear,
};
use leptos::prelude::*;
use serde::Deserialize;
use services::rewards::{
    ReceiverYear, StatementLine, YearLine, YearReceiver, booking_name, category_name, receiver_year,
    receiver_year_file, year_end, year_end_file,
};
use words::keys;

use super::{obligations::figure, parts::part_key};
use crate::{
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult, csv},
    paths::{self, Path},
    shell::{Head, Nav, page},
    ui::{self, Column, list_table},
    visitor::{SignedIn, Visitor},
};

/// Lines shown on the page; the file has them all.
const SHOWN: usize = 200;

/// The fiscal year that begins in this calendar year; the one of today where none is named.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Year {
    year: Option<i32>,
}

/// `GET /work/year-end`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who may not decide about rewards.
pub async fn show(Query(Year { year }): Query<Year>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    let found = year_end(&visitor.app.ctx, &person.actor, year).await?.ok_or(PageError::NotAllowed)?;
    let words = visitor.words;
    let title = title(found.year, &visitor);
    let more = (found.lines.len() > SHOWN)
        .then(|| view! { <p class="small muted">{words.say(keys::YEAR_END_MORE)}</p> });
    let years = found
        .years
        .iter()
        .filter(|year| **year != found.year)
        .map(|year| {
            let href = of_year(&paths::YEAR_END, *year);
            view! { <li><a href=href>{year.to_string()}</a></li> }
        })
        .collect_view();
    let view = view! {
        <header class="page-head">
            <p class="crumb"><a href=paths::OBLIGATIONS.to_string()>{words.say(keys::OBLIGATIONS_TITLE)}</a></p>
            <h1>{title.clone()}</h1>
            <p class="lede">{span(found.year, &visitor)}</p>
        </header>
        <div class="stack">
            <nav aria-label=words.say(keys::YEAR_END_YEARS)>
                <p class="small muted">{words.say(keys::YEAR_END_YEARS)}</p>
                <ul class="cluster small">{years}</ul>
            </nav>
            {totals(&found.lines[..found.lines.len().min(SHOWN)], found.year, true, &visitor)}
            {more}
            {download(&of_year(&paths::YEAR_END_FILE, found.year), found.lines.is_empty(), &visitor)}
        </div>
    };
    Ok(page(&visitor, Head::new(title).in_nav(Nav::AllRewards).compact(), view))
}

/// `GET /work/year-end/export.csv`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who may not decide about rewards.
pub async fn file(Query(Year { year }): Query<Year>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    let found = year_end(&visitor.app.ctx, &person.actor, year).await?.ok_or(PageError::NotAllowed)?;
    let name = format!("year-end-{}.csv", found.year.year());
    Ok(csv::file(year_end_file(&found, visitor.words.language()), &name))
}

/// `GET /work/year-end/company/{id}`
///
/// # Errors
/// [`PageError::NotFound`] where nothing was theirs.
pub async fn company(Segment(id): Segment<AccountId>, year: Query<Year>, reader: SignedIn) -> PageResult {
    one(YearReceiver::Company(id), year, reader).await
}

/// `GET /work/year-end/company/{id}/statement.csv`
///
/// # Errors
/// [`PageError::NotFound`] where nothing was theirs.
pub async fn company_file(
    Segment(id): Segment<AccountId>,
    year: Query<Year>,
    reader: SignedIn,
) -> PageResult {
    one_file(YearReceiver::Company(id), year, reader).await
}

/// `GET /work/year-end/person/{id}`
///
/// # Errors
/// [`PageError::NotFound`] where nothing was theirs.
pub async fn person(Segment(id): Segment<MemberId>, year: Query<Year>, reader: SignedIn) -> PageResult {
    one(YearReceiver::Person(id), year, reader).await
}

/// `GET /work/year-end/person/{id}/statement.csv`
///
/// # Errors
/// [`PageError::NotFound`] where nothing was theirs.
pub async fn person_file(Segment(id): Segment<MemberId>, year: Query<Year>, reader: SignedIn) -> PageResult {
    one_file(YearReceiver::Person(id), year, reader).await
}

async fn found(
    receiver: YearReceiver,
    Query(Year { year }): Query<Year>,
    SignedIn { visitor, person }: &SignedIn,
) -> Result<ReceiverYear, PageError> {
    person.actor.approving().ok_or(PageError::NotAllowed)?;
    receiver_year(&visitor.app.ctx, &person.actor, receiver, year).await?.ok_or(PageError::NotFound)
}

async fn one(receiver: YearReceiver, year: Query<Year>, reader: SignedIn) -> PageResult {
    let found = found(receiver, year, &reader).await?;
    let visitor = &reader.visitor;
    let words = visitor.words;
    let title = words.with(keys::YEAR_END_STATEMENT, [("name", found.name.as_str().into())]);
    let rows = found.lines.iter().map(|line| booking(line, visitor)).collect();
    let columns = [
        keys::STATEMENT_DATE.into(),
        Column::from(keys::STATEMENT_COMPANY),
        keys::STATEMENT_PART.into(),
        keys::STATEMENT_KIND.into(),
        keys::STATEMENT_BOOKING.into(),
        Column::number(keys::STATEMENT_AMOUNT),
        keys::STATEMENT_CATEGORY.into(),
    ];
    let empty = (keys::YEAR_END_NO_BOOKINGS, keys::YEAR_END_EMPTY_HELP);
    let to = match receiver {
        YearReceiver::Company(id) => paths::company_year_file(id),
        YearReceiver::Person(id) => paths::person_year_file(id),
    };
    let view = view! {
        <header class="page-head">
            <p class="crumb">
                <a href=of_year(&paths::YEAR_END, found.year)>{self::title(found.year, visitor)}</a>
            </p>
            <h1>{title.clone()}</h1>
            <p class="lede">{span(found.year, visitor)}</p>
        </header>
        <div class="stack">
            {totals(&found.totals, found.year, false, visitor)}
            <h2>{words.say(keys::YEAR_END_BOOKINGS)}</h2>
            {list_table(keys::YEAR_END_BOOKINGS, columns, rows, empty, words)}
            {download(&of_year(&to, found.year), found.lines.is_empty(), visitor)}
        </div>
    };
    Ok(page(visitor, Head::new(title).in_nav(Nav::AllRewards).compact(), view))
}

async fn one_file(receiver: YearReceiver, year: Query<Year>, reader: SignedIn) -> PageResult {
    let found = found(receiver, year, &reader).await?;
    let visitor = &reader.visitor;
    let name = format!("statement-{}.csv", found.year.year());
    Ok(csv::file(receiver_year_file(&visitor.app.ctx, &found, visitor.words.language()), &name))
}

fn of_year(path: &Path, year: FiscalYear) -> String {
    path.with_query([("year", &year.year().to_string())]).to_string()
}

fn title(year: FiscalYear, visitor: &Visitor) -> String {
    visitor.words.with(keys::YEAR_END_TITLE, [("year", year.to_string().into())])
}

/// From which day until which.
fn span(year: FiscalYear, visitor: &Visitor) -> String {
    let formats = visitor.formats();
    let (from, until) = (formats.calendar_day(year.first_day()), formats.calendar_day(year.last_day()));
    visitor.words.with(keys::YEAR_END_LEDE, [("from", from.into()), ("until", until.into())])
}

fn download(href: &str, empty: bool, visitor: &Visitor) -> Option<Markup> {
    (!empty).then(|| {
        view! {
            <p>
                <a class="button" data-kind="plain" download="" href=href.to_owned()>
                    {visitor.words.say(keys::OBLIGATIONS_FILE)}
                </a>
            </p>
        }
        .into_markup()
    })
}

/// What the year comes to; each receiver leads to its statement where `linked`.
fn totals(lines: &[YearLine], year: FiscalYear, linked: bool, visitor: &Visitor) -> Markup {
    let words = visitor.words;
    let rows = lines
        .iter()
        .map(|line| {
            let (kind, to) = match line.receiver {
                YearReceiver::Company(id) => (keys::YEAR_END_COMPANY, paths::company_year(id)),
                YearReceiver::Person(id) => (keys::YEAR_END_PERSON, paths::person_year(id)),
            };
            let name = if linked {
                view! { <a href=of_year(&to, year)>{line.name.clone()}</a> }.into_markup()
            } else {
                view! { <span>{line.name.clone()}</span> }.into_markup()
            };
            let category = line.category.map(|known| category_name(words, known));
            let figures =
                [line.open_before, line.delivered, line.taken_back, line.open_after, line.to_return]
                    .into_iter()
                    .map(|value| view! { <td class="n">{figure(value, line.unit, visitor)}</td> })
                    .collect_view();
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td>{words.say(kind)}</td>
                    <td>{category}</td>
                    {figures}
                </tr>
            }
            .into_markup()
        })
        .collect();
    let columns = [
        Column::from(keys::YEAR_END_RECEIVER),
        keys::YEAR_END_KIND.into(),
        keys::STATEMENT_CATEGORY.into(),
        Column::number(keys::YEAR_END_BEFORE),
        Column::number(keys::YEAR_END_DELIVERED),
        Column::number(keys::YEAR_END_TAKEN_BACK),
        Column::number(keys::YEAR_END_AFTER),
        Column::number(keys::YEAR_END_TO_RETURN),
    ];
    list_table(keys::YEAR_END_NAV, columns, rows, (keys::YEAR_END_EMPTY, keys::YEAR_END_EMPTY_HELP), words)
}

fn booking(line: &StatementLine, visitor: &Visitor) -> Markup {
    let (words, formats) = (visitor.words, visitor.formats());
    let kind = line.kind.map(|kind| words.code("incentive", kind.as_str()).into_owned());
    let category = line.category.map(|known| category_name(words, known));
    view! {
        <tr>
            <th scope="row"><time datetime=line.at.to_rfc3339()>{formats.date(line.at)}</time></th>
            <td>{line.company.clone()}</td>
            <td>{words.say(part_key(line.part))}</td>
            <td>{kind}</td>
            <td>{booking_name(words, line)}</td>
            <td class="n">{ui::amount(line.amount, words, formats)}</td>
            <td>{category}</td>
        </tr>
    }
    .into_markup()
}
