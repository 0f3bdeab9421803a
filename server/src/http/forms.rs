//! What the body of every form goes through before its handler sees it: it is read whole, found to be text, and kept for
//! somebody whose session has ended while they were typing.

use app::{
    actions::imports::LARGEST_BODY,
    forms::{FormState, HandedIn, Pairs},
    pages::error::Unshown,
    paths::Path,
    state::App,
    visitor::{Interrupted, SignedIn, Visitor},
};
use axum::{
    Form,
    body::{Body, to_bytes},
    extract::{DefaultBodyLimit, FromRequest, FromRequestParts, Multipart, Request, State},
    http::{HeaderMap, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::FORM_LIMIT;

/// Reads a form's body, lets its handler work, and keeps what was typed where nobody was signed in any more.
pub(super) async fn read(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST || !is(request.headers(), "application/x-www-form-urlencoded") {
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
    let form = Request::from_parts(kept.clone(), Body::from(body));
    let form: Result<Form<Pairs>, _> = Form::from_request(form, &()).await;
    match form {
        Ok(Form(pairs)) => keep(&app, kept, FormState::of(&pairs), response).await,
        Err(unread) => unread.into_response(),
    }
}

/// Lets the handler of a form with a file work, and keeps what was typed beside the file where nobody is signed in any
/// more. Who sent it is asked first, because a file is far too large to be kept until the handler has said so.
pub(super) async fn read_with_file(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST || !is(request.headers(), "multipart/form-data") {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let refused = SignedIn::from_request_parts(&mut parts, &app).await.err();
    let mut request = Request::from_parts(parts.clone(), body);
    let Some(response) = refused else { return next.run(request).await };
    if response.extensions().get::<Interrupted>().is_none() {
        return response;
    }
    DefaultBodyLimit::max(LARGEST_BODY).apply(&mut request);
    match Multipart::from_request(request, &()).await {
        Ok(multipart) => {
            keep(&app, parts, HandedIn::without_file(multipart, FORM_LIMIT).await, response).await
        }
        Err(unread) => unread.into_response(),
    }
}

fn is(headers: &HeaderMap, kind: &str) -> bool {
    let sent = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    sent.starts_with(kind)
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

/// Keeps the form for this browser, and sends it back there after signing in, which is what the response asks for.
async fn keep(app: &App, mut parts: Parts, form: FormState, response: Response) -> Response {
    let page = page_of(&parts);
    // What reads the session here must not use its message up.
    parts.method = Method::HEAD;
    let kept = async {
        let visitor = Visitor::from_request_parts(&mut parts, app).await?;
        visitor.interrupted(form, &page).await.map_err(IntoResponse::into_response)
    };
    kept.await.map_or_else(|failed| failed, |()| response)
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
