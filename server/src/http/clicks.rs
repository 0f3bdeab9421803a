//! The busiest path, `/r/{code}`, on its own: no session, no page, no router, none of the layers that pages need.

use std::{
    borrow::Cow,
    convert::Infallible,
    future::Future,
    net::{IpAddr, SocketAddr},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use app::{pages::touches::unknown::ClickFailed, paths};
use axum::{
    Router,
    extract::{ConnectInfo, Request},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use domain::touches::{Channel, RequestSigns, visitor};
use percent_encoding::percent_decode_str;
use services::touches::{Click, ClickError, Clicks, Target};
use tower::{Service, ServiceExt};
use tower_http::request_id::{MakeRequestId, MakeRequestUuid, RequestId};

use super::{REQUEST_ID, source::origin};

/// The whole web side: clicks at the door, everything else in the house behind it.
#[derive(Clone, Debug)]
pub struct Front(Arc<Lean>);

#[derive(Debug)]
struct Lean {
    clicks: Clicks,
    trusted: Arc<Vec<IpAddr>>,
    whole: Router,
}

impl Front {
    pub(super) fn new(clicks: Clicks, trusted: Arc<Vec<IpAddr>>, whole: Router) -> Self {
        Self(Arc::new(Lean { clicks, trusted, whole }))
    }
}

impl Service<Request> for Front {
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let looks = matches!(*request.method(), Method::GET | Method::HEAD);
        if looks && paths::link_code(request.uri().path()).is_some() {
            return Box::pin(click(self.0.clone(), request));
        }
        Box::pin(self.0.whole.clone().oneshot(request))
    }
}

/// `GET /r/{code}`: marks robots and never refuses them; answers once the click is on the disk. What can't be
/// answered here gets its page from the rest of the house.
async fn click(lean: Arc<Lean>, request: Request) -> Result<Response, Infallible> {
    let (mut parts, body) = request.into_parts();
    match answer(&lean, &parts).await {
        Ok(Some(location)) => return Ok(redirect(location)),
        Ok(None) => {}
        Err(error) => {
            let id = numbered(&mut parts.headers);
            tracing::error!(%error, id = id.to_str().unwrap_or_default(), "click not kept");
            parts.extensions.insert(ClickFailed);
        }
    }
    lean.whole.clone().oneshot(Request::from_parts(parts, body)).await
}

/// The request's number, made here where the layer that numbers requests comes too late; it finds this one and keeps it,
/// so that the page names the number that was logged.
fn numbered(headers: &mut HeaderMap) -> HeaderValue {
    let made = MakeRequestUuid.make_request_id(&axum::http::Request::new(()));
    let made = made.map_or_else(|| HeaderValue::from_static(""), RequestId::into_header_value);
    headers.entry(REQUEST_ID).or_insert(made).clone()
}

async fn answer(lean: &Lean, request: &Parts) -> Result<Option<String>, ClickError> {
    let Some(typed) = paths::link_code(request.uri.path()) else { return Ok(None) };
    // Some mail programs write letters as numbers that need not be.
    let code: Cow<'_, str> = percent_decode_str(typed).decode_utf8_lossy();
    let Some(target) = lean.clicks.target(&code).await? else { return Ok(None) };
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
