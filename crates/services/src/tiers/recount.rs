//! Counting an advocate's achievements anew: at each step of a referral, and once a day for everybody, because rules change
//! and rolling periods move by time alone.

use chrono::{DateTime, Days, Months, NaiveTime, TimeDelta, TimeZone, Utc};
use domain::{
    ids::{MemberId, ReferralId},
    tiers::{Promotion, Tier, TierCause, evaluate, promotion},
};
use serde_json::json;
use store::{
    StoreError, Tx,
    tiers::{Counted, TierMove},
};
use uuid::Uuid;

use super::defaults::all;
use crate::{Ctx, jobs::Job};

/// Advocates of one step of the daily count.
const STEP: u32 = 50;
/// When the daily count begins, by the host's clock.
const HOUR: u32 = 3;

/// Counts what an advocate's referrals have become after a step of one of them, and raises them to the tier they have
/// reached. Nobody falls by this: a fall needs a grace period and a date, which a single event does not have.
///
/// # Errors
/// When the memory fails.
pub async fn recount(ctx: &Ctx, tx: &Tx, advocate: MemberId, referral: ReferralId) -> Result<(), StoreError> {
    let tiers = ladder(tx).await?;
    let (tier, metrics) = tx.tiers().tier_and_metrics(advocate, year_before(ctx.now())).await?;
    let counted = Counted { member: advocate, tier, metrics };
    raise(ctx, tx, &tiers, counted, TierCause::Referral, Some(referral)).await
}

/// One step of the daily count: the advocates after this one. What is left is a job of its own, so that no transaction is
/// long and a server that stops goes on where it was.
///
/// # Errors
/// When the memory fails.
pub(crate) async fn recount_all(ctx: &Ctx, tx: &Tx, after: Option<MemberId>) -> Result<(), StoreError> {
    let tiers = ladder(tx).await?;
    let counted = tx.tiers().counted(after, year_before(ctx.now()), STEP).await?;
    let full = u32::try_from(counted.len()).is_ok_and(|rows| rows == STEP);
    if let Some(last) = counted.last().filter(|_| full) {
        let rest = Job::RecountTiers { after: Some(last.member.into_inner()) };
        tx.push_job(rest.to_new(ctx, ctx.now())).await?;
    }
    for one in counted {
        raise(ctx, tx, &tiers, one, TierCause::Recount, None).await?;
    }
    Ok(())
}

/// Orders the next daily count, once however often it is asked for.
///
/// # Errors
/// When the memory fails.
pub async fn order_recount(ctx: &Ctx) -> Result<(), StoreError> {
    let today = ctx.now().with_timezone(&ctx.host.zone).date_naive();
    let day = today.checked_add_days(Days::new(1)).unwrap_or(today);
    let hour = NaiveTime::from_hms_opt(HOUR, 0, 0).unwrap_or_default();
    // An hour that a change of clocks leaves out comes a day later.
    let at = ctx.host.zone.from_local_datetime(&day.and_time(hour)).earliest();
    let at = at.map_or_else(|| ctx.now() + TimeDelta::days(1), |at| at.with_timezone(&Utc));
    let mut job = Job::RecountTiers { after: None }.to_new(ctx, at);
    job.dedup_key = Some(format!("recount-tiers:{day}"));
    let tx = ctx.store.begin().await?;
    tx.push_job(job).await?;
    tx.commit().await
}

async fn ladder(tx: &Tx) -> Result<Vec<Tier>, StoreError> {
    Ok(all(tx).await?.into_iter().map(|named| named.tier).collect())
}

async fn raise(
    ctx: &Ctx,
    tx: &Tx,
    tiers: &[Tier],
    counted: Counted,
    cause: TierCause,
    referral: Option<ReferralId>,
) -> Result<(), StoreError> {
    let now = ctx.now();
    let from = tiers.iter().find(|tier| Some(&tier.code) == counted.tier.as_ref());
    // Ambassador terms are a later issue: until then nobody has one.
    let reached = evaluate(&counted.metrics, tiers, false);
    let Some(Promotion::Up { from, to }) = promotion(from, reached) else { return Ok(()) };
    let details = json!({
        "from": from.as_ref().map(|code| code.as_str()),
        "to": to.as_str(),
        "cause": cause,
        "referral": referral,
    });
    let (id, member): (Uuid, _) = (ctx.new_id(), counted.member);
    if tx.tiers().move_member(TierMove { id, member, from, to, cause, referral, at: now }).await? {
        tx.audit(ctx.audit_entry(None, "tiers.promote", "member", member, details)).await?;
        tx.push_job(Job::TellTier { tier_move: id }.to_new(ctx, now)).await?;
    }
    Ok(())
}

/// The beginning of the rolling year that ends now.
pub fn year_before(now: DateTime<Utc>) -> DateTime<Utc> {
    now.checked_sub_months(Months::new(12)).unwrap_or(now)
}
