//! Gives every answer without a page its page: in the visitor's language, with a way on.

use app::{
    pages::error::{Unshown, error_page},
    state::App,
    visitor::Visitor,
};
use axum::{
    extract::{FromRequestParts, Request, State},
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{REQUEST_ID, api::PROBLEM};

/// What no route answers.
pub(super) async fn not_found() -> Response {
    let mut response = StatusCode::NOT_FOUND.into_response();
    response.extensions_mut().insert(Unshown::NotFound);
    response
}

/// What a layer or an extractor refused in its own few words, which no visitor should have to read.
fn refused(response: &Response, method: &Method) -> Option<Unshown> {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    // A page, or what a machine reads instead of one.
    if kind.is_some_and(|kind| kind.starts_with("text/html") || kind == PROBLEM) {
        return None;
    }
    match response.status() {
        // A session that could not be saved, a handler that took too long or panicked.
        StatusCode::INTERNAL_SERVER_ERROR | StatusCode::SERVICE_UNAVAILABLE if kind.is_none() => {
            Some(Unshown::Failed)
        }
        StatusCode::PAYLOAD_TOO_LARGE => Some(Unshown::TooLarge),
        // An id that is none, a query that can't be read: there is no such page.
        StatusCode::BAD_REQUEST if method == Method::GET || method == Method::HEAD => Some(Unshown::NotFound),
        StatusCode::BAD_REQUEST | StatusCode::UNSUPPORTED_MEDIA_TYPE | StatusCode::UNPROCESSABLE_ENTITY => {
            Some(Unshown::Unreadable)
        }
        _ => None,
    }
}

/// Shows the page for an answer that has none.
pub(super) async fn show(State(app): State<App>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    // The handler gets the request; what the page needs of it is kept aside.
    let mut kept = parts.clone();
    let method = std::mem::replace(&mut kept.method, Method::HEAD);
    let incident =
        parts.headers.get(REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default().to_owned();
    let response = next.run(Request::from_parts(parts, body)).await;
    let Some(unshown) =
        response.extensions().get::<Unshown>().copied().or_else(|| refused(&response, &method))
    else {
        return response;
    };
    match Visitor::from_request_parts(&mut kept, &app).await {
        Ok(visitor) => error_page(&visitor, unshown, &incident),
        // The memory is away, or we are outside the sessions, so nobody knows who asks: the page for strangers.
        Err(_) => {
            kept.extensions.insert(tower_sessions::Session::new(
                None,
                std::sync::Arc::new(super::sessions::Nothing),
                None,
            ));
            match Visitor::from_request_parts(&mut kept, &app).await {
                Ok(visitor) => error_page(&visitor, unshown, &incident),
                Err(_) => response,
            }
        }
    }
}
