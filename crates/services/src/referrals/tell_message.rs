//! Telling the other side of a dialogue that there is something to read, and never what.

use domain::{
    consent::Transactional,
    ids::{MemberId, ReferralId},
    members::Role,
    referrals::{DialogueSide, Facts},
};
use store::{StoreError, Tx};
use words::{Words, keys};

use crate::{
    Ctx,
    jobs::{Job, JobError},
    mail::{self, Letter},
    settings::default_owner,
};

/// Who is told on this side. What nobody looks after is everybody's, so that nothing is overlooked.
pub(super) async fn readers(
    ctx: &Ctx,
    referral: &Facts,
    side: DialogueSide,
) -> Result<Vec<MemberId>, StoreError> {
    let owner = match side {
        DialogueSide::Advocate => Some(referral.advocate),
        DialogueSide::Staff => match referral.account_manager {
            Some(manager) => Some(manager),
            None => default_owner(ctx).await?,
        },
    };
    if let Some(owner) = owner {
        return Ok(vec![owner]);
    }
    let managers = ctx.store.members().with_role(Role::AccountManager).await?;
    Ok(managers.into_iter().map(|manager| manager.id).collect())
}

/// Lets these people be told.
pub(super) async fn tell(
    ctx: &Ctx,
    tx: &Tx,
    referral: ReferralId,
    side: DialogueSide,
    readers: &[MemberId],
) -> Result<(), StoreError> {
    for reader in readers {
        let job = Job::TellMessage { referral: referral.into(), side, reader: (*reader).into() };
        tx.push_job(job.to_new(ctx, ctx.now())).await?;
    }
    Ok(())
}

/// The job behind a new message. Whoever has looked in the meantime is told nothing.
pub(crate) async fn tell_message(
    ctx: &Ctx,
    tx: &Tx,
    id: ReferralId,
    side: DialogueSide,
    reader: MemberId,
) -> Result<(), JobError> {
    if tx.referrals().unread(id, side).await? == 0 {
        return Ok(());
    }
    let Some(stored) = tx.referrals().load(id).await? else { return Ok(()) };
    let Some(reader) = tx.members().person(reader).await? else { return Ok(()) };
    let words = Words::new(reader.language);
    let values = [("company", stored.facts.company.as_str().into()), ("host", ctx.host.name.as_str().into())];
    let (text, closing, path) = match side {
        DialogueSide::Advocate => {
            (keys::MAIL_MESSAGE_ADVOCATE, keys::MAIL_REFERRAL_CLOSING, format!("/referrals/{id}"))
        }
        DialogueSide::Staff => {
            (keys::MAIL_MESSAGE_STAFF, keys::MAIL_MESSAGE_STAFF_CLOSING, format!("/work/referrals/{id}"))
        }
    };
    let letter = Letter {
        subject: words.with(keys::MAIL_MESSAGE_SUBJECT, values.clone()),
        greeting: words.with(keys::MAIL_GREETING, [("name", reader.name.as_str().into())]),
        paragraphs: vec![words.with(text, values)],
        button: Some((words.say(keys::MAIL_MESSAGE_BUTTON).into_owned(), ctx.url(&path))),
        closing: words.with(closing, [("host", ctx.host.name.as_str().into())]),
        signature: ctx.host.name.clone(),
    };
    Ok(mail::post(ctx, tx, Transactional::Message, &reader, &letter).await?)
}
