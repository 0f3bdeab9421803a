//! Thanks to the advocate come from a named person, who writes and sends them; where nobody has before the promise is
//! broken, from the programme team and in nobody's name.

use domain::{
    consent::Transactional,
    ids::{MemberId, ReferralId},
    members::AccountManaging,
    moments::{ClockKind, clock, fallback_thanks_at},
    referrals::{Event, EventKind, Facts, MoverKind},
    text::Reason,
};
use serde_json::json;
use store::{StoreError, Tx, members::Person, referrals::Message};
use words::{Words, keys};

use super::{redate::thanks, settings};
use crate::{
    Ctx,
    jobs::JobError,
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
    // What is due next follows from where the referral stands: it stands still from here on.
    tx.referrals().lock_thanks(referral).await?;
    let facts = tx.referrals().load(referral).await?.ok_or(ThankError::NotFound)?.facts;
    if !power.covers(facts.account_manager) {
        return Err(ThankError::NotFound);
    }
    if !thanked(ctx, &tx, &facts, Some(power.member())).await? {
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
        let signature = format!("{}, {}", sender.name, ctx.host.name);
        write(ctx, &tx, &facts, &advocate, body.as_str().to_owned(), signature).await?;
    }
    tx.audit(ctx.audit_entry(Some(power.member()), "referrals.thank", "referral", referral, json!({})))
        .await?;
    Ok(tx.commit().await?)
}

/// The job shortly before the thanks are late: where nobody has thanked and the promise still stands, the programme team
/// does, in nobody's name. It may run twice, and beside an account manager: one of them is first.
pub(crate) async fn fallback_thanks(ctx: &Ctx, tx: &Tx, referral: ReferralId) -> Result<(), JobError> {
    tx.referrals().lock_thanks(referral).await?;
    let Some(stored) = tx.referrals().load(referral).await? else { return Ok(()) };
    let facts = stored.facts;
    let clocks = settings(ctx).1;
    let at = fallback_thanks_at(facts.submitted_at, &clocks);
    if at > ctx.now() && stored.thanks_done_at.is_none() {
        // More time was given since this was ordered.
        return Ok(tx.push_job(thanks(ctx, &facts, at)).await?);
    }
    let promise = clock(ClockKind::Thanks, &facts.progress(), stored.thanks_done_at, ctx.now(), &clocks);
    if promise.is_none() || !thanked(ctx, tx, &facts, None).await? {
        return Ok(());
    }
    if let Some(advocate) = tx.members().person(facts.advocate).await? {
        let words = Words::new(advocate.language);
        let host = || [("host", ctx.host.name.as_str().into())];
        let said = words.with(
            keys::MAIL_THANKS_TEAM,
            [("company", facts.company.as_str().into()), ("host", ctx.host.name.as_str().into())],
        );
        write(ctx, tx, &facts, &advocate, said, words.with(keys::MAIL_THANKS_TEAM_SIGNATURE, host())).await?;
    }
    let details = json!({ "by": "programme_team" });
    Ok(tx.audit(ctx.audit_entry(None, "referrals.thank", "referral", referral, details)).await?)
}

/// Stops the clock and notes on the timeline who has thanked; `None` is the programme team. Answers whether nobody was
/// faster.
async fn thanked(ctx: &Ctx, tx: &Tx, facts: &Facts, member: Option<MemberId>) -> Result<bool, StoreError> {
    let now = ctx.now();
    let (rules, clocks) = settings(ctx);
    let due = facts.next_due(true, &rules, &clocks);
    // Of two who thank at the same moment one finds it done.
    if !tx.referrals().set_thanks_done(facts.id, now, due).await? {
        return Ok(false);
    }
    let by = if member.is_some() { MoverKind::Staff } else { MoverKind::System };
    let event = Event { at: now, by, member, kind: EventKind::Thanked };
    tx.referrals().append_events(facts.id, &mut || ctx.new_id(), &[event]).await?;
    Ok(true)
}

/// Writes the mail that thanks.
async fn write(
    ctx: &Ctx,
    tx: &Tx,
    facts: &Facts,
    advocate: &Person,
    said: String,
    signature: String,
) -> Result<(), StoreError> {
    let words = Words::new(advocate.language);
    let letter = Letter {
        subject: words.with(keys::MAIL_THANKS_SUBJECT, [("company", facts.company.as_str().into())]),
        greeting: words.with(keys::MAIL_GREETING, [("name", advocate.name.as_str().into())]),
        paragraphs: vec![said],
        button: Some((
            words.say(keys::MAIL_REFERRAL_BUTTON).into_owned(),
            ctx.url(&format!("/referrals/{}", facts.id)),
        )),
        closing: words.with(keys::MAIL_REFERRAL_CLOSING, [("host", ctx.host.name.as_str().into())]),
        signature,
    };
    mail::post(ctx, tx, Transactional::Thanks, advocate, &letter).await
}
