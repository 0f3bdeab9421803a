//! Home, signing in and out, one's own profile, joining.

use super::{Path, built};

/// Home, or sign-in for those nobody knows yet.
pub const HOME: Path = Path::fixed("/");
/// Where an address is asked for.
pub const SIGN_IN: Path = Path::fixed("/sign-in");
/// Where the six digits are asked for.
pub const SIGN_IN_CODE: Path = Path::fixed("/sign-in/code");
/// Where the mail's link leads.
pub const SIGN_IN_LINK: Path = Path::fixed("/sign-in/link");
/// Route: leaves for an identity provider.
pub const SIGN_IN_WITH: &str = "/sign-in/with/{provider}";
/// Route: comes back from an identity provider.
pub const SIGN_IN_WITH_BACK: &str = "/sign-in/with/{provider}/back";

/// Leaves for the identity provider with this id. A plain GET, since a form may not lead elsewhere (CSP form-action).
pub fn sign_in_with(provider: &str) -> Path {
    built(format!("/sign-in/with/{provider}"))
}

/// Where that identity provider sends people back to.
pub fn sign_in_with_back(provider: &str) -> Path {
    built(format!("/sign-in/with/{provider}/back"))
}

/// Ends this session.
pub const SIGN_OUT: Path = Path::fixed("/sign-out");
/// Ends all of this member's sessions.
pub const SIGN_OUT_EVERYWHERE: Path = Path::fixed("/sign-out/everywhere");
/// Changes the language.
pub const LANGUAGE: Path = Path::fixed("/language");
/// One's own profile.
pub const PROFILE: Path = Path::fixed("/profile");
/// Where a code from a letter is typed in.
pub const JOIN: Path = Path::fixed("/join");
