//! What contacts are shown.

use super::{Path, under};

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
