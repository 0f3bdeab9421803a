//! When a page can't be shown: what happened, what to do, and the way on.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use services::StoreError;
use words::keys;

use crate::{
    paths,
    shell::{Head, page},
    visitor::Visitor,
};

/// What a page handler answers.
pub type PageResult = Result<Response, PageError>;

/// Why there is no page. What went wrong inside is logged, never shown.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// There is no such thing, or it is somebody else's.
    #[error("not found")]
    NotFound,
    /// Their roles do not reach this far.
    #[error("not allowed")]
    NotAllowed,
    /// More was handed in than is taken.
    #[error("too large")]
    TooLarge,
    /// Something could not be kept; what and why was logged where it happened.
    #[error("unavailable")]
    Unavailable,
    /// The memory failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The session could not be read or kept.
    #[error(transparent)]
    Session(#[from] tower_sessions::session::Error),
    /// A value could not be written as JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

/// Tells the middleware around all pages that this answer still needs its page, in the visitor's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unshown {
    /// 404.
    NotFound,
    /// 403.
    NotAllowed,
    /// 413: more than any of our forms can mean.
    TooLarge,
    /// 422: not text, or not what a form sends.
    Unreadable,
    /// 500.
    Failed,
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let (status, unshown) = match &self {
            Self::NotFound => (StatusCode::NOT_FOUND, Unshown::NotFound),
            Self::NotAllowed => (StatusCode::FORBIDDEN, Unshown::NotAllowed),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, Unshown::TooLarge),
            Self::Unavailable | Self::Store(_) | Self::Session(_) | Self::Json(_) => {
                tracing::error!(error = %self, "request failed");
                (StatusCode::INTERNAL_SERVER_ERROR, Unshown::Failed)
            }
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(unshown);
        response
    }
}

/// The page for an answer without one. `incident` is the request's id, for the conversation with support.
pub fn error_page(visitor: &Visitor, unshown: Unshown, incident: &str) -> Response {
    let words = visitor.words;
    let (status, title, text) = match unshown {
        Unshown::NotFound => {
            (StatusCode::NOT_FOUND, keys::ERROR_PAGE_NOT_FOUND, keys::ERROR_PAGE_NOT_FOUND_TEXT)
        }
        Unshown::NotAllowed => {
            (StatusCode::FORBIDDEN, keys::ERROR_PAGE_NOT_ALLOWED, keys::ERROR_PAGE_NOT_ALLOWED_TEXT)
        }
        Unshown::TooLarge => {
            (StatusCode::PAYLOAD_TOO_LARGE, keys::ERROR_PAGE_TOO_LARGE, keys::ERROR_PAGE_TOO_LARGE_TEXT)
        }
        Unshown::Unreadable => {
            (StatusCode::UNPROCESSABLE_ENTITY, keys::ERROR_PAGE_UNREADABLE, keys::ERROR_PAGE_UNREADABLE_TEXT)
        }
        Unshown::Failed => {
            (StatusCode::INTERNAL_SERVER_ERROR, keys::ERROR_PAGE_FAILED, keys::ERROR_PAGE_FAILED_TEXT)
        }
    };
    let incident = (unshown == Unshown::Failed).then(|| {
        let line = words.with(keys::ERROR_PAGE_INCIDENT, [("id", incident.into())]);
        view! { <p class="small muted">{line}</p> }
    });
    let view = view! {
        <header class="page-head">
            <h1>{words.say(title)}</h1>
            <p class="lede">{words.say(text)}</p>
        </header>
        {incident}
        <p><a class="button" href=paths::HOME.to_string()>{words.say(keys::ERROR_PAGE_HOME)}</a></p>
    };
    page(visitor, Head::new(words.say(title)).status(status), view)
}
