//! The cases: the open ones, and those that are decided.

use axum::extract::Query;
use domain::fraud::CaseState;
use leptos::prelude::*;
use serde::Deserialize;
use services::fraud::{CaseLine, cases};
use words::keys;

use super::{in_short, weight};
use crate::{
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    ui::{Column, Slice, list_table, pager},
    visitor::{SignedIn, Visitor},
};

/// The query of the list.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ListQuery {
    #[serde(default)]
    state: String,
    after: Option<String>,
}

/// `state` of the list of those that are decided.
const DECIDED: &str = "decided";

/// `GET /work/cases`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who may not decide about rewards.
pub async fn show(
    SignedIn { visitor, person }: SignedIn,
    Query(ListQuery { state, after }): Query<ListQuery>,
) -> PageResult {
    let words = visitor.words;
    let decided = state == DECIDED;
    let lines = cases(&visitor.app.ctx, &person.actor, !decided, after.as_deref()).await?;
    let here = if decided { paths::CASES.with_query([("state", DECIDED)]) } else { paths::CASES };
    let Slice { lines, first, next } =
        Slice::of(lines.ok_or(PageError::NotAllowed)?, &here, after.as_deref(), CaseLine::cursor);
    let rows = lines.iter().map(|line| row(line, &visitor)).collect();
    let columns = [
        keys::FRAUD_PERSON.into(),
        Column::number(keys::FRAUD_SCORE),
        keys::FRAUD_REASONS.into(),
        keys::FRAUD_STATE.into(),
        keys::FRAUD_SINCE.into(),
    ];
    let empty = if decided {
        (keys::FRAUD_NONE_DECIDED, keys::FRAUD_NONE_DECIDED_HELP)
    } else {
        (keys::FRAUD_NONE, keys::FRAUD_NONE_HELP)
    };
    let title = words.say(keys::FRAUD_TITLE);
    let view = view! {
        <header class="page-head">
            <h1>{title.clone()}</h1>
            <p class="lede">{words.say(keys::FRAUD_LEDE)}</p>
        </header>
        <div class="stack">
            {tabs(decided, &visitor)}
            {list_table(keys::FRAUD_TITLE, columns, rows, empty, words)}
            {pager(first.as_ref(), next.as_ref(), words)}
        </div>
    };
    Ok(page(&visitor, Head::new(title).in_nav(Nav::Cases).compact(), view))
}

fn tabs(decided: bool, visitor: &Visitor) -> Markup {
    let words = visitor.words;
    let tab = |to: paths::Path, label, here: bool| {
        let here = here.then_some("page");
        view! { <a href=to.to_string() aria-current=here><b>{words.say(label)}</b></a> }
    };
    view! {
        <nav class="tier-tabs" aria-label=words.say(keys::FRAUD_STATE)>
            {tab(paths::CASES, keys::FRAUD_OPEN, !decided)}
            {tab(paths::CASES.with_query([("state", DECIDED)]), keys::FRAUD_DECIDED, decided)}
        </nav>
    }
    .into_markup()
}

fn row(line: &CaseLine, visitor: &Visitor) -> Markup {
    let (words, now) = (visitor.words, visitor.app.ctx.now());
    let case = &line.case;
    let at = case.decided_at.filter(|_| case.case.state != CaseState::Open).unwrap_or(case.opened_at);
    view! {
        <tr>
            <th scope="row">
                <a href=paths::case(case.case.id).to_string()>{case.advocate_name.clone()}</a>
                <p class="small muted">{case.account_name.clone()}</p>
            </th>
            <td class="n">{visitor.formats().number(weight(&line.reasons))}</td>
            <td>{in_short(line, words)}</td>
            <td>{words.code("fraud-state", case.case.state.as_str())}</td>
            <td><time datetime=at.to_rfc3339()>{visitor.formats().day(at, now)}</time></td>
        </tr>
    }
    .into_markup()
}
