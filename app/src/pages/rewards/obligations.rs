//! What the host owes from rewards at a day.

use std::collections::BTreeMap;

use axum::extract::Query;
use chrono::NaiveDate;
use domain::{
    incentives::{Amount, Unit},
    ledger::LedgerAccountKind,
};
use leptos::prelude::*;
use serde::Deserialize;
use services::rewards::{Obligations, Standing, category_name, obligations, obligations_file};
use words::{Key, keys};

use super::parts::part_key;
use crate::{
    forms::{FormState, day},
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult, csv},
    paths,
    shell::{Head, Nav, page},
    ui::{self, Column, Field, list_table, text_field},
    visitor::{SignedIn, Visitor},
};

/// The columns of figures, in the order of a reward's way.
const STATES: [LedgerAccountKind; 5] = [
    LedgerAccountKind::Reserved,
    LedgerAccountKind::Owed,
    LedgerAccountKind::Settled,
    LedgerAccountKind::Receivable,
    LedgerAccountKind::Waived,
];

/// Which day the page is about.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct OnDay {
    #[serde(default)]
    on: String,
}

impl OnDay {
    /// The day, or what is wrong with it at its field; today where nothing was typed.
    fn read(&self, visitor: &Visitor) -> (FormState, Option<NaiveDate>) {
        let mut form = FormState::filled([("on", self.on.clone())]);
        let today = visitor.app.ctx.now().with_timezone(&visitor.app.ctx.host.zone).date_naive();
        let on = form.parse_given("on", |typed| {
            day(typed).and_then(|day| if day > today { Err("conversion_in_future") } else { Ok(day) })
        });
        (form, on)
    }
}

/// `GET /work/obligations`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who may not decide about rewards.
pub async fn show(Query(query): Query<OnDay>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    let (mut form, on) = query.read(&visitor);
    let found = obligations(&visitor.app.ctx, &person.actor, on).await?.ok_or(PageError::NotAllowed)?;
    if form.is_sound() {
        form.set("on", found.on.to_string());
    }
    let words = visitor.words;
    let by_category =
        table(keys::OBLIGATIONS_BY_CATEGORY, keys::STATEMENT_CATEGORY, &found, &visitor, |line| {
            line.category.map_or_else(String::new, |known| category_name(words, known))
        });
    let by_stage = table(keys::OBLIGATIONS_BY_STAGE, keys::STATEMENT_PART, &found, &visitor, |line| {
        words.say(part_key(line.part)).into_owned()
    });
    let file = paths::OBLIGATIONS_FILE.with_query([("on", &found.on.to_string())]);
    let download = (!found.standing.is_empty()).then(|| {
        view! {
            <p>
                <a class="button" data-kind="plain" download="" href=file.to_string()>
                    {words.say(keys::OBLIGATIONS_FILE)}
                </a>
            </p>
        }
    });
    let view = view! {
        <header class="page-head">
            <p class="crumb"><a href=paths::WORK_REWARDS.to_string()>{words.say(keys::NAV_ALL_REWARDS)}</a></p>
            <div class="spread">
                <h1>{words.say(keys::OBLIGATIONS_TITLE)}</h1>
                <a class="small" href=paths::YEAR_END.to_string()>{words.say(keys::YEAR_END_NAV)}</a>
            </div>
            <p class="lede">{words.say(keys::OBLIGATIONS_LEDE)}</p>
        </header>
        <div class="stack">
            {choose(&form, &found, &visitor)}
            {by_category}
            {by_stage}
            <p class="small muted">{words.say(keys::OBLIGATIONS_FORMULA)}</p>
            {download}
        </div>
    };
    let head = Head::new(words.say(keys::OBLIGATIONS_TITLE)).in_nav(Nav::AllRewards).compact();
    Ok(page(&visitor, head, view))
}

/// `GET /work/obligations/export.csv`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who may not decide about rewards, [`PageError::NotFound`] for a day that there is
/// not.
pub async fn file(Query(query): Query<OnDay>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    let (form, on) = query.read(&visitor);
    let found = obligations(&visitor.app.ctx, &person.actor, on).await?.ok_or(PageError::NotAllowed)?;
    if !form.is_sound() {
        return Err(PageError::NotFound);
    }
    let name = format!("obligations-{}.csv", found.on);
    Ok(csv::file(obligations_file(&found, visitor.words.language()), &name))
}

