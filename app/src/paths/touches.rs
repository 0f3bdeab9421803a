//! Links and codes of advocates.

use domain::ids::TouchId;

use super::{Path, built, segment};

/// One's own link, code and QR code.
pub const SHARE: Path = Path::fixed("/share");
/// The QR code as a drawing.
pub const SHARE_QR_SVG: Path = Path::fixed("/share/qr.svg");
/// The QR code as a picture.
pub const SHARE_QR_PNG: Path = Path::fixed("/share/qr.png");
/// What each channel has brought all advocates.
pub const CHANNELS: Path = Path::fixed("/manage/channels");
/// Where a code is typed that somebody heard or read.
pub const CODE: Path = Path::fixed("/code");
/// The pattern of [`link`].
pub const LINK: &str = "/r/{code}";

/// The code in a [`LINK`], as it was typed; `None` for every other path.
pub fn link_code(path: &str) -> Option<&str> {
    path.strip_prefix("/r/").filter(|code| !code.is_empty() && !code.contains('/'))
}

/// The pattern of [`landing`].
pub const LANDING: &str = "/l/{code}";
/// The pattern of [`landing_refuse`].
pub const LANDING_REFUSE: &str = "/l/{code}/refuse";
/// The pattern of [`landing_remember`].
pub const LANDING_REMEMBER: &str = "/l/{code}/remember";
/// Forgets the recommendation that this browser remembers.
pub const FORGET: Path = Path::fixed("/remembered/forget");

/// Remembers an advocate's recommendation on this device.
pub fn landing_remember(code: &str) -> Path {
    built(format!("/l/{}/remember", segment(code)))
}

/// An advocate's link.
pub fn link(code: &str) -> Path {
    built(format!("/r/{}", segment(code)))
}

/// The landing page behind an advocate's link, and the touch that led there.
pub fn landing(code: &str, touch: Option<TouchId>) -> Path {
    let touch = touch.map_or_else(String::new, |touch| format!("?c={touch}"));
    built(format!("/l/{}{touch}", segment(code)))
}

/// Says no to an advocate's link.
pub fn landing_refuse(code: &str) -> Path {
    built(format!("/l/{}/refuse", segment(code)))
}

/// The link of `?ref=` or `?via=` in a path with its query, and the channel it was met on.
pub fn referred(path_and_query: &str) -> Option<Path> {
    let (_, query) = path_and_query.split_once('?')?;
    let code = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("ref=").or_else(|| pair.strip_prefix("via=")))
        .map(segment)
        .filter(|code| !code.is_empty())?;
    let channel = query.split('&').find_map(|pair| pair.strip_prefix("ch=")).map(segment);
    Some(link(&code).with_query([("ch", channel.unwrap_or_default().as_str())]))
}
