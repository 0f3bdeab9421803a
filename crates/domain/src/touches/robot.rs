//! Is it a person? Robots and prefetches are recorded and marked, and they do not count.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, BuildError, MatchKind};

/// What a request tells about its sender: the values of these headers, where present.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RequestSigns<'a> {
    /// `User-Agent`.
    pub user_agent: Option<&'a str>,
    /// `Sec-Purpose`.
    pub sec_purpose: Option<&'a str>,
    /// `Purpose`, which older browsers send.
    pub purpose: Option<&'a str>,
}

codes! {
    /// Who sent a request.
    pub enum Visitor {
        /// Presumably somebody.
        Person => "person",
        /// A browser that looks ahead.
        Prefetch => "prefetch",
        /// A crawler, a link preview, a mail scanner, a tool.
        Robot => "robot",
    }
}

/// Parts of user agents that only programs send, in lower case.
const ROBOTS: &[&str] = &[
    "bot",
    "crawl",
    "spider",
    "slurp",
    "preview",
    "scan",
    "monitor",
    "headless",
    "facebookexternalhit",
    "whatsapp/",
    "embedly",
    "skypeuripreview",
    "google-safety",
    "googleimageproxy",
    "mediapartners",
    "lighthouse",
    "proofpoint",
    "mimecast",
    "barracuda",
    "safelinks",
    "curl/",
    "wget/",
    "python",
    "java/",
    "okhttp",
    "go-http-client",
    "libwww",
    "httpclient",
    "axios",
    "node-fetch",
    "postman",
    "http://",
    "https://",
];

/// Phones and browsers whose names contain one of the parts above.
const PEOPLE: &[&str] = &["cubot"];

/// All of these in one pass. Of two that begin at the same letter or overlap the first one met counts, so that a phone's
/// whole name hides the part in it.
static NAMES: LazyLock<Result<AhoCorasick, BuildError>> = LazyLock::new(|| {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostFirst)
        .build(PEOPLE.iter().chain(ROBOTS))
});

/// Tells persons from programs. No user agent at all is a program: every browser sends one.
pub fn visitor(signs: RequestSigns<'_>) -> Visitor {
    let prefetches = |value: &str| {
        let value = value.to_ascii_lowercase();
        value.contains("prefetch") || value.contains("prerender") || value.contains("preview")
    };
    if [signs.sec_purpose, signs.purpose].into_iter().flatten().any(prefetches) {
        return Visitor::Prefetch;
    }
    let agent = signs.user_agent.unwrap_or_default().trim();
    let names_one =
        |names: &AhoCorasick| names.find_iter(agent).any(|name| name.pattern().as_usize() >= PEOPLE.len());
    // Words that could not be searched for, which a test rules out, would count nobody.
    let robot = agent.is_empty() || NAMES.as_ref().map_or(true, names_one);
    if robot { Visitor::Robot } else { Visitor::Person }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn by_agent(agent: &str) -> Visitor {
        visitor(RequestSigns { user_agent: Some(agent), ..RequestSigns::default() })
    }

    #[test]
    fn browsers_are_people() {
        for agent in [
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
            "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 Version/18.6 Mobile/15E148 Safari/604.1",
            "Mozilla/5.0 (Linux; Android 11; CUBOT X30) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36",
        ] {
            assert_eq!(by_agent(agent), Visitor::Person, "{agent}");
        }
    }

    #[test]
    fn programs_are_not() {
        for agent in [
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "WhatsApp/2.23.20.0",
            "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
            "curl/8.9.1",
            "",
        ] {
            assert_eq!(by_agent(agent), Visitor::Robot, "{agent}");
        }
        assert_eq!(visitor(RequestSigns::default()), Visitor::Robot);
    }

    #[test]
    fn looking_ahead_is_not_a_visit() {
        let user_agent = Some("Mozilla/5.0 Firefox/143.0");
        let ahead = RequestSigns { user_agent, sec_purpose: Some("prefetch;prerender"), purpose: None };
        assert_eq!(visitor(ahead), Visitor::Prefetch);
        let older = RequestSigns { user_agent, sec_purpose: None, purpose: Some("Prefetch") };
        assert_eq!(visitor(older), Visitor::Prefetch);
    }

    proptest! {
        #[test]
        fn any_header_is_judged(agent in any::<String>(), purpose in any::<String>()) {
            let _ = visitor(RequestSigns { user_agent: Some(&agent), sec_purpose: Some(&purpose), purpose: None });
        }
    }
}
