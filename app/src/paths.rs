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

/// One's own link, code and QR code.
pub const SHARE: Path = Path::fixed("/share");
/// The QR code as a drawing.
pub const SHARE_QR_SVG: Path = Path::fixed("/share/qr.svg");
/// The QR code as a picture.
pub const SHARE_QR_PNG: Path = Path::fixed("/share/qr.png");
/// Where a code is typed that somebody heard or read.
pub const CODE: Path = Path::fixed("/code");
/// The pattern of [`link`].
pub const LINK: &str = "/r/{code}";
/// The pattern of [`landing`].
pub const LANDING: &str = "/l/{code}";
/// The pattern of [`landing_refuse`].
pub const LANDING_REFUSE: &str = "/l/{code}/refuse";

/// An advocate's link.
pub fn link(code: &str) -> Path {
    Path(Cow::Owned(format!("/r/{}", segment(code))))
}

/// The landing page behind an advocate's link, and the touch that led there.
pub fn landing(code: &str, touch: Option<domain::ids::TouchId>) -> Path {
    let touch = touch.map_or_else(String::new, |touch| format!("?c={touch}"));
    Path(Cow::Owned(format!("/l/{}{touch}", segment(code))))
}

/// Says no to an advocate's link.
pub fn landing_refuse(code: &str) -> Path {
    Path(Cow::Owned(format!("/l/{}/refuse", segment(code))))
}

/// The pattern of [`carried`].
pub const CARRIED: &str = "/i/{token}";
/// The pattern of [`carried_refuse`].
pub const CARRIED_REFUSE: &str = "/i/{token}/refuse";
/// The pattern of [`confirm`].
pub const CONFIRM: &str = "/confirm/{token}";
/// The pattern of [`confirm_refuse`].
pub const CONFIRM_REFUSE: &str = "/confirm/{token}/refuse";
/// The pattern of [`mine`].
pub const MINE: &str = "/my/{token}";
/// The pattern of [`mine_withdraw`].
pub const MINE_WITHDRAW: &str = "/my/{token}/withdraw";
/// The pattern of [`mine_object`].
pub const MINE_OBJECT: &str = "/my/{token}/object";
/// The pattern of [`mine_erase`].
pub const MINE_ERASE: &str = "/my/{token}/erase";
/// After the form: a mail is on its way.
pub const CONSENT_SENT: Path = Path::fixed("/consent/sent");
/// After the form: the neutral answer.
pub const CONSENT_NEUTRAL: Path = Path::fixed("/consent/neutral");
/// After a no.
pub const CONSENT_REFUSED: Path = Path::fixed("/consent/refused");
/// After an erasure.
pub const CONSENT_ERASED: Path = Path::fixed("/consent/erased");
/// After an objection.
pub const CONSENT_OBJECTED: Path = Path::fixed("/consent/objected");

fn under(folder: &str, token: &str, act: &str) -> Path {
    Path(Cow::Owned(format!("/{folder}/{}{act}", segment(token))))
}

/// The link of a submitted referral, carried by its advocate.
pub fn carried(token: &str) -> Path {
    under("i", token, "")
}

/// Says no to a carried link.
pub fn carried_refuse(token: &str) -> Path {
    under("i", token, "/refuse")
}

/// The link of the confirmation mail.
pub fn confirm(token: &str) -> Path {
    under("confirm", token, "")
}

/// Says no behind the confirmation mail.
pub fn confirm_refuse(token: &str) -> Path {
    under("confirm", token, "/refuse")
}

/// A contact's private page.
pub fn mine(token: &str) -> Path {
    under("my", token, "")
}

/// Takes consent back.
pub fn mine_withdraw(token: &str) -> Path {
    under("my", token, "/withdraw")
}

/// Objects.
pub fn mine_object(token: &str) -> Path {
    under("my", token, "/object")
}

/// Erases.
pub fn mine_erase(token: &str) -> Path {
    under("my", token, "/erase")
}

/// A text as one segment of a path: whatever could mean something else there is left out.
fn segment(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
}

/// The code of `?ref=` or `?via=` in a path with its query.
pub fn referred(path_and_query: &str) -> Option<Path> {
    let (_, query) = path_and_query.split_once('?')?;
    let code = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("ref=").or_else(|| pair.strip_prefix("via=")))
        .map(segment)
        .filter(|code| !code.is_empty())?;
    Some(link(&code))
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
    fn a_reference_in_the_query_is_a_link() {
        assert_eq!(referred("/?ref=anna-berger").unwrap().as_str(), "/r/anna-berger");
        assert_eq!(referred("/?x=1&via=anna-berger").unwrap().as_str(), "/r/anna-berger");
        assert_eq!(referred("/?ref=../evil%2f").unwrap().as_str(), "/r/evil2f");
        assert_eq!(referred("/?ref="), None);
        assert_eq!(referred("/"), None);
    }
}
