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

/// What a contact may allow besides, in their own words.
pub fn steps_wording(advertised: &Advertised, words: Words) -> String {
    let name = advertised.name.clone().unwrap_or_else(|| words.say(keys::CONSENT_SOMEBODY).into_owned());
    words.with(keys::CONSENT_SHOWS_STEPS, [("name", name.into())])
}

/// All that somebody agreed to: the words of the consent, and what they have ticked besides.
pub(super) fn agreed_wording(ctx: &Ctx, advertised: &Advertised, words: Words, shows_steps: bool) -> String {
    let consent = wording(ctx, advertised, words);
    if shows_steps { format!("{consent} {}.", steps_wording(advertised, words)) } else { consent }
}