/// The day that is asked for, and the ends of the last fiscal years.
fn choose(form: &FormState, found: &Obligations, visitor: &Visitor) -> Markup {
    let (words, formats) = (visitor.words, visitor.formats());
    let field = Field {
        name: "on",
        label: words.say(keys::OBLIGATIONS_DAY).into_owned(),
        kind: "date",
        autocomplete: "off",
        maxlength: 10,
        ..Field::default()
    };
    let ends = found
        .year_ends
        .iter()
        .map(|end| {
            let href = paths::OBLIGATIONS.with_query([("on", &end.to_string())]).to_string();
            view! { <li><a href=href>{formats.calendar_day(*end)}</a></li> }
        })
        .collect_view();
    view! {
        <form class="filters" method="get" action=paths::OBLIGATIONS.to_string()>
            {text_field(&field, form, words, &visitor.app.assets)}
            <button class="button" data-kind="plain" type="submit">{words.say(keys::OBLIGATIONS_SHOW)}</button>
        </form>
        <nav aria-label=words.say(keys::OBLIGATIONS_YEAR_ENDS)>
            <p class="small muted">{words.say(keys::OBLIGATIONS_YEAR_ENDS)}</p>
            <ul class="cluster small">{ends}</ul>
        </nav>
    }
    .into_markup()
}

/// What stands on the accounts, summed by whatever a line is called.
fn table(
    title: Key,
    name: Key,
    found: &Obligations,
    visitor: &Visitor,
    of: impl Fn(&Standing) -> String,
) -> Markup {
    let words = visitor.words;
    let mut sums: BTreeMap<(Unit, Option<String>), BTreeMap<LedgerAccountKind, i64>> = BTreeMap::new();
    for line in &found.standing {
        // The sum of a unit stands behind its lines.
        for row in [Some(of(line)), None] {
            *sums.entry((line.unit, row)).or_default().entry(line.account).or_default() += line.value;
        }
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by(|((unit, row), _), ((other_unit, other), _)| {
        (unit, row.is_none(), row).cmp(&(other_unit, other.is_none(), other))
    });
    let rows = sums
        .into_iter()
        .map(|((unit, row), by_state)| {
            let is_sum = row.is_none();
            let label = row.unwrap_or_else(|| words.say(keys::OBLIGATIONS_SUM).into_owned());
            let label = if is_sum {
                view! { <strong>{label}</strong> }.into_markup()
            } else {
                view! { <span>{label}</span> }.into_markup()
            };
            let figures = STATES
                .iter()
                .map(|state| {
                    let value = by_state.get(state).copied().unwrap_or(0);
                    view! { <td class="n">{figure(value, unit, visitor)}</td> }
                })
                .collect_view();
            view! {
                <tr>
                    <th scope="row">{label}</th>
                    <td>{ui::unit_name(unit, words)}</td>
                    {figures}
                </tr>
            }
            .into_markup()
        })
        .collect();
    let columns = [
        name.into(),
        Column::from(keys::STATEMENT_UNIT),
        Column::number(keys::OBLIGATION_RESERVED),
        Column::number(keys::OBLIGATION_OWED),
        Column::number(keys::OBLIGATION_SETTLED),
        Column::number(keys::OBLIGATION_RECEIVABLE),
        Column::number(keys::OBLIGATION_WAIVED),
    ];
    let empty = (keys::OBLIGATIONS_EMPTY, keys::OBLIGATIONS_EMPTY_HELP);
    view! {
        <h2>{words.say(title)}</h2>
        {list_table(title, columns, rows, empty, words)}
    }
    .into_markup()
}

/// A figure of a unit; a dash where there is nothing.
pub(super) fn figure(value: i64, unit: Unit, visitor: &Visitor) -> String {
    match Amount::new(value, unit) {
        Ok(amount) => ui::amount(amount, visitor.words, visitor.formats()),
        Err(_) => "–".to_owned(),
    }
}
