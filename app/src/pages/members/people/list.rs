//! The list of people.

use axum::extract::Query;
use domain::members::Role;
use leptos::prelude::*;
use serde::Deserialize;
use services::members::{self, PeopleFilter, PersonLine};
use words::{Words, keys};

use super::{role_key, role_names};
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
    role: String,
    after: Option<String>,
}

/// `GET /manage/people`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who may not see people.
pub async fn show(
    SignedIn { visitor, person }: SignedIn,
    Query(ListQuery { q, role, after }): Query<ListQuery>,
) -> PageResult {
    let words = visitor.words;
    let role = Role::parse(&role);
    let chosen = role.map_or("", Role::as_str);
    let here = paths::PEOPLE.with_query([("q", &q), ("role", chosen)]);
    let filter = PeopleFilter { search: q.clone(), role, account: None, after: after.clone() };
    let lines = members::people(&visitor.app.ctx, &person.actor, &filter, ASKED).await?;
    let lines = lines.ok_or(PageError::NotAllowed)?;
    let Slice { lines, first, next } = Slice::of(lines, &here, after.as_deref(), PersonLine::cursor);
    let rows = lines.into_iter().map(|line| row(line, words)).collect();
    let invite = person.actor.inviting().map(|_| {
        view! {
            <a class="button" data-kind="plain" href=paths::JOIN_REQUESTS.to_string()>
                {words.say(keys::REQUESTS_TITLE)}
            </a>
            <a class="button" href=paths::INVITE.to_string()>{words.say(keys::PEOPLE_INVITE)}</a>
        }
    });
    let narrow = Filters {
        list: paths::PEOPLE,
        search: keys::PEOPLE_SEARCH,
        typed: q,
        name: "role",
        label: keys::PEOPLE_ROLE,
        any: keys::PEOPLE_ANY_ROLE,
        options: choices(Role::ALL, Role::as_str, role_key, words),
        chosen,
    };
    let columns =
        [keys::PEOPLE_NAME, keys::PEOPLE_COMPANY, keys::PEOPLE_ROLES, keys::PEOPLE_STATE, keys::PEOPLE_EMAIL];
    let empty = (keys::PEOPLE_EMPTY, keys::PEOPLE_EMPTY_HELP);
    let view = view! {
        <header class="page-head">
            <div class="spread"><h1>{words.say(keys::NAV_PEOPLE)}</h1><div class="cluster">{invite}</div></div>
            <p class="lede">{words.say(keys::PEOPLE_LEDE)}</p>
        </header>
        {filters(narrow, words)}
        {list_table(keys::NAV_PEOPLE, columns, rows, empty, words)}
        {pager(first.as_ref(), next.as_ref(), words)}
    };
    Ok(page(&visitor, Head::new(words.say(keys::NAV_PEOPLE)).in_nav(Nav::People).compact(), view))
}

fn row(line: PersonLine, words: Words) -> Markup {
    let state = match (line.active, line.joined_at) {
        (false, _) => keys::PEOPLE_INACTIVE,
        (true, None) => keys::PEOPLE_INVITED,
        (true, Some(_)) => keys::PEOPLE_ACTIVE,
    };
    let company = match line.account {
        Some((id, name)) => view! { <a href=paths::account(id).to_string()>{name}</a> }.into_markup(),
        None => view! { <span class="muted">{words.say(keys::PEOPLE_STAFF)}</span> }.into_markup(),
    };
    view! {
        <tr>
            <th scope="row"><a href=paths::person(line.id).to_string()>{line.name}</a></th>
            <td>{company}</td>
            <td>{role_names(line.roles, words)}</td>
            <td>{words.say(state)}</td>
            <td>{line.email}</td>
        </tr>
    }
    .into_markup()
}
