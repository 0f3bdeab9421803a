//! All rewards, and the way to what is to be returned of them.

use axum::extract::Query;
use domain::rewards::RewardCode;
use leptos::prelude::*;
use serde::Deserialize;
use services::rewards::{RewardFilter, RewardLine, list, shortfalls};
use words::keys;

use super::parts;
use crate::{
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    ui::{Filters, Slice, choices, filters, icon, list_table, pager},
    visitor::{SignedIn, Visitor},
};

/// The query of the list.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ListQuery {
    #[serde(default)]
    q: String,
    #[serde(default)]
    state: String,
    after: Option<String>,
}

/// `GET /work/rewards`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who may not decide about rewards.
pub async fn show(
    SignedIn { visitor, person }: SignedIn,
    Query(ListQuery { q, state, after }): Query<ListQuery>,
) -> PageResult {
    let words = visitor.words;
    let ctx = &visitor.app.ctx;
    let state = RewardCode::parse(&state);
    let chosen = state.map_or("", RewardCode::as_str);
    let here = paths::WORK_REWARDS.with_query([("q", &q), ("state", chosen)]);
    let filter = RewardFilter { search: q.clone(), state, after: after.clone() };
    let lines = list(ctx, &person.actor, &filter).await?.ok_or(PageError::NotAllowed)?;
    let short = match after {
        None => shortfalls(ctx, &person.actor).await?.ok_or(PageError::NotAllowed)?.len(),
        Some(_) => 0,
    };
    let Slice { lines, first, next } = Slice::of(lines, &here, after.as_deref(), RewardLine::cursor);
    let rows = lines.iter().map(|line| row(line, &visitor)).collect();
    let narrow = Filters {
        list: paths::WORK_REWARDS,
        search: keys::ALL_REWARDS_SEARCH,
        typed: q,
        name: "state",
        label: keys::ALL_REWARDS_STATE,
        any: keys::ALL_REWARDS_ANY,
        options: choices(RewardCode::ALL, RewardCode::as_str, parts::state_key, words),
        chosen,
    };
    let columns = [
        keys::ALL_REWARDS_REWARD,
        keys::ALL_REWARDS_COMPANY,
        keys::ALL_REWARDS_ADVOCATE,
        keys::ALL_REWARDS_STATE,
        keys::ALL_REWARDS_DATE,
    ];
    let empty = (keys::ALL_REWARDS_EMPTY, keys::ALL_REWARDS_EMPTY_HELP);
    let view = view! {
        <header class="page-head">
            <h1>{words.say(keys::NAV_ALL_REWARDS)}</h1>
            <p class="lede">{words.say(keys::ALL_REWARDS_LEDE)}</p>
            <p><a href=paths::CONVERSIONS.to_string()>{words.say(keys::CONVERSIONS_TO)}</a></p>
            <p><a href=paths::OBLIGATIONS.to_string()>{words.say(keys::OBLIGATIONS_TO)}</a></p>
        </header>
        <div class="stack">{to_return(short, &visitor)} {filters(narrow, words)}</div>
        {list_table(keys::NAV_ALL_REWARDS, columns, rows, empty, words)}
        {pager(first.as_ref(), next.as_ref(), words)}
    };
    let head = Head::new(words.say(keys::NAV_ALL_REWARDS)).in_nav(Nav::AllRewards).compact();
    Ok(page(&visitor, head, view))
}

fn row(line: &RewardLine, visitor: &Visitor) -> Markup {
    let now = visitor.app.ctx.now();
    view! {
        <tr>
            <th scope="row">
                <a href=paths::work_reward(line.id).to_string()>{parts::name(line, visitor)}</a>
            </th>
            <td>{line.company.clone()}</td>
            <td>{line.advocate_name.clone()} ", " {line.account_name.clone()}</td>
            <td>{visitor.words.say(parts::state(line, now))}</td>
            <td>
                <time datetime=line.created_at.to_rfc3339()>{visitor.formats().day(line.created_at, now)}</time>
            </td>
        </tr>
    }
    .into_markup()
}

/// The way to what was taken back after it was delivered; nothing where all is in order.
fn to_return(count: usize, visitor: &Visitor) -> Option<Markup> {
    let words = visitor.words;
    let count = i64::try_from(count).ok().filter(|count| *count > 0)?;
    let text = words.with(keys::SHORTFALLS_TO, [("n", count.into())]);
    Some(
        view! {
            <p class="notice">
                {icon(&visitor.app.assets, "alert")}
                <a href=paths::SHORTFALLS.to_string()>{text}</a>
            </p>
        }
        .into_markup(),
    )
}
