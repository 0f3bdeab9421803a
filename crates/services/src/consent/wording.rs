//! The words of the consent itself.

use words::{Words, keys};

use super::Advertised;
use crate::Ctx;

/// Version of the words in `consent.ftl`. Whoever changes `consent-wording` there counts this up: each consent keeps
/// the version and the full text that the person read.
pub const WORDING_VERSION: u32 = 1;

/// The words a contact agrees to.
pub fn wording(ctx: &Ctx, advertised: &Advertised, words: Words) -> String {
    let name = advertised.name.clone().unwrap_or_else(|| words.say(keys::CONSENT_SOMEBODY).into_owned());
    words.with(keys::CONSENT_WORDING, [("host", ctx.host.name.as_str().into()), ("name", name.into())])
}
