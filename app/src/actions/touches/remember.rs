//! Remembering a recommendation on this device: a cookie, only for whoever asks for one (§ 25 TDDDG).

use std::sync::Arc;

use axum::{
    Form,
    extract::Path as Segment,
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use domain::{
    ids::TouchId,
    touches::{Channel, RequestSigns, visitor as visitor_of},
};
use services::touches::Click;

use crate::{
    forms::{Flash, FormState, Pairs},
    pages::{PageError, PageResult, consent::landing, touches::unknown},
    paths::{self, Path},
    shell::go,
    visitor::{REMEMBERED_COOKIE, Visitor},
};

/// As long as a programme counts a touch at most by default.
const NINETY_DAYS: u32 = 90 * 24 * 60 * 60;

/// `POST /l/{code}/remember`
///
/// # Errors
/// When the memory fails.
pub async fn remember(
    Segment(code): Segment<String>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    let Some(target) = landing::target(&visitor, &code).await? else {
        return unknown::show(None, visitor).await;
    };
    let known: Option<TouchId> = FormState::of(&pairs).parse_optional("touch");
    let known = match known {
        Some(id) => visitor.app.ctx.store.touches().touch(id).await?,
        None => None,
    };
    let touch = match known.filter(|touch| touch.member == target.member && touch.program == target.program) {
        Some(touch) => touch.id,
        // They came without a click; what is remembered is this visit.
        None => {
            let user_agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
            let click = Click {
                target: Arc::new(target.clone()),
                channel: Channel::Link,
                visitor: visitor_of(RequestSigns { user_agent, ..RequestSigns::default() }),
                visitor_signs: format!("{}\0{}", visitor.source, user_agent.unwrap_or_default()),
            };
            visitor.app.clicks.keep(click).await.map_err(|_| PageError::Unavailable)?
        }
    };
    visitor.flash(Flash::Remembered).await?;
    Ok(with_cookie(&visitor, &paths::landing(&target.code, Some(touch)), &touch.to_string(), NINETY_DAYS))
}

/// `POST /remembered/forget`
///
/// # Errors
/// When the session can't be kept.
pub async fn forget(visitor: Visitor, Form(pairs): Form<Pairs>) -> PageResult {
    let back = Path::of_request(FormState::of(&pairs).value("back")).unwrap_or(paths::CODE);
    visitor.flash(Flash::Forgotten).await?;
    Ok(with_cookie(&visitor, &back, "", 0))
}

/// A redirect that sets the cookie; a life of nothing deletes it. Scripts never see it, other sites never get it.
fn with_cookie(visitor: &Visitor, to: &Path, value: &str, seconds: u32) -> Response {
    let secure = if visitor.app.ctx.host.public_url.starts_with("https://") { "; Secure" } else { "" };
    let cookie =
        format!("{REMEMBERED_COOKIE}={value}; Path=/; Max-Age={seconds}; SameSite=Lax; HttpOnly{secure}");
    let mut response = go(to);
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
