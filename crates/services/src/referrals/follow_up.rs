//! What follows from every event of a referral, in the transaction of the event itself.

use chrono::{DateTime, Utc};
use domain::{
    accounts::WorkDomain,
    consent::{ConsentPath, ConsentState},
    ids::ReferralId,
    moments::{fallback_thanks_at, silence_notice_at},
    referrals::{Closing, Event, EventKind, Facts, Move, Mover, Position, Referral, Step},
};
use serde_json::json;
use store::{StoreError, Tx, referrals::StoredReferral};

use super::{
    redate::{expiry, notice, thanks},
    settings, stock,
};
use crate::{
    Ctx, fraud,
    jobs::{Job, JobError},
    rewards,
};

/// Stores what a move has changed, and lets follow what follows.
///
/// # Errors
/// [`StoreError::Stale`] when somebody moved it since `before` was read.
pub async fn record(
    ctx: &Ctx,
    tx: &Tx,
    before: &StoredReferral,
    after: &Facts,
    events: &[Event],
) -> Result<(), StoreError> {
    let (rules, clocks) = settings(ctx);
    // Somebody may have thanked since `before` was read: that is no change of the referral, but keeps a promise.
    let thanked = tx.referrals().lock_thanks(after.id).await?.is_some();
    let after = &stock::keep(ctx, tx, after).await?;
    let due = after.next_due(thanked, &rules, &clocks);
    tx.referrals().save(after, before.version, due, after.expires_at(&rules)).await?;
    after_events(ctx, tx, Some(&before.facts), after, events).await?;
    stock::give_back(tx, after).await
}

/// Lets follow what follows from these events: timeline, clocks, claims, notices. `before` is `None` for a new
/// referral.
///
/// # Errors
/// When the memory fails.
pub async fn after_events(
    ctx: &Ctx,
    tx: &Tx,
    before: Option<&Facts>,
    after: &Facts,
    events: &[Event],
) -> Result<(), StoreError> {
    if events.is_empty() {
        return Ok(());
    }
    let now = ctx.now();
    tx.referrals().append_events(after.id, &mut || ctx.new_id(), events).await?;
    for event in events {
        tx.audit(ctx.audit_entry(event.member, "referrals.event", "referral", after.id, audited(event)))
            .await?;
    }
    if after.position.open().is_none_or(|step| step >= Step::Contacted) && before.is_some() {
        let spoken_to = events.iter().any(
            |event| matches!(&event.kind, EventKind::Moved { to, .. } if to.step().is_some_and(|step| step >= Step::Contacted)),
        );
        if spoken_to {
            tx.referrals().set_contact_done(after.id, now).await?;
        }
    }
    rewards::follow(ctx, tx, before, after, events).await?;
    if tells_something(before, after, events) {
        fraud::check(ctx, tx, after).await?;
    }
    // Whom it has won is a customer from now on, and nobody's to refer again.
    if matches!(after.position, Position::Ended { .. }) {
        tx.referrals().release_claims(after.id).await?;
    }
    let answered = after.consent != ConsentState::Awaiting || after.position.open().is_none();
    if answered && after.consent_path == ConsentPath::HumanFirstContact {
        // Nobody is to be spoken to first any more.
        tx.first_contacts().delete(after.id).await?;
    }
    // The advocate is told what they can see change, nothing finer.
    let seen_before = before.map(|before| before.position.advocate_view());
    if seen_before.is_some_and(|seen| seen != after.position.advocate_view()) {
        let view = Some(after.position.advocate_view());
        let told = Job::TellAdvocate { referral: after.id.into(), silent: false, view };
        tx.push_job(told.to_new(ctx, now)).await?;
    }
    let (rules, clocks) = settings(ctx);
    if before.is_none() {
        tx.push_job(thanks(ctx, after, fallback_thanks_at(after.submitted_at, &clocks))).await?;
    }
    if let Some(at) = after.expires_at(&rules) {
        tx.push_job(expiry(ctx, after, at)).await?;
    }
    if let Some(at) = silence_notice_at(after, &clocks) {
        tx.push_job(notice(ctx, after, at)).await?;
    }
    Ok(())
}

