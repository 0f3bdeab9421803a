//! Where it listens and how it is reached.

use std::net::{IpAddr, SocketAddr};

use super::{ConfigError, Raw, wrong};

/// Where it listens and how it is reached.
#[derive(Debug)]
pub struct Network {
    /// The address it listens at.
    pub addr: SocketAddr,
    /// The address people reach it at, without a slash at the end.
    pub public_url: String,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
}

impl Network {
    pub(super) fn check(raw: &Raw) -> Result<Self, ConfigError> {
        let addr = raw.addr.as_deref().unwrap_or("127.0.0.1:8080");
        let addr: SocketAddr = addr
            .parse()
            .map_err(|_| wrong("DREIKLANG_ADDR", addr, "an address with a port, like 127.0.0.1:8080"))?;
        let public_url = raw.public_url.clone().unwrap_or_else(|| format!("http://{addr}"));
        let host = public_url.strip_prefix("https://").or_else(|| public_url.strip_prefix("http://"));
        if !host.is_some_and(|host| !host.is_empty() && !host.contains(['?', '#', ' '])) {
            return Err(wrong(
                "DREIKLANG_PUBLIC_URL",
                &public_url,
                "an address like https://refer.company.example",
            ));
        }
        let proxies = raw.trusted_proxies.as_deref().unwrap_or_default();
        let trusted_proxies = proxies
            .split(',')
            .map(str::trim)
            .filter(|proxy| !proxy.is_empty())
            .map(|proxy| {
                proxy.parse().map_err(|_| {
                    wrong("DREIKLANG_TRUSTED_PROXIES", proxy, "IP addresses, with commas between")
                })
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { addr, public_url: public_url.trim_end_matches('/').to_owned(), trusted_proxies })
    }

    /// Whether people reach it encrypted: cookies then never travel in the clear.
    pub(crate) fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}
