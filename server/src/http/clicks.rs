//! The busiest path, `/r/{code}`, on its own: no session, no page, none of the layers that pages need.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use app::{pages::touches::unknown::ClickFailed, paths};
use axum::{
    Router,
    extract::{ConnectInfo, Path, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
    routing::get,
};
use domain::touches::{Channel, RequestSigns, visitor};
use services::touches::{Click, ClickError, Clicks, Target};
use tower::ServiceExt;

use super::source::origin;

struct Lean {
    clicks: Clicks,
    trusted: Arc<Vec<IpAddr>>,
    whole: Router,
}

/// The click path, and everything else behind it.
pub(super) fn router(clicks: Clicks, trusted: Arc<Vec<IpAddr>>, whole: Router) -> Router {
    let lean = Arc::new(Lean { clicks, trusted, whole: whole.clone() });
    Router::new().route(paths::LINK, get(click)).with_state(lean).fallback_service(whole)
}

/// `GET /r/{code}`: marks robots and never refuses them; answers once the click is on the disk. What can't be
/// answered here gets its page from the rest of the house.
async fn click(State(lean): State<Arc<Lean>>, Path(code): Path<String>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    match answer(&lean, &code, &parts).await {
        Ok(Some(location)) => return redirect(location),
        Ok(None) => {}
        Err(error) => {
            tracing::error!(%error, "click not kept");
            parts.extensions.insert(ClickFailed);
        }
    }
    pages(&lean, Request::from_parts(parts, body)).await
}

async fn pages(lean: &Lean, request: Request) -> Response {
    match lean.whole.clone().oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

async fn answer(lean: &Lean, code: &str, request: &Parts) -> Result<Option<String>, ClickError> {
    let Some(target) = lean.clicks.target(code).await? else { return Ok(None) };
    // A look at the headers is not a visit.
    if request.method == Method::HEAD {
        return Ok(Some(location(&target, None)));
    }
    let click = click_of(lean, target.clone(), request);
    let touch = lean.clicks.keep(click).await?;
    Ok(Some(location(&target, Some(&touch.to_string()))))
}

fn click_of(lean: &Lean, target: Arc<Target>, request: &Parts) -> Click {
    let headers = &request.headers;
    let signs = RequestSigns {
        user_agent: text(headers, header::USER_AGENT),
        sec_purpose: text(headers, HeaderName::from_static("sec-purpose")),
        purpose: text(headers, HeaderName::from_static("purpose")),
    };
    let peer = request.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    let address = peer.map_or_else(String::new, |peer| origin(peer, headers, &lean.trusted).to_string());
    Click {
        target,
        channel: channel(request.uri.query().unwrap_or_default()),
        visitor: visitor(signs),
        visitor_signs: format!("{address}\0{}", signs.user_agent.unwrap_or_default()),
    }
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// `?ch=`; anything unknown is a plain link.
fn channel(query: &str) -> Channel {
    query
        .split('&')
        .find_map(|pair| pair.strip_prefix("ch="))
        .and_then(Channel::parse)
        .unwrap_or(Channel::Link)
}

/// Our landing page, or the programme's own with the click's number.
fn location(target: &Target, touch: Option<&str>) -> String {
    let Some(destination) = &target.destination else {
        return match touch {
            Some(touch) => format!("/l/{}?c={touch}", target.code),
            None => format!("/l/{}", target.code),
        };
    };
    let Some(touch) = touch else { return destination.clone() };
    let (page, fragment) =
        destination.split_once('#').map_or((destination.as_str(), None), |(page, part)| (page, Some(part)));
    let join = if page.contains('?') { '&' } else { '?' };
    match fragment {
        Some(fragment) => format!("{page}{join}click_id={touch}#{fragment}"),
        None => format!("{page}{join}click_id={touch}"),
    }
}

fn redirect(location: String) -> Response {
    let Ok(location) = HeaderValue::from_str(&location) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    (
        StatusCode::TEMPORARY_REDIRECT,
        [
            (header::LOCATION, location),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
            // The next site learns that somebody came from us, not by whose link.
            (header::REFERRER_POLICY, HeaderValue::from_static("origin")),
        ],
    )
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to(destination: Option<&str>) -> Target {
        Target {
            code: "anna-berger".into(),
            member: uuid::Uuid::nil().into(),
            program: uuid::Uuid::nil().into(),
            destination: destination.map(str::to_owned),
        }
    }

    #[test]
    fn a_click_leads_to_our_page_or_the_programmes_own() {
        assert_eq!(location(&to(None), Some("7")), "/l/anna-berger?c=7");
        assert_eq!(location(&to(None), None), "/l/anna-berger");
        let own = to(Some("https://halvern.example/welcome?x=1#form"));
        assert_eq!(location(&own, Some("7")), "https://halvern.example/welcome?x=1&click_id=7#form");
        assert_eq!(location(&own, None), "https://halvern.example/welcome?x=1#form");
    }

    #[test]
    fn channels_are_read_from_the_query() {
        assert_eq!(channel("ch=qr"), Channel::Qr);
        assert_eq!(channel("x=1&ch=linkedin"), Channel::LinkedIn);
        assert_eq!(channel("ch=<script>"), Channel::Link);
        assert_eq!(channel(""), Channel::Link);
    }
}
