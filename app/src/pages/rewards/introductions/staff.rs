//! What companies and the host have given each other, for those who hand over.

use axum::extract::{Path as Segment, Query};
use domain::ids::AccountId;
use leptos::prelude::*;
use serde::Deserialize;
use services::rewards::{reciprocities, reciprocity_of};
use words::keys;

use super::{figures, list as introductions, row};
use crate::{
    markup::IntoMarkup,
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    ui::{Column, Slice, list_table, pager},
    visitor::SignedIn,
};

/// After which company the list goes on.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct After {
    after: Option<String>,
}

/// `GET /work/reciprocity`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who hand nothing over.
pub async fn list(
    Query(After { after }): Query<After>,
    SignedIn { visitor, person }: SignedIn,
) -> PageResult {
    let place = after.as_deref().and_then(|after| after.parse().ok());
    let found = reciprocities(&visitor.app.ctx, &person.actor, place).await?;
    let companies = found.ok_or(PageError::NotAllowed)?;
    let (words, formats) = (visitor.words, visitor.formats());
    let slice =
        Slice::of(companies, &paths::RECIPROCITIES, after.as_deref(), |last| last.account.to_string());
    let rows = slice
        .lines
        .iter()
        .map(|one| {
            let href = paths::reciprocity(one.account).to_string();
            let late = (one.overdue > 0).then_some("broken");
            view! {
                <tr>
                    <th scope="row"><a href=href>{one.name.clone()}</a></th>
                    <td class="n">{formats.number(one.accepted)}</td>
                    <td class="n">{formats.number(one.won)}</td>
                    <td class="n">{formats.number(one.received)}</td>
                    <td class="n">{formats.number(one.open)}</td>
                    <td class="n"><span class="clock" data-state=late>{formats.number(one.overdue)}</span></td>
                </tr>
            }
            .into_markup()
        })
        .collect();
    let columns = [
        keys::RECIPROCITY_COMPANY.into(),
        Column::number(keys::RECIPROCITY_ACCEPTED),
        Column::number(keys::RECIPROCITY_WON),
        Column::number(keys::RECIPROCITY_RECEIVED),
        Column::number(keys::RECIPROCITY_OWED),
        Column::number(keys::RECIPROCITY_OVERDUE),
    ];
    let empty = (keys::RECIPROCITY_EMPTY, keys::RECIPROCITY_EMPTY_HELP);
    let view = view! {
        <header class="page-head">
            <h1>{words.say(keys::NAV_RECIPROCITY)}</h1>
            <p class="lede">{words.say(keys::RECIPROCITY_STAFF_LEDE)}</p>
        </header>
        <div class="stack">
            {list_table(keys::NAV_RECIPROCITY, columns, rows, empty, words)}
            {pager(slice.first.as_ref(), slice.next.as_ref(), words)}
        </div>
    };
    Ok(page(&visitor, Head::new(words.say(keys::NAV_RECIPROCITY)).in_nav(Nav::Reciprocity).compact(), view))
}

/// `GET /work/reciprocity/{id}`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who hand nothing over, [`PageError::NotFound`] where there is no such company.
pub async fn show(
    Segment(account): Segment<AccountId>,
    SignedIn { visitor, person }: SignedIn,
) -> PageResult {
    person.actor.delivering().ok_or(PageError::NotAllowed)?;
    let found = reciprocity_of(&visitor.app.ctx, &person.actor, account).await?.ok_or(PageError::NotFound)?;
    let words = visitor.words;
    let days = found.objection_days;
    let open = found.open.iter().map(|line| row(line, days, None, &visitor)).collect();
    let made = found.made.iter().map(|line| row(line, days, None, &visitor)).collect();
    let name = found.figures.name.clone();
    let view = view! {
        <header class="page-head">
            <p class="crumb">
                <a href=paths::RECIPROCITIES.to_string()>{words.say(keys::NAV_RECIPROCITY)}</a>
            </p>
            <h1>{name.clone()}</h1>
        </header>
        <div class="split">
            <div class="stack">
                {introductions("open", keys::RECIPROCITY_LIST_OPEN, keys::RECIPROCITY_OPEN_EMPTY, open, &visitor)}
                {introductions("made", keys::RECIPROCITY_LIST_MADE, keys::RECIPROCITY_MADE_EMPTY, made, &visitor)}
                <p><a href=paths::DELIVERIES.to_string()>{words.say(keys::RECIPROCITY_TO_DELIVERIES)}</a></p>
            </div>
            <aside class="stack" aria-label=words.say(keys::RECIPROCITY_FIGURES)>
                {figures(&found.figures, &visitor)}
            </aside>
        </div>
    };
    Ok(page(&visitor, Head::new(name).in_nav(Nav::Reciprocity).compact(), view))
}
