//! Thanks to the advocate come from a named person, who writes and sends them.

use domain::{consent::Transactional, ids::ReferralId, members::AccountManaging, text::Reason};
use serde_json::json;
use store::{StoreError, referrals::Message};
use words::{Words, keys};

use super::settings;
use crate::{
    Ctx,
    mail::{self, Letter},
};

/// Why no thanks went out.
#[derive(Debug, thiserror::Error)]
pub enum ThankError {
    /// There is no such referral, or it is not theirs.
    #[error("not_found")]
    NotFound,
    /// Somebody has thanked already.
    #[error("thanked_already")]
    Already,
    /// The memory failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Sends the account manager's own words to the advocate, and stops the clock.
///
/// # Errors
/// [`ThankError::Already`] when somebody was faster: nobody is thanked twice.
pub async fn thank(
    ctx: &Ctx,
    power: &AccountManaging,
    referral: ReferralId,
    body: Reason,
) -> Result<(), ThankError> {
    let now = ctx.now();
    let tx = ctx.store.begin().await?;
    let facts = tx.referrals().load(referral).await?.ok_or(ThankError::NotFound)?.facts;
    if !power.covers(facts.account_manager) {
        return Err(ThankError::NotFound);
    }
    let (rules, clocks) = settings();
    let due = facts.next_due(true, &rules, &clocks);
    if !tx.referrals().set_thanks_done(referral, now, due).await? {
        return Err(ThankError::Already);
    }
    let sender = tx.members().person(power.member()).await?.ok_or(ThankError::NotFound)?;
    let message = Message {
        id: ctx.new_id(),
        author: power.member(),
        kind: "thanks".to_owned(),
        body: body.as_str().to_owned(),
        at: now,
    };
    tx.referrals().insert_message(referral, message).await?;
    // An advocate who has left is thanked on the page alone.
    if let Some(advocate) = tx.members().person(facts.advocate).await? {
        let words = Words::new(advocate.language);
        let letter = Letter {
            subject: words.with(keys::MAIL_THANKS_SUBJECT, [("company", facts.company.as_str().into())]),
            greeting: words.with(keys::MAIL_GREETING, [("name", advocate.name.as_str().into())]),
            paragraphs: vec![body.as_str().to_owned()],
            button: Some((
                words.say(keys::MAIL_REFERRAL_BUTTON).into_owned(),
                ctx.url(&format!("/referrals/{referral}")),
            )),
            closing: words.with(keys::MAIL_REFERRAL_CLOSING, [("host", ctx.host.name.as_str().into())]),
            signature: format!("{}, {}", sender.name, ctx.host.name),
        };
        mail::post(ctx, &tx, Transactional::Thanks, &advocate, &letter).await?;
    }
    tx.audit(ctx.audit_entry(Some(power.member()), "referrals.thank", "referral", referral, json!({})))
        .await?;
    Ok(tx.commit().await?)
}
