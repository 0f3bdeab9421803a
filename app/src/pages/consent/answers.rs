//! Short pages after a form: what happens now. They say the same whoever asks, so they need no state.

use axum::{http::StatusCode, response::Response};
use leptos::prelude::*;
use words::{Key, keys};

use super::landing::days;
use crate::{
    pages::PageResult,
    shell::{Head, page},
    visitor::Visitor,
};

fn answer(visitor: &Visitor, status: StatusCode, title: Key, text: Key) -> Response {
    let words = visitor.words;
    let view = view! {
        <div class="narrow">
            <header class="page-head">
                <h1>{words.say(title)}</h1>
                <p class="lede">{words.with(text, [("days", days(visitor).into())])}</p>
            </header>
        </div>
    };
    page(visitor, Head::new(words.say(title)).status(status), view)
}

macro_rules! answers {
    ($($(#[$meta:meta])* $name:ident: $title:ident, $text:ident;)+) => {$(
        $(#[$meta])*
        ///
        /// # Errors
        /// Never; the answer is a handler's.
        pub async fn $name(visitor: Visitor) -> PageResult {
            Ok(answer(&visitor, StatusCode::OK, keys::$title, keys::$text))
        }
    )+};
}

answers! {
    /// A mail is on its way.
    sent: CONSENT_SENT_TITLE, CONSENT_SENT_TEXT;
    /// The neutral answer: the same for a customer, an open deal, a person who objected and a company that is taken.
    neutral: CONSENT_NEUTRAL_TITLE, CONSENT_NEUTRAL_TEXT;
    /// After a no.
    refused: CONSENT_REFUSED_TITLE, CONSENT_REFUSED_TEXT;
    /// After an erasure.
    erased: CONSENT_ERASED_TITLE, CONSENT_ERASED_TEXT;
    /// After an objection.
    objected: CONSENT_OBJECTED_TITLE, CONSENT_OBJECTED_TEXT;
}

/// A link that has lapsed, or that leads to something deleted.
pub(crate) fn gone(visitor: &Visitor) -> Response {
    answer(visitor, StatusCode::NOT_FOUND, keys::CONSENT_GONE_TITLE, keys::CONSENT_GONE_TEXT)
}
