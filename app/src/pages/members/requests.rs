//! Who would like to join: staff decide.

use axum::extract::Query;
use leptos::prelude::*;
use services::members::joining::{WaitingRequest, join_by_domain, waiting_requests};
use words::keys;

use crate::{
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    ui::{error_summary, list_table},
    visitor::{SignedIn, Visitor},
};

/// `GET /manage/people/requests`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who invite nobody.
pub async fn show(SignedIn { visitor, person }: SignedIn, Query(kept): Query<Kept>) -> PageResult {
    let by = person.actor.inviting().ok_or(PageError::NotAllowed)?;
    let (ctx, words) = (&visitor.app.ctx, visitor.words);
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_default();
    let waiting = waiting_requests(ctx, by).await?;
    let on = join_by_domain(ctx).await?;
    let rows = waiting.into_iter().map(|request| row(request, &visitor)).collect();
    let columns = [
        keys::PEOPLE_NAME,
        keys::PEOPLE_EMAIL,
        keys::PEOPLE_COMPANY,
        keys::REQUESTS_SINCE,
        keys::REQUESTS_DECISION,
    ];
    let empty = (keys::REQUESTS_EMPTY, keys::REQUESTS_EMPTY_HELP);
    let (says, label, to) = if on {
        (keys::REQUESTS_ON, keys::REQUESTS_SWITCH_OFF, "no")
    } else {
        (keys::REQUESTS_OFF, keys::REQUESTS_SWITCH_ON, "yes")
    };
    let switch = person.actor.administering().map(|_| {
        view! {
            <form class="cluster" method="post" action=paths::JOIN_SETTING.to_string()>
                <button class="button" data-kind="plain" type="submit" name="on" value=to>{words.say(label)}</button>
            </form>
        }
    });
    let view = view! {
        <p class="crumb"><a href=paths::PEOPLE.to_string()>{words.say(keys::PERSON_BACK)}</a></p>
        <header class="page-head">
            <h1>{words.say(keys::REQUESTS_TITLE)}</h1>
            <p class="lede">{words.say(keys::REQUESTS_LEDE)}</p>
        </header>
        <div class="stack">
            {error_summary(&form, words)}
            {list_table(keys::REQUESTS_TITLE, columns, rows, empty, words)}
            <section class="panel" aria-labelledby="setting">
                <header><h2 id="setting">{words.say(keys::REQUESTS_SETTING)}</h2></header>
                <div class="body"><p>{words.say(says)}</p>{switch}</div>
            </section>
        </div>
    };
    Ok(page(&visitor, Head::new(words.say(keys::REQUESTS_TITLE)).in_nav(Nav::People).compact(), view))
}

fn row(request: WaitingRequest, visitor: &Visitor) -> Markup {
    let words = visitor.words;
    let (account, company) = request.account;
    let button = |path: paths::Path, key, kind: Option<&'static str>| {
        view! {
            <form method="post" action=path.to_string()>
                <button class="button" data-kind=kind type="submit">
                    {words.say(key)}<span class="hidden">": " {request.name.clone()}</span>
                </button>
            </form>
        }
    };
    view! {
        <tr>
            <th scope="row">{request.name.clone()}</th>
            <td>{request.email.clone()}</td>
            <td><a href=paths::account(account).to_string()>{company}</a></td>
            <td>{visitor.formats().date(request.since)}</td>
            <td>
                <div class="cluster">
                    {button(paths::join_approval(request.id), keys::REQUESTS_APPROVE, None)}
                    {button(paths::join_refusal(request.id), keys::REQUESTS_REFUSE, Some("plain"))}
                </div>
            </td>
        </tr>
    }
    .into_markup()
}
