//! Where the code of a letter is typed in.

use axum::extract::Query;
use leptos::prelude::*;
use serde::Deserialize;
use words::keys;

use crate::{
    forms::{FormState, Kept},
    pages::PageResult,
    paths,
    shell::{Head, go, page},
    ui::{Field, error_summary, text_field},
    visitor::Visitor,
};

/// The query of the letter's picture.
#[derive(Clone, Debug, Deserialize)]
pub struct CodeQuery {
    c: Option<String>,
}

/// `GET /join`: only a form. A scanner that opens the letter's picture presses no button.
///
/// # Errors
/// When the memory fails.
pub async fn code(Query(kept): Query<Kept>, Query(query): Query<CodeQuery>, visitor: Visitor) -> PageResult {
    if visitor.person.is_some() {
        return Ok(go(&paths::HOME));
    }
    let words = visitor.words;
    let form = match FormState::kept(&kept, &visitor).await? {
        Some(form) => form,
        None => FormState::filled([("code", query.c.unwrap_or_default())]),
    };
    let field = Field {
        name: "code",
        label: words.say(keys::JOIN_CODE).into_owned(),
        help: Some(words.say(keys::JOIN_CODE_HELP).into_owned()),
        autocomplete: "off",
        maxlength: 40,
        ..Field::default()
    };
    let assets = &visitor.app.assets;
    let asks = services::members::joining::join_by_domain(&visitor.app.ctx).await?;
    let title = words.with(keys::JOIN_TITLE, [("host", visitor.app.ctx.host.name.as_str().into())]);
    let view = view! {
        <div class="narrow">
            <header class="page-head">
                <h1>{title.clone()}</h1>
                <p class="lede">{words.say(keys::JOIN_LEDE)}</p>
            </header>
            <section class="panel">
                <form class="form body" method="post" action=paths::JOIN.to_string() novalidate=true>
                    {error_summary(&form, words)}
                    {text_field(&field, &form, words, assets)}
                    <div class="cluster">
                        <button class="button" data-size="large" type="submit">{words.say(keys::JOIN_SUBMIT)}</button>
                        <a class="button" data-kind="quiet" data-size="large" href=paths::SIGN_IN.to_string()>
                            {words.say(keys::JOIN_SIGN_IN)}
                        </a>
                    </div>
                </form>
            </section>
            {asks.then(|| view! {
                <p><a href=paths::JOIN_ASK.to_string()>{words.say(keys::JOIN_ASK_LINK)}</a></p>
            })}
        </div>
    };
    Ok(page(&visitor, Head::new(title), view))
}
