//! Doing without mails, by the link at their foot.

use axum::{extract::Path, http::StatusCode, response::Response};
use leptos::prelude::*;
use services::mail::{self, Stopped};
use uuid::Uuid;
use words::{Key, keys};

use crate::{
    pages::{PageError, PageResult},
    paths,
    shell::{Head, page},
    visitor::Visitor,
};

/// `GET /mail/{id}/stop/{token}`: only a button, since mail scanners open every link.
///
/// # Errors
/// [`PageError::NotFound`] when the link leads nowhere.
pub async fn show(visitor: Visitor, Path((id, token)): Path<(Uuid, String)>) -> PageResult {
    mail::stoppable(&visitor.app.ctx, id, &token).await?.ok_or(PageError::NotFound)?;
    let words = visitor.words;
    let view = view! {
        <div class="narrow">
            <header class="page-head">
                <h1>{words.say(keys::STOP_TITLE)}</h1>
                <p class="lede">{words.say(keys::STOP_ASK)}</p>
            </header>
            <form class="cluster" method="post" action=paths::mail_stop(id, &token).to_string()>
                <button class="button" data-size="large" type="submit">{words.say(keys::STOP_SUBMIT)}</button>
            </form>
        </div>
    };
    Ok(page(&visitor, Head::new(words.say(keys::STOP_TITLE)), view))
}

/// What the button has ended.
pub fn ended(visitor: &Visitor, stopped: Stopped) -> Response {
    let text = match stopped {
        Stopped::Kind(_) => keys::STOP_DONE,
        Stopped::Advertising => keys::STOP_DONE_ADVERTISING,
    };
    said(visitor, keys::STOP_DONE_TITLE, visitor.words.say(text).into_owned())
}

/// A page with a heading and a sentence.
pub(super) fn said(visitor: &Visitor, title: Key, text: String) -> Response {
    say(visitor, StatusCode::OK, title, text)
}

/// The same with another status.
pub(super) fn say(visitor: &Visitor, status: StatusCode, title: Key, text: String) -> Response {
    let title = visitor.words.say(title);
    let view = view! {
        <div class="narrow">
            <header class="page-head"><h1>{title.clone()}</h1><p class="lede">{text}</p></header>
        </div>
    };
    page(visitor, Head::new(title).status(status), view)
}
