//! The list of companies.

use axum::extract::Query;
use domain::accounts::AccountStatus;
use leptos::prelude::*;
use serde::Deserialize;
use services::accounts::{self, AccountLine, AccountsFilter};
use words::{Words, keys};

use super::status_key;
use crate::{
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    ui::{ASKED, Filters, Slice, choices, filters, list_table, pager},
    visitor::SignedIn,
};

/// The query of the list.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ListQuery {
    #[serde(default)]
    q: String,
    #[serde(default)]
    status: String,
    after: Option<String>,
}

/// `GET /manage/accounts`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who may not see companies.
pub async fn show(
    SignedIn { visitor, person }: SignedIn,
    Query(ListQuery { q, status, after }): Query<ListQuery>,
) -> PageResult {
    let words = visitor.words;
    let status = AccountStatus::parse(&status);
    let chosen = status.map_or("", AccountStatus::as_str);
    let here = paths::ACCOUNTS.with_query([("q", &q), ("status", chosen)]);
    let filter = AccountsFilter { search: q.clone(), status, after: after.clone() };
    let lines = accounts::accounts(&visitor.app.ctx, &person.actor, &filter, ASKED).await?;
    let lines = lines.ok_or(PageError::NotAllowed)?;
    let Slice { lines, first, next } = Slice::of(lines, &here, after.as_deref(), AccountLine::cursor);
    let rows = lines.into_iter().map(|line| row(line, words)).collect();
    let add = person.actor.inviting().map(|_| {
        view! { <a class="button" href=paths::NEW_ACCOUNT.to_string()>{words.say(keys::ACCOUNTS_NEW)}</a> }
    });
    let narrow = Filters {
        list: paths::ACCOUNTS,
        search: keys::ACCOUNTS_SEARCH,
        typed: q,
        name: "status",
        label: keys::ACCOUNT_STATUS,
        any: keys::ACCOUNT_ANY_STATUS,
        options: choices(AccountStatus::ALL, AccountStatus::as_str, status_key, words),
        chosen,
    };
    let columns = [keys::ACCOUNT_NAME, keys::ACCOUNT_COUNTRY, keys::ACCOUNT_STATUS, keys::ACCOUNT_MANAGER];
    let empty = (keys::ACCOUNTS_EMPTY, keys::ACCOUNTS_EMPTY_HELP);
    let view = view! {
        <header class="page-head">
            <div class="spread"><h1>{words.say(keys::NAV_ACCOUNTS)}</h1><div class="cluster">{add}</div></div>
            <p class="lede">{words.say(keys::ACCOUNTS_LEDE)}</p>
        </header>
        {filters(narrow, words)}
        {list_table(keys::NAV_ACCOUNTS, columns, rows, empty, words)}
        {pager(first.as_ref(), next.as_ref(), words)}
    };
    Ok(page(&visitor, Head::new(words.say(keys::NAV_ACCOUNTS)).in_nav(Nav::Accounts).compact(), view))
}

fn row(line: AccountLine, words: Words) -> Markup {
    let manager = line.manager.unwrap_or_else(|| words.say(keys::ACCOUNT_NO_MANAGER).into_owned());
    view! {
        <tr>
            <th scope="row"><a href=paths::account(line.id).to_string()>{line.name}</a></th>
            <td>{line.country}</td>
            <td>{words.say(status_key(line.status))}</td>
            <td>{manager}</td>
        </tr>
    }
    .into_markup()
}
