//! Every URL, spelled once. Nothing else in the product writes a path, so a redirect can only go to one of these.

use std::{borrow::Cow, fmt};

use uuid::Uuid;

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
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Home, or sign-in for those nobody knows yet.
pub const HOME: Path = Path::fixed("/");
/// Where an address is asked for.
pub const SIGN_IN: Path = Path::fixed("/sign-in");
/// Where the six digits are asked for.
pub const SIGN_IN_CODE: Path = Path::fixed("/sign-in/code");
/// Where the mail's link leads.
pub const SIGN_IN_LINK: Path = Path::fixed("/sign-in/link");
/// Ends this session.
pub const SIGN_OUT: Path = Path::fixed("/sign-out");
/// Ends all of this member's sessions.
pub const SIGN_OUT_EVERYWHERE: Path = Path::fixed("/sign-out/everywhere");
/// Changes the language.
pub const LANGUAGE: Path = Path::fixed("/language");
/// One's own profile.
pub const PROFILE: Path = Path::fixed("/profile");

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
}
