//! The two mails of joining: whether the address is theirs, and what staff have decided. Neither repeats what was typed
//! into the form: a stranger's form must not become a stranger's letter.

use domain::consent::Transactional;
use store::{StoreError, Tx, joining::JoinRequest};
use uuid::Uuid;
use words::{Words, keys};

use super::token;
use crate::{
    Ctx,
    jobs::JobError,
    mail::{Letter, Stranger, post_to_stranger},
};

/// The job behind the form: asks whether the address is theirs, if there is anybody to ask.
pub(crate) async fn write_join_mail(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<(), JobError> {
    let Some(request) = tx.joining().request(id).await? else { return Ok(()) };
    // A mail that comes after its link has lapsed (the server was away) only confuses.
    if request.confirmed_at.is_some() || request.expires_at <= ctx.now() {
        return Ok(());
    }
    let words = Words::new(request.language);
    let host = || ("host", ctx.host.name.as_str().into());
    let letter = Letter {
        subject: words.with(keys::MAIL_JOIN_SUBJECT, [host()]),
        greeting: words.say(keys::MAIL_CONFIRM_GREETING).into_owned(),
        paragraphs: vec![words.with(keys::MAIL_JOIN_TEXT, [host()])],
        button: Some((
            words.say(keys::MAIL_JOIN_BUTTON).into_owned(),
            ctx.url(&format!("/join/confirm/{}", token(ctx, id))),
        )),
        closing: words.with(keys::MAIL_JOIN_CLOSING, [host()]),
        signature: ctx.host.name.clone(),
    };
    let to = Stranger { to: &request.email, language: request.language, contact: None };
    Ok(post_to_stranger(ctx, tx, Transactional::JoinConfirm, to, &letter).await?)
}

/// Tells somebody whose address is confirmed what staff have decided.
pub(super) async fn write_answer(
    ctx: &Ctx,
    tx: &Tx,
    request: &JoinRequest,
    welcome: bool,
) -> Result<(), StoreError> {
    let words = Words::new(request.language);
    let host = || ("host", ctx.host.name.as_str().into());
    let text = if welcome { keys::MAIL_JOIN_WELCOME } else { keys::MAIL_JOIN_REFUSED };
    let button = (words.say(keys::MAIL_SIGN_IN_BUTTON).into_owned(), ctx.url("/sign-in"));
    let letter = Letter {
        subject: words.with(keys::MAIL_JOIN_ANSWER_SUBJECT, [host()]),
        greeting: words.with(keys::MAIL_GREETING, [("name", request.name.as_str().into())]),
        paragraphs: vec![words.with(text, [host()])],
        button: welcome.then_some(button),
        closing: words.with(keys::MAIL_JOIN_ANSWER_CLOSING, [host()]),
        signature: ctx.host.name.clone(),
    };
    let to = Stranger { to: &request.email, language: request.language, contact: None };
    post_to_stranger(ctx, tx, Transactional::JoinAnswer, to, &letter).await
}
