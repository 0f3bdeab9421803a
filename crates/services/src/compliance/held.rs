//! Rewards and the matrix: what caps leave of one, holding it, and letting it go.

use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveTime, TimeZone, Utc};
use domain::{
    compliance::{CapPeriod, Case, Decision},
    ids::{AccountId, CaseId, RewardId},
    incentives::{Amount, IncentiveKind},
    members::Actor,
    rewards::{RewardError, Side},
    text::Reason,
};
use serde_json::json;
use store::{
    StoreError, Tx,
    compliance::HeldCase,
    rewards::{Due, StoredReward},
};

use crate::{Ctx, rewards::Desk};

/// The calendar year or quarter around a moment, by the host's clock.
fn period_around(ctx: &Ctx, at: DateTime<Utc>, period: CapPeriod) -> (DateTime<Utc>, DateTime<Utc>) {
    let day = at.with_timezone(&ctx.host.zone).date_naive();
    let (month, months) = match period {
        CapPeriod::Year => (1, 12),
        CapPeriod::Quarter => (day.month0() / 3 * 3 + 1, 3),
    };
    let first = NaiveDate::from_ymd_opt(day.year(), month, 1).unwrap_or(day);
    let next = first.checked_add_months(Months::new(months)).unwrap_or(first);
    let begin = |day: NaiveDate| {
        let midnight = day.and_time(NaiveTime::MIN);
        ctx.host.zone.from_local_datetime(&midnight).earliest().map_or(at, |at| at.with_timezone(&Utc))
    };
    (begin(first), begin(next))
}

/// How much of this amount the caps of a decision leave to a company, in the periods in which it was earned. The company must
/// be locked.
pub(crate) async fn room_under_caps(
    ctx: &Ctx,
    tx: &Tx,
    decision: &Decision,
    (account, amount): (AccountId, Amount),
    earned_at: DateTime<Utc>,
) -> Result<Option<i64>, StoreError> {
    let mut room = None;
    for held in decision.caps.iter().filter(|held| held.cap.amount.unit() == amount.unit()) {
        let period = period_around(ctx, earned_at, held.cap.period);
        let used = tx.compliance().earned_by(account, amount.unit(), held.kind, period).await?;
        let left = held.cap.amount.value().saturating_sub(used).max(0);
        room = Some(room.map_or(left, |least: i64| least.min(left)));
    }
    Ok(room)
}

/// Holds a reward that the matrix forbids or wants to be looked at: it stays promised, and nobody can approve it meanwhile.
pub(crate) async fn hold(
    ctx: &Ctx,
    tx: &Tx,
    desk: &mut Desk<'_>,
    stored: &mut StoredReward,
    decision: &Decision,
) -> Result<(), StoreError> {
    let reward = stored.reward.facts().id;
    // One case is enough: a part that is earned anew is still held by the one before.
    if stored.reward.facts().hold.is_some() {
        return Ok(());
    }
    let case: CaseId = ctx.new_id();
    tx.compliance().open_case(case, reward, decision, ctx.now()).await?;
    let change =
        stored.reward.clone().hold(case, ctx.now()).map_err(|_| StoreError::Corrupt("rewards.state"))?;
    desk.change(stored, change).await
}

/// Every reward that the matrix holds; `None` for somebody who may not see them.
///
/// # Errors
/// When the memory fails.
pub async fn held(ctx: &Ctx, actor: &Actor) -> Result<Option<Vec<HeldCase>>, StoreError> {
    match actor.approving() {
        Some(_) => ctx.store.compliance().held().await.map(Some),
        None => Ok(None),
    }
}

/// Why a reward stays held.
#[derive(Debug, thiserror::Error)]
pub enum ReleaseError {
    /// The actor's roles do not reach this far.
    #[error("not_allowed")]
    NotAllowed,
    /// There is none, or the matrix does not hold it.
    #[error("not_found")]
    NotFound,
    /// The rules of today still forbid it: they have to be changed and signed off first.
    #[error("still_forbidden")]
    StillForbidden,
    /// Somebody changed it since the page was loaded.
    #[error("reward_stale")]
    Stale,
    /// The rules of rewards refuse it.
    #[error("reward_{0}")]
    Rule(RewardError),
    /// The memory failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for ReleaseError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale => Self::Stale,
            other => Self::Store(other),
        }
    }
}

/// Lets a held reward go, with the reason: it goes on from where it was. Never one's own, never one of one's own company, and
/// never against the rules of today: what they forbid stays held.
///
/// # Errors
/// [`ReleaseError`] says what stands in the way.
pub async fn release(
    ctx: &Ctx,
    actor: &Actor,
    reward: RewardId,
    version: i32,
    reason: &Reason,
) -> Result<(), ReleaseError> {
    let power = actor.approving().ok_or(ReleaseError::NotAllowed)?;
    let tx = ctx.store.begin().await?;
    let Some(case) = tx.compliance().case_of(reward).await? else { return Err(ReleaseError::NotFound) };
    let Some(Due::Reward(mut stored)) = tx.rewards().by_id(reward).await? else {
        return Err(ReleaseError::NotFound);
    };
    if stored.version != version {
        return Err(ReleaseError::Stale);
    }
    let decision = decide_today(&tx, stored.earner.account, case.kind).await?;
    if decision.forbids() {
        return Err(ReleaseError::StillForbidden);
    }
    let context = crate::rewards::approval_context(&stored.earner, actor);
    let change = stored.reward.clone().release_by(&power, &context, ctx.now()).map_err(ReleaseError::Rule)?;
    stored.decision = Some(decision);
    let mut desk = Desk::new(ctx, &tx, Some(actor.member));
    desk.change(&mut stored, change).await?;
    desk.close().await?;
    tx.compliance().close_case(&power, case.id, actor.member, reason.as_str(), ctx.now()).await?;
    let details = json!({ "reward": reward, "rules": case.decision.rules });
    tx.audit(ctx.audit_entry(Some(actor.member), "compliance.release", "case", case.id, details)).await?;
    Ok(tx.commit().await?)
}

/// What the rules of today say about a kind of reward for a company.
async fn decide_today(tx: &Tx, account: AccountId, kind: IncentiveKind) -> Result<Decision, StoreError> {
    let law = tx.compliance().law().await?;
    let receiver = tx.compliance().receiver(account).await?.ok_or(StoreError::Corrupt("accounts"))?;
    Ok(law.matrix.decide(&Case { receiver, kind, side: Side::Advocate }))
}
