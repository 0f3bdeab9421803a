//! Every URL, spelled once. Nothing else in the product writes a path, so a redirect can only go to one of these.
//!
//! A file per room; callers name them all directly (`paths::person(id)`). Where a path has a variable part, its route is a
//! constant beside the function that fills it in.

use std::{borrow::Cow, fmt};

use uuid::Uuid;

mod access;
mod accounts;
mod campaigns;
mod compliance;
mod consent;
mod demo;
mod fraud;
mod imports;
mod incentives;
mod jobs;
mod joining;
mod legal;
mod members;
mod people;
mod referrals;
mod rewards;
mod segments;
mod settings;
mod tiers;
mod touches;
mod triple_win;

pub use access::*;
pub use accounts::*;
pub use campaigns::*;
pub use compliance::*;
pub use consent::*;
pub use demo::*;
pub use fraud::*;
pub use imports::*;
pub use incentives::*;
pub use jobs::*;
pub use joining::*;
pub use legal::*;
pub use members::*;
pub use people::*;
pub use referrals::*;
pub use rewards::*;
pub use segments::*;
pub use settings::*;
pub use tiers::*;
pub use touches::*;
pub use triple_win::*;

/// A path of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path(Cow<'static, str>);

impl Path {
    const fn fixed(path: &'static str) -> Self {
        Self(Cow::Borrowed(path))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// This path, showing the kept form with this id.
    #[must_use]
    pub fn with_form(&self, id: Uuid) -> Self {
        let join = if self.0.contains('?') { '&' } else { '?' };
        Self(Cow::Owned(format!("{}{join}form={id}", self.0)))
    }

    /// The path of a request to ourselves, kept for after a sign-in. `None` for anything that could lead elsewhere.
    pub fn of_request(path_and_query: &str) -> Option<Self> {
        let local = path_and_query.starts_with('/')
            && !path_and_query.starts_with("//")
            && !path_and_query.contains(['\\', '\r', '\n'])
            && path_and_query.len() <= 512;
        local.then(|| Self(Cow::Owned(path_and_query.to_owned())))
    }

    /// The page of ours that a `Referer` names, without the kept form that it may have shown.
    pub fn of_referer(referer: &str, host: &str) -> Option<Self> {
        let (_, rest) = referer.split_once("://")?;
        let path = rest.strip_prefix(host).filter(|path| path.starts_with('/'))?;
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let query: Vec<_> =
            query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("form=")).collect();
        let join = if query.is_empty() { "" } else { "?" };
        Self::of_request(&format!("{path}{join}{}", query.join("&")))
    }

    /// The page that a form is sent to, or that stands above it: `/work/referrals/7/stage` belongs to
    /// `/work/referrals/7`. What is done to one of many rewards belongs to their list.
    pub fn above_form(path: &str) -> Self {
        let act =
            path.strip_prefix("/work/rewards/").and_then(|rest| rest.split_once('/')).map(|(_, act)| act);
        match act {
            Some("approval" | "refusal") => return APPROVALS,
            Some("delivery" | "plan" | "receipt" | "promise" | "introduction") => return DELIVERIES,
            _ => {}
        }
        if path.starts_with("/rewards/") && path.ends_with("/introduction") {
            return GIVEN_AND_RECEIVED;
        }
        let above = ["/work/referrals/", "/referrals/", "/work/rewards/"];
        let nested = above.iter().any(|folder| path.starts_with(folder));
        let page = if nested { path.rsplit_once('/').map_or(path, |(page, _)| page) } else { path };
        Self::of_request(page).unwrap_or(HOME)
    }

    /// This path with a query of its own; the values are escaped.
    #[must_use]
    pub fn with_query<const N: usize>(&self, pairs: [(&str, &str); N]) -> Self {
        let mut path = self.0.clone().into_owned();
        let mut join = if path.contains('?') { '&' } else { '?' };
        for (name, value) in pairs {
            if value.is_empty() {
                continue;
            }
            path.push(join);
            path.push_str(name);
            path.push('=');
            for byte in value.bytes() {
                if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
                    path.push(char::from(byte));
                } else {
                    path.push_str(&format!("%{byte:02X}"));
                }
            }
            join = '&';
        }
        Self(Cow::Owned(path))
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A path put together from parts of ours.
fn built(path: String) -> Path {
    Path(Cow::Owned(path))
}

/// A route with an id in its place.
fn with_id(route: &str, id: impl fmt::Display) -> Path {
    built(route.replace("{id}", &id.to_string()))
}

/// A path of a contact: the folder, their secret, and what is to be done.
fn under(folder: &str, token: &str, act: &str) -> Path {
    built(format!("/{folder}/{}{act}", segment(token)))
}

/// A text as one segment of a path: whatever could mean something else there is left out.
fn segment(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_path_never_leads_elsewhere() {
        assert!(Path::of_request("/refer?x=1").is_some());
        for hostile in
            ["//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nSet-Cookie: b", "", "refer"]
        {
            assert_eq!(Path::of_request(hostile), None, "{hostile:?}");
        }
    }

    #[test]
    fn a_referer_names_a_page_of_ours_or_nothing() {
        let page = |referer| Path::of_referer(referer, "a.example").map(|path| path.to_string());
        assert_eq!(page("https://a.example/refer?form=1&x=2").as_deref(), Some("/refer?x=2"));
        assert_eq!(page("https://a.example/refer?form=1").as_deref(), Some("/refer"));
        assert_eq!(page("https://evil.example/refer"), None);
        assert_eq!(page("https://a.example.evil.example/refer"), None);
        assert_eq!(page("https://a.example//evil.example"), None);
        assert_eq!(Path::above_form("/work/referrals/7/stage").as_str(), "/work/referrals/7");
        assert_eq!(Path::above_form("/work/rewards/7/return").as_str(), "/work/rewards/7");
        assert_eq!(Path::above_form("/work/rewards/7/delivery"), DELIVERIES);
        assert_eq!(Path::above_form("/work/rewards/7/approval"), APPROVALS);
        assert_eq!(Path::above_form("/work/rewards/7/promise"), DELIVERIES);
        assert_eq!(Path::above_form("/rewards/7/introduction"), GIVEN_AND_RECEIVED);
        assert_eq!(Path::above_form("/refer").as_str(), "/refer");
    }

    #[test]
    fn a_reference_in_the_query_is_a_link() {
        assert_eq!(referred("/?ref=anna-berger").unwrap().as_str(), "/r/anna-berger");
        assert_eq!(referred("/?x=1&via=anna-berger").unwrap().as_str(), "/r/anna-berger");
        assert_eq!(referred("/?ref=../evil%2f").unwrap().as_str(), "/r/evil2f");
        assert_eq!(referred("/?ref=anna-berger&ch=widget").unwrap().as_str(), "/r/anna-berger?ch=widget");
        assert_eq!(referred("/?ch=qr%26x&via=anna").unwrap().as_str(), "/r/anna?ch=qr26x");
        assert_eq!(referred("/?ref="), None);
        assert_eq!(referred("/"), None);
    }
}
