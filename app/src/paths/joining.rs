//! Joining without a letter, inviting colleagues, and staff's decision; doing without mails.

use uuid::Uuid;

use super::{Path, built, segment, with_id};

/// Where somebody asks to join by themselves.
pub const JOIN_ASK: Path = Path::fixed("/join/ask");
/// After the form: the same for everybody.
pub const JOIN_SENT: Path = Path::fixed("/join/sent");
/// After confirming: staff look at it.
pub const JOIN_WAITING: Path = Path::fixed("/join/waiting");
/// The link leads nowhere.
pub const JOIN_GONE: Path = Path::fixed("/join/gone");
/// The route of [`join_with`].
pub const JOIN_WITH: &str = "/join/with/{code}";
/// The link of the mail.
pub const JOIN_CONFIRM: &str = "/join/confirm/{token}";

/// The form behind a colleague's link.
pub fn join_with(code: &str) -> Path {
    built(format!("/join/with/{}", segment(code)))
}

/// Where an address is confirmed.
pub fn join_confirm(token: &str) -> Path {
    built(format!("/join/confirm/{}", segment(token)))
}

/// One's own link for colleagues.
pub const COLLEAGUES: Path = Path::fixed("/colleagues");
/// Ends it.
pub const COLLEAGUES_END: Path = Path::fixed("/colleagues/end");

/// Those who wait for staff.
pub const JOIN_REQUESTS: Path = Path::fixed("/manage/people/requests");
/// Whether anybody may ask.
pub const JOIN_SETTING: Path = Path::fixed("/manage/people/requests/setting");
/// The route of [`join_approval`].
pub const JOIN_APPROVAL: &str = "/manage/people/requests/{id}/approve";
/// The route of [`join_refusal`].
pub const JOIN_REFUSAL: &str = "/manage/people/requests/{id}/refuse";

/// Lets somebody in.
pub fn join_approval(id: Uuid) -> Path {
    with_id(JOIN_APPROVAL, id)
}

/// Turns somebody down.
pub fn join_refusal(id: Uuid) -> Path {
    with_id(JOIN_REFUSAL, id)
}

/// How one takes part.
pub const MANNERS: Path = Path::fixed("/profile/manners");
/// What one wants to be written about.
pub const WISHES: Path = Path::fixed("/profile/messages");
/// The link at the foot of a mail.
pub const MAIL_STOP: &str = "/mail/{id}/stop/{token}";

/// The link at the foot of a mail.
pub fn mail_stop(mail: Uuid, token: &str) -> Path {
    built(format!("/mail/{mail}/stop/{}", segment(token)))
}
