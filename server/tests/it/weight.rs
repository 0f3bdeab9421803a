//! Long pages arrive compressed for whoever can read that, short ones and whoever can't get them as they are.

use std::io::Read;

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Method, header},
};
use flate2::read::GzDecoder;
use services::testing::TestHouse;
use tower::ServiceExt;

use crate::{
    browser::{Browser, Web},
    roles::{ADMINISTRATOR, signed_in, staffed},
};

/// Every number that may be set, each with its help.
const LONG: &str = "/manage/settings";
const SHORT: &str = "/sign-in";

async fn asked(web: &Web, browser: &Browser, path: &str, encoding: &str) -> (HeaderMap, Vec<u8>) {
    let request = browser.request(Method::GET, path).header(header::ACCEPT_ENCODING, encoding);
    let answer = web.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = answer.into_parts();
    (parts.headers, to_bytes(body, usize::MAX).await.unwrap().to_vec())
}

#[tokio::test]
async fn a_long_page_is_sent_in_a_fraction_of_its_size() {
    let web = staffed(TestHouse::sqlite().await).await;
    let jonas = signed_in(&web, ADMINISTRATOR).await;

    let (headers, plain) = asked(&web, &jonas, LONG, "identity").await;
    assert!(plain.len() > 14_600, "{}", plain.len());
    assert_eq!(headers.get(header::CONTENT_ENCODING), None);
    // Caches must not give the one to who asked for the other.
    assert!(headers.get_all(header::VARY).iter().any(|names| names == "accept-encoding"), "{headers:?}");

    let (headers, packed) = asked(&web, &jonas, LONG, "br, gzip").await;
    assert_eq!(headers.get(header::CONTENT_ENCODING).unwrap(), "gzip");
    assert!(packed.len() * 3 < plain.len(), "{} of {}", packed.len(), plain.len());
    let mut read = Vec::new();
    GzDecoder::new(packed.as_slice()).read_to_end(&mut read).unwrap();
    // The same but for what is new in each answer, which is as long each time.
    assert_eq!(read.len(), plain.len());

    let (headers, _) = asked(&web, &jonas, SHORT, "br, gzip").await;
    assert_eq!(headers.get(header::CONTENT_ENCODING), None);
}
