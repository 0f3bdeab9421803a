//! Every URL, spelled once. Nothing else in the product writes a path, so a redirect can only go to one of these.

use std::{borrow::Cow, fmt};

use domain::ids::ReferralId;
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

/// The form for a new referral.
pub const REFER: Path = Path::fixed("/refer");
/// One's own referrals.
pub const REFERRALS: Path = Path::fixed("/referrals");
/// The route of [`referral`].
pub const REFERRAL: &str = "/referrals/{id}";
/// The route of [`referral_choice`].
pub const REFERRAL_CHOICE: &str = "/referrals/{id}/incentive";
/// The route of [`referral_withdrawal`].
pub const REFERRAL_WITHDRAWAL: &str = "/referrals/{id}/withdrawal";
/// The route of [`referral_message`].
pub const REFERRAL_MESSAGE: &str = "/referrals/{id}/messages";
/// The board of open referrals.
pub const BOARD: Path = Path::fixed("/work/board");
/// All referrals that one looks after, as a list.
pub const WORK_REFERRALS: Path = Path::fixed("/work/referrals");
/// The route of [`work_referral`].
pub const WORK_REFERRAL: &str = "/work/referrals/{id}";
/// The route of [`work_move`].
pub const WORK_MOVE: &str = "/work/referrals/{id}/stage";
/// The route of [`work_thanks`].
pub const WORK_THANKS: &str = "/work/referrals/{id}/thanks";
/// The route of [`work_message`].
pub const WORK_MESSAGE: &str = "/work/referrals/{id}/messages";

/// The route of [`carried`].
pub const CARRIED: &str = "/i/{token}";

/// Where the link leads that an advocate carries to a contact.
pub fn carried(token: &str) -> Path {
    Path(Cow::Owned(CARRIED.replace("{token}", token)))
}

/// A path with an id in it.
fn with_id(route: &str, id: impl fmt::Display) -> Path {
    Path(Cow::Owned(route.replace("{id}", &id.to_string())))
}

/// One's own referral.
pub fn referral(id: ReferralId) -> Path {
    with_id(REFERRAL, id)
}
/// Where its incentive is chosen.
pub fn referral_choice(id: ReferralId) -> Path {
    with_id(REFERRAL_CHOICE, id)
}
/// Where it is taken back.
pub fn referral_withdrawal(id: ReferralId) -> Path {
    with_id(REFERRAL_WITHDRAWAL, id)
}
/// Where its advocate writes.
pub fn referral_message(id: ReferralId) -> Path {
    with_id(REFERRAL_MESSAGE, id)
}
/// A referral that one looks after.
pub fn work_referral(id: ReferralId) -> Path {
    with_id(WORK_REFERRAL, id)
}
/// Where its stage is moved.
pub fn work_move(id: ReferralId) -> Path {
    with_id(WORK_MOVE, id)
}
/// Where its advocate is thanked.
pub fn work_thanks(id: ReferralId) -> Path {
    with_id(WORK_THANKS, id)
}
/// Where its account manager writes.
pub fn work_message(id: ReferralId) -> Path {
    with_id(WORK_MESSAGE, id)
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
}
