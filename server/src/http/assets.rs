//! Embedded files: named by their content, so that a browser keeps them for a year.

use app::state::Assets;
use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};

/// One embedded file.
pub(super) struct File {
    path: &'static str,
    kind: &'static str,
    plain: &'static [u8],
    brotli: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// Where pages find style, icons and script.
pub(super) fn names() -> Assets {
    Assets { style: STYLE.to_owned(), icons: ICONS.to_owned(), comfort: COMFORT.to_owned() }
}

/// `GET /assets/{file}`
pub(super) async fn serve(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(file) = FILES.iter().find(|file| file.path.strip_prefix("/assets/") == Some(name.as_str()))
    else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let fixed = [
        (header::CONTENT_TYPE, file.kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::VARY, "accept-encoding"),
    ];
    if accepts_brotli(&headers) {
        (fixed, [(header::CONTENT_ENCODING, "br")], file.brotli).into_response()
    } else {
        (fixed, file.plain).into_response()
    }
}

fn accepts_brotli(headers: &HeaderMap) -> bool {
    let accepted =
        headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|coding| coding.split(';').next().map(str::trim) == Some("br"))
}

/// The chord, for the browser's tab.
pub(super) async fn favicon() -> Response {
    const CHORD: &str = include_str!("../../../style/favicon.svg");
    ([(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "public, max-age=86400")], CHORD)
        .into_response()
}

/// Pages that are not to be found say `noindex` themselves, and must be read for that; here only what costs work without
/// being a page is kept from robots.
pub(super) async fn robots() -> &'static str {
    "User-agent: *\nDisallow: /sign-in/\nDisallow: /r/\n"
}
