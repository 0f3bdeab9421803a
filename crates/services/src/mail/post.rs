//! The one way a mail is written.

use domain::{
    consent::{MailKind, Transactional},
    text::{EmailAddress, Language},
};
use store::{StoreError, Tx, mails::NewMail, members::Person};
use uuid::Uuid;
use words::{Words, keys};

use super::{Letter, can_be_stopped, stop_path};
use crate::{Ctx, jobs::Job};

/// Writes this letter to a member, to leave at once. What a member does without is not written: it stands on their
/// pages as well.
///
/// # Errors
/// When the memory fails.
pub(crate) async fn post(
    ctx: &Ctx,
    tx: &Tx,
    kind: impl Into<MailKind>,
    to: &Person,
    letter: &Letter,
) -> Result<(), StoreError> {
    let kind = kind.into();
    let member = to.actor.member;
    let id: Uuid = ctx.new_id();
    let mut stop = None;
    if can_be_stopped(kind.as_str()) {
        if let MailKind::Transactional(kind) = kind
            && tx.permissions().muted(member).await?.contains(&kind)
        {
            return Ok(());
        }
        let label = Words::new(to.language).say(keys::MAIL_STOP).into_owned();
        stop = Some((label, ctx.url(&stop_path(ctx, id))));
    }
    tx.insert_mail(NewMail {
        id,
        kind,
        recipient: Some(member),
        contact: None,
        to: to.email.as_str().to_owned(),
        subject: letter.subject.clone(),
        text: letter.text(stop.as_ref()),
        html: letter.html(to.language, stop.as_ref()),
        created_at: ctx.now(),
    })
    .await?;
    tx.push_job(Job::SendMail { mail: id }.to_new(ctx, ctx.now())).await
}

/// Somebody who is no member and has typed this address for themselves. Nobody else's may ever stand here.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stranger<'a> {
    /// The address they have typed.
    pub(crate) to: &'a EmailAddress,
    /// The language they want to be written to in.
    pub(crate) language: Language,
    /// The contact they are, if they are one.
    pub(crate) contact: Option<domain::ids::ContactId>,
}

/// Writes this letter to somebody who is no member: transactional ones only, since there is no permission to ask.
///
/// # Errors
/// When the memory fails.
pub(crate) async fn post_to_stranger(
    ctx: &Ctx,
    tx: &Tx,
    kind: Transactional,
    to: Stranger<'_>,
    letter: &Letter,
) -> Result<(), StoreError> {
    let id: Uuid = ctx.new_id();
    tx.insert_mail(NewMail {
        id,
        kind: kind.into(),
        recipient: None,
        contact: to.contact,
        to: to.to.as_str().to_owned(),
        subject: letter.subject.clone(),
        text: letter.text(None),
        html: letter.html(to.language, None),
        created_at: ctx.now(),
    })
    .await?;
    tx.push_job(Job::SendMail { mail: id }.to_new(ctx, ctx.now())).await
}
