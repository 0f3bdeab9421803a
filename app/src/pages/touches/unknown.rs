//! A link that leads nowhere: a friendly page, and a way on.

use axum::{Extension, http::StatusCode};
use leptos::prelude::*;
use words::keys;

use super::code;
use crate::{
    forms::FormState,
    pages::{PageError, PageResult},
    shell::{Head, page},
    visitor::Visitor,
};

/// Put into the request by the server when a click could not be kept.
#[derive(Clone, Copy, Debug)]
pub struct ClickFailed;

/// `GET /r/{code}` for codes that nobody has.
///
/// # Errors
/// When the click could not be kept.
pub async fn show(failed: Option<Extension<ClickFailed>>, visitor: Visitor) -> PageResult {
    if failed.is_some() {
        return Err(PageError::Unavailable);
    }
    let words = visitor.words;
    let view = view! {
        <div class="narrow">
            <header class="page-head">
                <h1>{words.say(keys::LINK_UNKNOWN)}</h1>
                <p class="lede">{words.say(keys::LINK_UNKNOWN_TEXT)}</p>
            </header>
            {code::form(&FormState::default(), &visitor)}
        </div>
    };
    let head = Head::new(words.say(keys::LINK_UNKNOWN)).status(StatusCode::NOT_FOUND);
    Ok(page(&visitor, head, view))
}
