//! Keeping somebody at a tier by hand, with a reason and a last day.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use domain::{
    ids::MemberId,
    members::{Actor, ProgramManaging},
    text::Reason,
    tiers::{Pin, PinError, TierCause, TierCode},
};
use serde_json::json;
use store::{StoreError, Tx, tiers::KeptAt};

use super::{defaults::all, recount::settle};
use crate::Ctx;

/// Why somebody is not kept at a tier.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// There is no such person, or they recommend for nobody.
    #[error("not_found")]
    NotFound,
    /// The actor's roles do not reach this far.
    #[error("not_allowed")]
    NotAllowed,
    /// The rules refuse it.
    #[error("{0}")]
    Rule(PinError),
    /// The memory failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whether somebody is kept at a tier, for whoever manages the programme; `None` for everybody else.
///
/// # Errors
/// When the memory fails.
pub async fn kept_at(ctx: &Ctx, actor: &Actor, member: MemberId) -> Result<Option<KeptAt>, StoreError> {
    if actor.program_managing().is_none() {
        return Ok(None);
    }
    ctx.store.tiers().kept_at(member).await
}

/// Until when an advocate themselves is kept at a tier.
///
/// # Errors
/// When the memory fails.
pub async fn own_pin(ctx: &Ctx, member: MemberId) -> Result<Option<Pin>, StoreError> {
    let kept = ctx.store.tiers().kept_at(member).await?;
    Ok(kept.map(|kept| kept.pin).filter(|pin| pin.holds(ctx.now())))
}

/// Keeps an advocate at this tier until the end of that day; they rise at once if they have less, and nobody loses a higher one
/// by it. In place of what was decided before.
///
/// # Errors
/// When the role is missing, the person is none who recommends, or the tier or the day makes no sense.
pub async fn keep_at(
    ctx: &Ctx,
    actor: &Actor,
    member: MemberId,
    tier: TierCode,
    last_day: NaiveDate,
    reason: &Reason,
) -> Result<(), KeepError> {
    let power = actor.program_managing().ok_or(KeepError::NotAllowed)?;
    let today = ctx.now().with_timezone(&ctx.host.zone).date_naive();
    Pin::check(last_day, today).map_err(KeepError::Rule)?;
    let tx = ctx.store.begin().await?;
    check_member(&tx, actor, member).await?;
    if all(&tx).await?.iter().all(|named| named.tier.code != tier) {
        return Err(KeepError::Rule(PinError::UnknownTier));
    }
    let pin = Pin { tier, until: end_of(last_day, ctx) };
    tx.pin_tier(&power, member, &pin, reason.as_str(), ctx.now()).await?;
    let details = json!({ "tier": pin.tier.as_str(), "until": last_day.to_string() });
    note(ctx, &tx, &power, "tiers.pin", member, details).await?;
    settle(ctx, &tx, &[member], TierCause::Pinned, None).await?;
    Ok(tx.commit().await?)
}

/// Ends it: the advocate falls short at once where they do not meet their tier by themselves, and has the time of grace. Ending it
/// twice is ending it once.
///
/// # Errors
/// When the role is missing, or the person is none who recommends.
pub async fn let_go(ctx: &Ctx, actor: &Actor, member: MemberId) -> Result<(), KeepError> {
    let power = actor.program_managing().ok_or(KeepError::NotAllowed)?;
    let tx = ctx.store.begin().await?;
    check_member(&tx, actor, member).await?;
    if tx.end_pin_now(&power, member, ctx.now()).await? {
        note(ctx, &tx, &power, "tiers.unpin", member, json!({})).await?;
        settle(ctx, &tx, &[member], TierCause::PinEnded, None).await?;
    }
    Ok(tx.commit().await?)
}

async fn check_member(tx: &Tx, actor: &Actor, member: MemberId) -> Result<(), KeepError> {
    let person = tx.members().details(member).await?.filter(|person| person.active);
    let person = person.ok_or(KeepError::NotFound)?;
    let (account, _) = person.account.ok_or(KeepError::NotFound)?;
    if member == actor.member || actor.account == Some(account) {
        return Err(KeepError::Rule(PinError::Own));
    }
    // They would be told at an address that somebody else has typed.
    if person.joined_at.is_none() { Err(KeepError::Rule(PinError::NotJoined)) } else { Ok(()) }
}

async fn note(
    ctx: &Ctx,
    tx: &Tx,
    power: &ProgramManaging,
    action: &'static str,
    member: MemberId,
    details: serde_json::Value,
) -> Result<(), StoreError> {
    tx.audit(ctx.audit_entry(Some(power.member()), action, "member", member, details)).await
}

/// The moment after that day, by the host's clock.
fn end_of(day: NaiveDate, ctx: &Ctx) -> DateTime<Utc> {
    let next = day.checked_add_days(Days::new(1)).unwrap_or(day).and_time(NaiveTime::MIN);
    let local = ctx.host.zone.from_local_datetime(&next).earliest();
    local.map_or_else(|| next.and_utc(), |at| at.with_timezone(&Utc))
}
