//! What was taken back after its delivery: set off, asked back, waived or given back, as marketing decides.

use domain::{
    consent::Transactional,
    ids::{RewardId, ShortfallId},
    incentives::Amount,
    ledger::{RewardParties, ShortfallMove, post_shortfall},
    members::{Actor, Referrer},
    rewards::{ShortfallDecision, ShortfallState},
    text::Reason,
};
use serde_json::json;
use store::{StoreError, Tx, ledger::Posting, rewards::StoredShortfall};
use uuid::Uuid;
use words::{Words, keys};

use super::{approve::context, desk::ActError};
use crate::{
    Ctx,
    jobs::{Job, JobError},
    mail::{self, Letter},
};

/// What is still to be returned, the oldest first; `None` for somebody who may not decide about rewards.
///
/// # Errors
/// When the memory fails.
pub async fn shortfalls(ctx: &Ctx, actor: &Actor) -> Result<Option<Vec<StoredShortfall>>, StoreError> {
    if actor.approving().is_none() {
        return Ok(None);
    }
    ctx.store.rewards().open_shortfalls().await.map(Some)
}

/// One of them, and whether it is the actor's own or of their company: others decide about that. `None` for somebody who may
/// not decide about rewards, and where there is none.
///
/// # Errors
/// When the memory fails.
pub async fn shortfall(
    ctx: &Ctx,
    actor: &Actor,
    id: ShortfallId,
) -> Result<Option<(StoredShortfall, bool)>, StoreError> {
    let Some(power) = actor.approving() else { return Ok(None) };
    let found = ctx.store.rewards().shortfall(id).await?;
    Ok(found.map(|one| {
        let own = context(&one.earner, actor).check(&power).is_err();
        (one, own)
    }))
}

/// What was taken back of these rewards, as far as they are the advocate's own.
///
/// # Errors
/// When the memory fails.
pub(super) async fn own_shortfalls(
    ctx: &Ctx,
    referrer: &Referrer,
    rewards: &[RewardId],
) -> Result<Vec<StoredShortfall>, StoreError> {
    let mut found = ctx.store.rewards().shortfalls_of(rewards).await?;
    found.retain(|one| one.earner.advocate == referrer.member());
    Ok(found)
}

/// Decides about what is left of a shortfall, with the reason; never about one's own or one of one's own company. `version` is
/// the one that the form was made on. Deciding the same twice is deciding it once.
///
/// # Errors
/// When the role is missing, nothing is left, a day makes no sense, or somebody was faster.
pub async fn decide_shortfall(
    ctx: &Ctx,
    actor: &Actor,
    id: ShortfallId,
    version: i32,
    decision: ShortfallDecision,
    note: &Reason,
) -> Result<(), ActError> {
    let power = actor.approving().ok_or(ActError::NotAllowed)?;
    let now = ctx.now();
    let today = now.with_timezone(&ctx.host.zone).date_naive();
    let tx = ctx.store.begin().await?;
    let stored = tx.rewards().shortfall(id).await?.ok_or(ActError::NotFound)?;
    context(&stored.earner, actor).check(&power)?;
    let asks_back = matches!(decision, ShortfallDecision::AskBack { .. });
    let decided = stored.shortfall.clone().decide(decision, today);
    if stored.version != version {
        let known = &stored.shortfall;
        let same = decided.as_ref().is_ok_and(|(next, moved)| next == known && moved.is_none());
        let said = stored.note.as_deref() == Some(note.as_str());
        return if same && said { Ok(()) } else { Err(ActError::Stale) };
    }
    let (shortfall, settled) = decided.map_err(ActError::Shortfall)?;
    let state = shortfall.state;
    let stored = StoredShortfall { shortfall, note: Some(note.as_str().to_owned()), ..stored };
    tx.rewards().save_shortfall_decision(&power, &stored, now).await?;
    if let Some(amount) = settled {
        let moved =
            if state == ShortfallState::Waived { ShortfallMove::Waived } else { ShortfallMove::Returned };
        let postings = postings(&stored, moved, amount, ctx)?;
        let mut ids = || ctx.new_id::<Uuid>();
        tx.ledger().post(&mut ids, &postings).await?;
    }
    if asks_back {
        tx.push_job(Job::AskBack { shortfall: id.into() }.to_new(ctx, now)).await?;
    }
    let reward = stored.shortfall.reward;
    let details =
        json!({ "shortfall": id, "state": state, "until": stored.shortfall.until, "moved": settled });
    let action = match state {
        ShortfallState::SetOff => "rewards.set_off",
        ShortfallState::AskedBack => "rewards.ask_back",
        ShortfallState::Waived => "rewards.waive",
        ShortfallState::Open | ShortfallState::Returned => "rewards.returned",
    };
    tx.audit(ctx.audit_entry(Some(power.member()), action, "reward", reward, details)).await?;
    Ok(tx.commit().await?)
}

/// What a change of a shortfall books. `stored.version` is still the one before the change: each change has a leg of its own.
pub(super) fn postings(
    stored: &StoredShortfall,
    moved: ShortfallMove,
    amount: Amount,
    ctx: &Ctx,
) -> Result<Vec<Posting>, StoreError> {
    let between = RewardParties { program: stored.earner.program, receiver: stored.receiver };
    let transfers =
        post_shortfall(between, moved, amount, ctx.now()).map_err(|_| StoreError::Corrupt("ledger"))?;
    Ok(transfers
        .into_iter()
        .map(|transfer| Posting {
            transfer,
            reward: stored.shortfall.reward,
            version: stored.reward_version,
            leg: stored.version + 1,
        })
        .collect())
}

/// The job that tells the advocate that something is asked back. The mail names neither the deal nor the amount.
pub(crate) async fn ask_back(ctx: &Ctx, tx: &Tx, id: ShortfallId) -> Result<(), JobError> {
    let Some(stored) = tx.rewards().shortfall(id).await? else { return Ok(()) };
    let Some(until) = stored.shortfall.until else { return Ok(()) };
    let Some(advocate) = tx.members().person(stored.earner.advocate).await? else { return Ok(()) };
    let (words, formats) = (Words::new(advocate.language), ctx.formats(advocate.language));
    let host = ctx.host.name.as_str();
    let company = stored.company.as_str();
    let mut paragraphs = vec![words.with(
        keys::MAIL_ASK_BACK,
        [("host", host.into()), ("company", company.into()), ("date", formats.calendar_day(until).into())],
    )];
    if let Some(note) = &stored.note {
        paragraphs.push(words.with(keys::REWARD_NOTE, [("note", note.as_str().into())]));
    }
    let letter = Letter {
        subject: words.with(keys::MAIL_ASK_BACK_SUBJECT, [("company", company.into())]),
        greeting: words.with(keys::MAIL_GREETING, [("name", advocate.name.as_str().into())]),
        paragraphs,
        button: Some((words.say(keys::MAIL_REWARD_BUTTON).into_owned(), ctx.url("/rewards"))),
        closing: words.with(keys::MAIL_REFERRAL_CLOSING, [("host", host.into())]),
        signature: ctx.host.name.clone(),
    };
    Ok(mail::post(ctx, tx, Transactional::Reward, &advocate, &letter).await?)
}
