//! Where a request comes from, and the span it is logged under.

use std::{
    collections::BTreeSet,
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

/// The words that our own paths are made of. Nothing else of a path is logged but the numbers of rows: a token is as good
/// as a key, and whoever reads the log must not open a contact's page with it.
#[derive(Clone, Debug)]
pub(super) struct Words(Arc<BTreeSet<String>>);

impl Words {
    /// The words of these paths, without their variable parts.
    pub(super) fn of<'p>(paths: impl Iterator<Item = &'p str>) -> Self {
        let parts = paths.flat_map(|path| path.split('/')).filter(|part| !part.starts_with('{'));
        Self(Arc::new(parts.map(str::to_owned).collect()))
    }

    /// Method and path, without the query, which may hold tokens too.
    pub(super) fn span(&self, request: &Request) -> tracing::Span {
        let id = request.headers().get(REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default();
        let path = self.logged(request.uri().path());
        tracing::info_span!("request", method = %request.method(), path, id)
    }

    fn logged(&self, path: &str) -> String {
        let harmless = |part: &&str| self.0.contains(*part) || is_number_of_a_row(part);
        let parts: Vec<_> = path.split('/').map(|part| Some(part).filter(harmless).unwrap_or("…")).collect();
        parts.join("/")
    }
}

/// Written as all of ours are: no token has this shape.
fn is_number_of_a_row(part: &str) -> bool {
    part.len() == 36 && uuid::Uuid::try_parse(part).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_stay_out_of_the_log() {
        let (routes, uploads) = (app::routes::routes(), app::routes::uploads());
        let all: Vec<&str> =
            routes.list().iter().chain(uploads.list()).map(|route| route.path.as_str()).collect();
        let words = Words::of(all.iter().copied());
        let mut varying = 0;
        for path in all {
            let with = |value: &str| {
                let parts = path.split('/').map(|part| if part.starts_with('{') { value } else { part });
                parts.collect::<Vec<_>>().join("/")
            };
            // As long as a token, and as short as a code.
            for secret in
                ["Zm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFyZm8", "K7M2-Q9", "0123456789abcdef0123456789abcdef"]
            {
                assert_eq!(words.logged(&with(secret)), with("…"), "{path}");
            }
            let row = "0193c1de-7b2a-7000-8000-000000000007";
            assert_eq!(words.logged(&with(row)), with(row), "{path}");
            varying += usize::from(path.contains('{'));
        }
        assert!(varying > 30, "{varying}");
        assert_eq!(words.logged("/my/abc/withdraw"), "/my/…/withdraw");
        // What is no path of ours says nothing either.
        assert_eq!(words.logged("/what/abc"), "/…/…");
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
