//! What came to nothing: how often contacts got the neutral answer, and why. Nothing about the contacts.

use axum::extract::Query;
use chrono::NaiveDate;
use leptos::prelude::*;
use serde::Deserialize;
use services::consent::{NeutralDay, NeutralLine, neutral_answers};
use words::keys;

use crate::{
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    ui::{self, ASKED, Column, Slice},
    visitor::{SignedIn, Visitor},
};

/// Where the list goes on.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Cursor {
    after: Option<String>,
}

/// `GET /work/neutral-answers`
///
/// # Errors
/// [`PageError::NotAllowed`] for everybody but account managers and marketing.
pub async fn list(
    Query(Cursor { after }): Query<Cursor>,
    SignedIn { visitor, person }: SignedIn,
) -> PageResult {
    let lines = neutral_answers(&visitor.app.ctx, &person.actor, after.as_deref(), ASKED).await?;
    let lines = lines.ok_or(PageError::NotAllowed)?;
    let Slice { lines, first, next } =
        Slice::of(lines, &paths::NEUTRAL_ANSWERS, after.as_deref(), NeutralLine::cursor);
    let words = visitor.words;
    let rows = lines.into_iter().map(|line| row(&visitor, line)).collect();
    let columns = [
        keys::NEUTRAL_DAY.into(),
        keys::LIST_ADVOCATE.into(),
        keys::ACCOUNT_NAME.into(),
        keys::NEUTRAL_REASON.into(),
        Column::number(keys::NEUTRAL_ANSWERS),
    ];
    let empty = (keys::NEUTRAL_EMPTY, keys::NEUTRAL_EMPTY_HELP);
    let view = view! {
        <header class="page-head">
            <h1>{words.say(keys::NAV_NEUTRAL)}</h1>
            <p class="lede">{words.say(keys::NEUTRAL_LEDE)}</p>
        </header>
        <div class="stack">
            {ui::list_table(keys::NAV_NEUTRAL, columns, rows, empty, words)}
            {ui::pager(first.as_ref(), next.as_ref(), words)}
        </div>
    };
    Ok(page(&visitor, Head::new(words.say(keys::NAV_NEUTRAL)).in_nav(Nav::Neutral).compact(), view))
}

fn date(visitor: &Visitor, day: NaiveDate) -> Markup {
    view! { <time datetime=day.to_string()>{visitor.formats().calendar_day(day)}</time> }.into_markup()
}

fn row(visitor: &Visitor, line: NeutralLine) -> Markup {
    let words = visitor.words;
    view! {
        <tr>
            <th scope="row">{date(visitor, line.of.day)}</th>
            <td>{line.advocate}</td>
            <td>{line.account}</td>
            <td>{words.code("neutral", line.of.reason.as_str())}</td>
            <td class="n">{visitor.formats().number(line.of.answers)}</td>
        </tr>
    }
    .into_markup()
}

/// The same behind the link of one referral; nothing where nobody got the answer.
pub(super) fn of_referral(visitor: &Visitor, days: &[NeutralDay]) -> Option<Markup> {
    if days.is_empty() {
        return None;
    }
    let words = visitor.words;
    let lines = days
        .iter()
        .map(|one| {
            let reason = words.code("neutral", one.reason.as_str());
            let times = words.with(keys::NEUTRAL_TIMES, [("n", one.answers.into())]);
            view! { <dt>{date(visitor, one.day)}</dt><dd>{reason}" · "{times}</dd> }
        })
        .collect_view();
    Some(
        view! {
            <section class="panel" aria-labelledby="neutral">
                <header><h2 id="neutral">{words.say(keys::NAV_NEUTRAL)}</h2></header>
                <div class="body">
                    <p class="small muted">{words.say(keys::NEUTRAL_CARRIED)}</p>
                    <dl class="facts">{lines}</dl>
                </div>
            </section>
        }
        .into_markup(),
    )
}
