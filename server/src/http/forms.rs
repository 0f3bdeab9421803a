//! What the body of every form goes through before its handler sees it: it is read whole, found to be text, and kept for
//! somebody whose session has ended while they were typing.

use app::{
    forms::Pairs,
    pages::error::Unshown,
    paths::Path,
    state::App,
    visitor::{Interrupted, Visitor},
};
use axum::{
    Form,
    body::{Body, Bytes, to_bytes},
    extract::{FromRequest, FromRequestParts, Request, State},
    http::{HeaderMap, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::FORM_LIMIT;

/// Reads a form's body, lets its handler work, and keeps what was typed where nobody was signed in any more.
pub(super) async fn read(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST || !is_form(request.headers()) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, FORM_LIMIT).await else {
        return bare(StatusCode::PAYLOAD_TOO_LARGE, Unshown::TooLarge);
    };
    if !is_text(&body) {
        return bare(StatusCode::UNPROCESSABLE_ENTITY, Unshown::Unreadable);
    }
    let kept = parts.clone();
    let response = next.run(Request::from_parts(parts, Body::from(body.clone()))).await;
    if response.extensions().get::<Interrupted>().is_none() {
        return response;
    }
    match keep(&app, kept, body).await {
        Ok(()) => response,
        Err(failed) => failed,
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.starts_with("application/x-www-form-urlencoded")
}

fn bare(status: StatusCode, unshown: Unshown) -> Response {
    let mut response = status.into_response();
    response.extensions_mut().insert(unshown);
    response
}

/// Whether the decoded body is UTF-8. The decoder behind [`Form`] would put question marks in place of what is not, and
/// they would be stored as somebody's name.
fn is_text(body: &[u8]) -> bool {
    let mut decoded = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        let hex = |digit: &u8| char::from(*digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        match (byte, after) {
            (b'%', [high, low, after @ ..]) => match (hex(high), hex(low)) {
                (Some(high), Some(low)) => {
                    decoded.push(high * 16 + low);
                    rest = after;
                }
                _ => decoded.push(b'%'),
            },
            _ => decoded.push(*byte),
        }
    }
    std::str::from_utf8(&decoded).is_ok()
}

/// Keeps the form for this browser, and sends it back there after signing in.
async fn keep(app: &App, mut parts: Parts, body: Bytes) -> Result<(), Response> {
    let page = page_of(&parts);
    let form = Request::from_parts(parts.clone(), Body::from(body));
    let Form(pairs): Form<Pairs> =
        Form::from_request(form, &()).await.map_err(IntoResponse::into_response)?;
    // What reads the session here must not use its message up.
    parts.method = Method::HEAD;
    let visitor = Visitor::from_request_parts(&mut parts, app).await?;
    visitor.interrupted(&pairs, &page).await.map_err(IntoResponse::into_response)
}

/// The page that showed the form: the browser names it, since our own policy lets it do so among our pages. Where it
/// does not, most forms are sent to the page that shows them, or one step below it.
fn page_of(parts: &Parts) -> Path {
    let text = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let named =
        text(header::REFERER).zip(text(header::HOST)).and_then(|(page, host)| Path::of_referer(page, host));
    named.unwrap_or_else(|| Path::above_form(parts.uri.path()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_utf8_is_text() {
        for text in ["name=M%C3%BChle", "a=100%25&b=+", "a=%", "a=%zz", "", "a=%E2%82%AC"] {
            assert!(is_text(text.as_bytes()), "{text}");
        }
        assert!(is_text("name=Mühle".as_bytes()));
        for wrong in [b"name=M\xFChle".as_slice(), b"name=M%FChle", b"a=%C3", b"a=%ED%A0%80"] {
            assert!(!is_text(wrong), "{wrong:?}");
        }
    }
}