/// Whether something has become a fact that the checks of misuse look at.
fn tells_something(before: Option<&Facts>, after: &Facts, events: &[Event]) -> bool {
    let agreed =
        |event: &Event| matches!(event.kind, EventKind::ConsentChanged { to: ConsentState::Given, .. });
    let won = |facts: &Facts| facts.position == Position::On(Step::Won);
    before.is_none_or(|before| won(after) && !won(before)) || events.iter().any(agreed)
}

/// What the audit log says of an event: codes and ids. The words stand on the timeline alone, from which they can be
/// deleted.
fn audited(event: &Event) -> serde_json::Value {
    let (from, to, reason) = match &event.kind {
        EventKind::Moved { from, to, closing, .. } => {
            (json!(from), json!(to), json!(closing.as_ref().map(Closing::reason)))
        }
        EventKind::Corrected { from, to, .. } => (json!(from), json!(to), json!(null)),
        EventKind::Entered { stage, .. } => (json!(null), json!(stage), json!(null)),
        EventKind::ConsentChanged { from, to } => (json!(from), json!(to), json!(null)),
        EventKind::IncentiveChosen { from, to } => (json!(from), json!(to), json!(null)),
        EventKind::Submitted | EventKind::Thanked | EventKind::Amended { .. } => {
            (json!(null), json!(null), json!(null))
        }
    };
    json!({ "event": event.kind.code(), "by": event.by, "from": from, "to": to, "reason": reason })
}

/// Claims the company of a referral that is open again. Answers `false` where another open referral has it.
pub(super) async fn claim_again(
    tx: &Tx,
    referral: &Facts,
    domain: Option<&str>,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    // Whose domain nobody has entered yet claims nothing.
    let Some(domain) = domain else { return Ok(true) };
    let domain = WorkDomain::parse(domain).map_err(|_| StoreError::Corrupt("referrals.domain"))?;
    let domains = tx.consent().domains_beside(&domain).await?;
    tx.referrals().claim(&domains, (referral.id, referral.advocate), now).await
}

/// The job that ends a referral nobody moved. It looks again: whatever happened since has its own date.
pub(crate) async fn expire(ctx: &Ctx, tx: &Tx, id: ReferralId) -> Result<(), JobError> {
    let Some(stored) = tx.referrals().load(id).await? else { return Ok(()) };
    let (rules, _) = settings(ctx);
    let ended =
        Referral::restore(stored.facts.clone()).apply(Move::Expire, &Mover::System, ctx.now(), &rules);
    let Ok((after, events)) = ended else {
        // Somebody moved it, or gave it more time.
        if let Some(at) = stored.facts.expires_at(&rules) {
            tx.push_job(expiry(ctx, &stored.facts, at)).await?;
        }
        return Ok(());
    };
    record(ctx, tx, &stored, after.facts(), &events).await?;
    if stored.facts.consent == ConsentState::Awaiting {
        // Nobody has agreed in time, so nothing of what was written about them is kept either.
        tx.consent().blank_referral(id).await?;
    }
    Ok(())
}

/// The job that tells the advocate that nothing has happened for a while, unless something has.
pub(crate) async fn silence(ctx: &Ctx, tx: &Tx, id: ReferralId) -> Result<(), JobError> {
    let Some(stored) = tx.referrals().load(id).await? else { return Ok(()) };
    let (_, clocks) = settings(ctx);
    match silence_notice_at(&stored.facts, &clocks) {
        Some(at) if at > ctx.now() => tx.push_job(notice(ctx, &stored.facts, at)).await?,
        Some(_) => {
            let view = Some(stored.facts.position.advocate_view());
            let told = Job::TellAdvocate { referral: id.into(), silent: true, view };
            tx.push_job(told.to_new(ctx, ctx.now())).await?;
        }
        None => {}
    }
    Ok(())
}
