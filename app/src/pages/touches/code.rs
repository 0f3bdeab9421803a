//! Typing a code that somebody said or that stands on a card.

use axum::extract::Query;
use leptos::prelude::*;
use words::keys;

use crate::{
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::PageResult,
    paths,
    shell::{Head, page},
    ui::{Field, error_summary, text_field},
    visitor::Visitor,
};

/// The form for a code, also on the page for unknown links.
pub(super) fn form(form: &FormState, visitor: &Visitor) -> Markup {
    let words = visitor.words;
    let field = Field {
        name: "code",
        label: words.say(keys::CODE_FIELD).into_owned(),
        help: Some(words.say(keys::CODE_HELP).into_owned()),
        autocomplete: "off",
        maxlength: 60,
        ..Field::default()
    };
    view! {
        <section class="panel">
            <form class="form body" method="post" action=paths::CODE.to_string() novalidate=true>
                {error_summary(form, words)}
                {text_field(&field, form, words, &visitor.app.assets)}
                <div class="cluster">
                    <button class="button" data-size="large" type="submit">{words.say(keys::CODE_SUBMIT)}</button>
                </div>
            </form>
        </section>
    }
    .into_markup()
}

/// `GET /code`
///
/// # Errors
/// When the memory fails.
pub async fn show(Query(kept): Query<Kept>, visitor: Visitor) -> PageResult {
    let words = visitor.words;
    let state = FormState::kept(&kept, &visitor).await?.unwrap_or_default();
    let view = view! {
        <div class="narrow">
            <header class="page-head">
                <h1>{words.say(keys::CODE_TITLE)}</h1>
                <p class="lede">{words.say(keys::CODE_LEDE)}</p>
            </header>
            {form(&state, &visitor)}
        </div>
    };
    Ok(page(&visitor, Head::new(words.say(keys::CODE_TITLE)).indexed(words.say(keys::CODE_LEDE)), view))
}
