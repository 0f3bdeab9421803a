//! The dialogue of a referral: advocate and account manager ask and answer.

use domain::{ids::ReferralId, members::Actor, text::Reason};
use store::{StoreError, referrals::Message};

use super::duties;
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

/// Adds a message to a referral's dialogue.
///
/// # Errors
/// [`SayError::NotFound`] for anybody but its advocate and whoever looks after it.
pub async fn say(ctx: &Ctx, actor: &Actor, referral: ReferralId, body: Reason) -> Result<(), SayError> {
    let duties = duties(ctx, actor.member).await?;
    let tx = ctx.store.begin().await?;
    let facts = tx.referrals().load(referral).await?.ok_or(SayError::NotFound)?.facts;
    let own = actor.referrer().is_some_and(|power| power.member() == facts.advocate);
    let managed = actor.account_managing(duties).is_some_and(|power| power.covers(facts.account_manager));
    if !own && !managed {
        return Err(SayError::NotFound);
    }
    let kind = if own { "question" } else { "answer" };
    let message = Message {
        id: ctx.new_id(),
        author: actor.member,
        kind: kind.to_owned(),
        body: body.into_string(),
        at: ctx.now(),
    };
    tx.referrals().insert_message(referral, message).await?;
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
