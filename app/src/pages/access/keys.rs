//! The keys of machines that ask the API.

use axum::extract::Query;
use domain::{access::ApiScope, ids::ApiKeyId};
use leptos::prelude::*;
use services::access::ApiKey;
use words::keys;

use super::shown;
use crate::{
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    ui::{self, Field, error_summary, list_table, text_field},
    visitor::{SignedIn, Visitor},
};

/// `GET /manage/keys`
///
/// # Errors
/// For anybody but administrators.
pub async fn show(Query(kept): Query<Kept>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    person.actor.administering().ok_or(PageError::NotAllowed)?;
    let all = visitor.app.ctx.store.access().api_keys().await?;
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_default();
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let form_id: ApiKeyId = form.parse_optional("id").unwrap_or_else(|| visitor.app.ctx.new_id());
    let name = Field {
        name: "name",
        label: words.say(keys::API_KEY_NAME).into_owned(),
        help: Some(words.say(keys::API_KEY_NAME_HELP).into_owned()),
        maxlength: 160,
        ..Field::default()
    };
    let scopes = ApiScope::ALL
        .iter()
        .map(|scope| {
            let tick = Field {
                name: scope.as_str(),
                label: words.code("api-scope", &scope.as_str().replace(':', "-")).into_owned(),
                optional: true,
                ..Field::default()
            };
            ui::tick_box(&tick, &form, words, assets)
        })
        .collect_view();
    let rows = all.iter().map(|(key, maker)| row(key, maker, &visitor)).collect();
    let columns = [
        keys::API_KEY_NAME,
        keys::API_KEY_SCOPES,
        keys::API_KEY_MADE,
        keys::API_KEY_USED,
        keys::API_KEY_STATE,
    ];
    let view = view! {
        <header class="page-head">
            <h1>{words.say(keys::NAV_API_KEYS)}</h1>
            <p class="lede">{words.say(keys::API_KEYS_LEDE)}</p>
        </header>
        <div class="stack">
            {shown::key(&form, &visitor)}
            {list_table(keys::NAV_API_KEYS, columns, rows, (keys::API_KEYS_EMPTY, keys::API_KEYS_EMPTY_HELP), words)}
            <section class="panel" aria-labelledby="new">
                <header><h2 id="new">{words.say(keys::API_KEY_NEW)}</h2></header>
                <form class="form body" method="post" action=paths::API_KEYS.to_string() novalidate=true>
                    {error_summary(&form, words)}
                    <input type="hidden" name="id" value=form_id.to_string()/>
                    <div class="fields">{text_field(&name, &form, words, assets)}</div>
                    {scopes}
                    <div><button class="button" type="submit">{words.say(keys::API_KEY_CREATE)}</button></div>
                </form>
            </section>
        </div>
    };
    Ok(page(&visitor, Head::new(words.say(keys::NAV_API_KEYS)).in_nav(Nav::ApiKeys).compact(), view))
}

fn row(key: &ApiKey, maker: &str, visitor: &Visitor) -> Markup {
    let (words, formats) = (visitor.words, visitor.formats());
    let scopes: Vec<_> = key.scopes.iter().map(|scope| scope.as_str()).collect();
    let used = key
        .used_on
        .map_or_else(|| words.say(keys::API_KEY_NEVER).into_owned(), |on| formats.calendar_day(on));
    let state = match key.revoked_at {
        Some(at) => {
            let text = words.with(keys::API_KEY_REVOKED, [("date", formats.date(at).into())]);
            view! { <span class="muted">{text}</span> }.into_markup()
        }
        None => {
            let label = words.with(keys::API_KEY_END_OF, [("name", key.name.as_str().into())]);
            view! {
                <form method="post" action=paths::api_key_end(key.id).to_string()>
                    <button class="button" data-kind="plain" type="submit" aria-label=label>
                        {words.say(keys::API_KEY_END)}
                    </button>
                </form>
            }
            .into_markup()
        }
    };
    view! {
        <tr>
            <th scope="row">{key.name.clone()}</th>
            <td><code>{scopes.join(" ")}</code></td>
            <td>{words.with(keys::API_KEY_MADE_BY, [("date", formats.date(key.created_at).into()), ("name", maker.into())])}</td>
            <td>{used}</td>
            <td>{state}</td>
        </tr>
    }
    .into_markup()
}
