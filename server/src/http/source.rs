//! Where a request comes from, and the span it is logged under.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use app::visitor::Source;
use axum::{
    extract::{ConnectInfo, Request, State},
    http::HeaderMap,
    middleware::Next,
    response::Response,
};

use super::REQUEST_ID;

/// Notes the network address: the peer's, or what a trusted proxy says it was. It is never logged or stored as it is.
pub(super) async fn find(
    State(trusted): State<Arc<Vec<IpAddr>>>,
    mut request: Request,
    next: Next,
) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    let source = peer.map_or_else(String::new, |peer| origin(peer, request.headers(), &trusted).to_string());
    request.extensions_mut().insert(Source(source));
    next.run(request).await
}

/// The last address in `X-Forwarded-For` that is not one of our own proxies: everything left of it can be invented.
pub(super) fn origin(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    if !trusted.contains(&peer) {
        return peer;
    }
    let hops: Vec<IpAddr> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|hop| hop.trim().parse().ok())
        .collect();
    hops.into_iter().rev().find(|hop| !trusted.contains(hop)).unwrap_or(peer)
}

/// Method and path, without the query: it may hold tokens.
pub(super) fn span(request: &Request) -> tracing::Span {
    let id = request.headers().get(REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default();
    let path = without_token(request.uri().path());
    tracing::info_span!("request", method = %request.method(), path, id)
}

/// The path, but for the part that is as good as a key: whoever reads the log must not open a contact's page with it.
fn without_token(path: &str) -> &str {
    ["/my/", "/i/", "/confirm/"].into_iter().find(|secret| path.starts_with(secret)).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_stay_out_of_the_log() {
        assert_eq!(without_token("/my/abc/withdraw"), "/my/");
        assert_eq!(without_token("/i/abc"), "/i/");
        assert_eq!(without_token("/imprint"), "/imprint");
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        let (stranger, proxy): (IpAddr, IpAddr) = ([203, 0, 113, 9].into(), [10, 0, 0, 1].into());
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "198.51.100.1, 198.51.100.2, 10.0.0.1".parse().unwrap());
        assert_eq!(origin(stranger, &headers, &[proxy]), stranger);
        assert_eq!(origin(proxy, &headers, &[proxy]).to_string(), "198.51.100.2");
        assert_eq!(origin(proxy, &HeaderMap::new(), &[proxy]), proxy);
    }
}
