//! The dialogue of a referral: advocate and account manager ask and answer.

use domain::{ids::ReferralId, members::Actor, referrals::DialogueSide, text::Reason};
use store::{
    StoreError,
    referrals::{Message, StoredReferral},
};

use super::{
    duties,
    tell_message::{readers, tell},
};
use crate::Ctx;

/// Why nothing was said.
#[derive(Debug, thiserror::Error)]
pub enum SayError {
    /// There is no such referral, or it is not theirs.
    #[error("not_found")]
    NotFound,
    /// The memory failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Adds a message to a referral's dialogue. `form` is made with the form: pressed twice, it says the same once.
///
/// # Errors
/// [`SayError::NotFound`] for anybody but its advocate and whoever looks after it.
pub async fn say(
    ctx: &Ctx,
    actor: &Actor,
    referral: ReferralId,
    body: Reason,
    form: Option<&str>,
) -> Result<(), SayError> {
    let said = |form| format!("{}:{referral}:{form}:{}", actor.member, body.as_str());
    let form = form.map(|form| ctx.secret.hash("message-form", &said(form)));
    match add(ctx, actor, referral, body, form.as_deref()).await {
        // The first press was a moment faster.
        Err(SayError::Store(StoreError::Conflict)) if form.is_some() => Ok(()),
        done => done,
    }
}

async fn add(
    ctx: &Ctx,
    actor: &Actor,
    referral: ReferralId,
    body: Reason,
    form: Option<&str>,
) -> Result<(), SayError> {
    let duties = duties(ctx, actor.member).await?;
    let tx = ctx.store.begin().await?;
    if let Some(form) = form
        && tx.referrals().form_done(form).await?
    {
        return Ok(());
    }
    let facts = tx.referrals().load(referral).await?.ok_or(SayError::NotFound)?.facts;
    let own = actor.referrer().is_some_and(|power| power.member() == facts.advocate);
    let managed = actor.account_managing(duties).is_some_and(|power| power.covers(facts.account_manager));
    if !own && !managed {
        return Err(SayError::NotFound);
    }
    if let Some(form) = form {
        tx.referrals().note_form(form, referral, ctx.now()).await?;
    }
    let (kind, to) = if own { ("question", DialogueSide::Staff) } else { ("answer", DialogueSide::Advocate) };
    let readers = readers(ctx, &facts, to).await?;
    let message = Message {
        id: ctx.new_id(),
        author: actor.member,
        kind: kind.to_owned(),
        body: body.into_string(),
        at: ctx.now(),
    };
    tx.referrals().insert_message(referral, message).await?;
    // Who has been told of one message and has not looked is not told of the next.
    if tx.referrals().count_unread(referral, to).await? == 1 {
        tell(ctx, &tx, referral, to, &readers).await?;
    }
    tx.audit(ctx.audit_entry(
        Some(actor.member),
        "referrals.say",
        "referral",
        referral,
        serde_json::json!({}),
    ))
    .await?;
    Ok(tx.commit().await?)
}

/// Notes that this side has looked at its new messages, as many as the page shows.
///
/// # Errors
/// When the memory fails.
pub async fn looked(ctx: &Ctx, stored: &StoredReferral, side: DialogueSide) -> Result<(), StoreError> {
    let seen = match side {
        DialogueSide::Advocate => stored.advocate_unread,
        DialogueSide::Staff => stored.staff_unread,
    };
    if seen == 0 {
        return Ok(());
    }
    let tx = ctx.store.begin().await?;
    tx.referrals().looked(stored.facts.id, side, seen).await?;
    tx.commit().await
}
