//! The three pages of signing in: the address, the six digits, the mail's link.

use axum::extract::Query;
use leptos::prelude::*;
use serde::Deserialize;
use words::keys;

use crate::{
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{PageResult, demo},
    paths,
    shell::{Head, go, page},
    ui::{Field, error_summary, text_field},
    visitor::Visitor,
};

/// `GET /sign-in`
///
/// # Errors
/// When the memory fails.
pub async fn address(Query(kept): Query<Kept>, visitor: Visitor) -> PageResult {
    if visitor.person.is_some() {
        return Ok(go(&paths::HOME));
    }
    let words = visitor.words;
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_default();
    let field = Field {
        name: "email",
        label: words.say(keys::SIGN_IN_EMAIL).into_owned(),
        help: Some(words.say(keys::SIGN_IN_EMAIL_HELP).into_owned()),
        kind: "email",
        autocomplete: "username",
        inputmode: "email",
        ..Field::default()
    };
    let assets = &visitor.app.assets;
    let faces =
        if visitor.app.ctx.demo { services::demo::faces(&visitor.app.ctx).await? } else { Vec::new() };
    let title = words.with(keys::SIGN_IN_TITLE, [("host", visitor.app.ctx.host.name.as_str().into())]);
    let view = view! {
        <div class="narrow">
            <header class="page-head">
                <h1>{title.clone()}</h1>
                <p class="lede">{words.say(keys::SIGN_IN_LEDE)}</p>
            </header>
            <section class="panel">
                <form class="form body" method="post" action=paths::SIGN_IN.to_string() novalidate=true>
                    {error_summary(&form, words)}
                    {text_field(&field, &form, words, assets)}
                    <div class="cluster">
                        <button class="button" data-size="large" type="submit">{words.say(keys::SIGN_IN_SEND)}</button>
                    </div>
                </form>
                {providers(&visitor)}
            </section>
            {demo::faces(&visitor, faces)}
        </div>
    };
    Ok(page(&visitor, Head::new(title).indexed(words.say(keys::SIGN_IN_LEDE)), view))
}

/// A way on for each identity provider: links, because a form may not lead elsewhere.
fn providers(visitor: &Visitor) -> Option<Markup> {
    let words = visitor.words;
    let providers = &visitor.app.ctx.identity;
    (!providers.is_empty()).then(|| {
        let links = providers
            .iter()
            .map(|provider| {
                let label = words.with(keys::SIGN_IN_WITH, [("name", provider.name().into())]);
                let href = paths::sign_in_with(provider.id()).to_string();
                view! { <a class="button" data-kind="plain" data-size="large" href=href>{label}</a> }
            })
            .collect_view();
        view! { <footer class="cluster">{links}</footer> }.into_markup()
    })
}

/// `GET /sign-in/code`
///
/// # Errors
/// When the memory fails.
pub async fn code(Query(kept): Query<Kept>, visitor: Visitor) -> PageResult {
    if visitor.person.is_some() {
        return Ok(go(&paths::HOME));
    }
    let words = visitor.words;
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_default();
    let field = Field {
        name: "code",
        label: words.say(keys::SIGN_IN_CODE).into_owned(),
        help: Some(words.say(keys::SIGN_IN_CODE_HELP).into_owned()),
        autocomplete: "one-time-code",
        inputmode: "numeric",
        maxlength: 12,
        ..Field::default()
    };
    let assets = &visitor.app.assets;
    let view = view! {
        <div class="narrow">
            <header class="page-head">
                <h1>{words.say(keys::SIGN_IN_CODE_TITLE)}</h1>
                <p class="lede">{words.say(keys::SIGN_IN_CODE_LEDE)}</p>
            </header>
            <section class="panel">
                <form class="form body" method="post" action=paths::SIGN_IN_CODE.to_string() novalidate=true>
                    {error_summary(&form, words)}
                    {text_field(&field, &form, words, assets)}
                    <div class="cluster">
                        <button class="button" data-size="large" type="submit">{words.say(keys::SIGN_IN_SUBMIT)}</button>
                        <a class="button" data-kind="quiet" data-size="large" href=paths::SIGN_IN.to_string()>
                            {words.say(keys::SIGN_IN_AGAIN)}
                        </a>
                    </div>
                </form>
            </section>
        </div>
    };
    Ok(page(&visitor, Head::new(words.say(keys::SIGN_IN_CODE_TITLE)), view))
}

/// The query of the mail's link.
#[derive(Clone, Debug, Deserialize)]
pub struct LinkQuery {
    t: Option<String>,
}

/// `GET /sign-in/link`: only a button. A mail scanner that opens the link presses none.
///
/// # Errors
/// When the memory fails.
pub async fn link(Query(query): Query<LinkQuery>, visitor: Visitor) -> PageResult {
    if visitor.person.is_some() {
        return Ok(go(&paths::HOME));
    }
    let words = visitor.words;
    let view = view! {
        <div class="narrow">
            <header class="page-head">
                <h1>{words.say(keys::SIGN_IN_LINK_TITLE)}</h1>
                <p class="lede">{words.say(keys::SIGN_IN_LINK_LEDE)}</p>
            </header>
            <form method="post" action=paths::SIGN_IN_LINK.to_string()>
                <input type="hidden" name="token" value=query.t.unwrap_or_default()/>
                <button class="button" data-size="large" type="submit">{words.say(keys::SIGN_IN_SUBMIT)}</button>
            </form>
        </div>
    };
    Ok(page(&visitor, Head::new(words.say(keys::SIGN_IN_LINK_TITLE)), view))
}
