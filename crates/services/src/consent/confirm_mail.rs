//! The one mail a contact gets before they have agreed to anything.

use domain::{
    consent::Transactional,
    ids::ContactId,
    text::{EmailAddress, Language},
};
use store::{StoreError, Tx};
use words::{Words, keys};

use super::confirm_token;
use crate::{
    Ctx,
    mail::{Letter, Stranger, post_to_stranger},
    referrals::settings,
};

/// Writes it, to the address that was typed into the form by whoever owns it. Nothing else that was typed stands in
/// it: a stranger's form must not become a stranger's letter.
pub(super) async fn write(
    ctx: &Ctx,
    tx: &Tx,
    contact: ContactId,
    to: &EmailAddress,
    language: Language,
) -> Result<(), StoreError> {
    let words = Words::new(language);
    let days = i64::from(settings(ctx).0.consent_days.get());
    let host = || ("host", ctx.host.name.as_str().into());
    let letter = Letter {
        subject: words.with(keys::MAIL_CONFIRM_SUBJECT, [host()]),
        greeting: words.say(keys::MAIL_CONFIRM_GREETING).into_owned(),
        paragraphs: vec![words.with(keys::MAIL_CONFIRM_TEXT, [host()])],
        button: Some((
            words.say(keys::MAIL_CONFIRM_BUTTON).into_owned(),
            ctx.url(&format!("/confirm/{}", confirm_token(ctx, contact))),
        )),
        closing: words.with(keys::MAIL_CONFIRM_CLOSING, [host(), ("days", days.into())]),
        signature: ctx.host.name.clone(),
    };
    let to = Stranger { to, language, contact: Some(contact) };
    post_to_stranger(ctx, tx, Transactional::ConsentConfirm, to, &letter).await
}
