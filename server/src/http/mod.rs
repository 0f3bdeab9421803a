//! The web side: the router and everything around the pages.

mod api;
mod assets;
mod clicks;
mod error_pages;
mod forms;
mod health;
mod security;
mod sessions;
mod source;

use std::{sync::Arc, time::Duration};

use app::state::{App, AppState};
use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderName, StatusCode},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};
use services::{Ctx, touches::Clicks};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer, CompressionLevel, Predicate,
        predicate::{NotForContentType, SizeAbove},
    },
    csrf::CsrfLayer,
    limit::RequestBodyLimitLayer,
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer},
    timeout::TimeoutLayer,
    trace::TraceLayer,
};

pub use clicks::Front;

use crate::config::network::Network;

/// The request's number, in every log line and on error pages.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Largest form body: a long letter, not a file.
const FORM_LIMIT: usize = 256 * 1024;
/// What fits into the ten packets that a new connection may send at once (RFC 6928) arrives no sooner for being smaller.
const WORTH_COMPRESSING: u64 = 14_600;
/// No page takes this long; whoever waits longer has gone.
const PATIENCE: Duration = Duration::from_secs(30);

/// What is answered beside pages and forms.
const OUR_OWN: [&str; 6] =
    ["/healthz", "/readyz", "/assets/{file}", "/favicon.svg", "/robots.txt", "/api/v1/grants"];

/// The whole web side.
pub fn router(ctx: Ctx, network: &Network) -> Front {
    let clicks = Clicks::start(ctx.clone());
    let trusted = Arc::new(network.trusted_proxies.clone());
    let app = App::new(AppState { ctx: ctx.clone(), assets: assets::names(), clicks: clicks.clone() });
    let (routes, uploads) = (app::routes::routes(), app::routes::uploads());
    let listed = routes.list().iter().chain(uploads.list()).map(|route| route.path.as_str());
    let words = source::Words::of(listed.chain(OUR_OWN));
    let pages = routes
        .into_router()
        .layer(middleware::from_fn_with_state(app.clone(), forms::read))
        .layer(RequestBodyLimitLayer::new(FORM_LIMIT))
        // Uploads have a limit of their own.
        .merge(
            uploads.into_router().layer(middleware::from_fn_with_state(app.clone(), forms::read_with_file)),
        )
        .fallback(error_pages::not_found)
        .layer(middleware::from_fn_with_state(app.clone(), error_pages::show))
        .layer(CsrfLayer::new())
        .layer(sessions::layer(&ctx, network.is_https()))
        // Outside the sessions, so that they are read over the page's connection too.
        .layer(middleware::from_fn_with_state(app.clone(), over_one_connection))
        .layer(compression())
        .with_state(app.clone());
    let [alive, ready, asset, favicon, robots, grants] = OUR_OWN;
    let whole = Router::new()
        .route(alive, get(health::alive))
        .route(ready, get(health::ready).with_state(app.clone()))
        .route(asset, get(assets::serve))
        .route(favicon, get(assets::favicon))
        .route(robots, get(assets::robots))
        .route(grants, get(api::grants).with_state(app.clone()))
        .merge(pages)
        .layer(middleware::from_fn_with_state(trusted.clone(), source::find))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE))
        .layer(CatchPanicLayer::custom(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response()))
        // Once more, for what the layers outside the pages could not do.
        .layer(middleware::from_fn_with_state(app, error_pages::show))
        .layer(middleware::from_fn(security::headers))
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(TraceLayer::new_for_http().make_span_with(move |request: &Request| words.span(request)))
        .layer(SetRequestIdLayer::new(REQUEST_ID, MakeRequestUuid));
    Front::new(clicks, trusted, whole)
}

/// Long pages and exports are sent in a tenth of their size. No page holds a secret that its length could tell to whoever
/// has words of their own put beside it: what proves a session is in cookies, and requests of other sites are refused.
fn compression() -> CompressionLayer<impl Predicate> {
    CompressionLayer::new()
        .quality(CompressionLevel::Fastest)
        .compress_when(SizeAbove::new(WORTH_COMPRESSING).and(NotForContentType::IMAGES))
}

/// A page reads over one connection; a form writes, and borrows what it needs.
async fn over_one_connection(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        app.ctx.store.reading(next.run(request)).await
    } else {
        next.run(request).await
    }
}
