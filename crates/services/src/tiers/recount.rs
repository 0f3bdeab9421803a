//! Counting an advocate's achievements anew: at each step of a referral, once a day for everybody, because rolling periods move
//! by time alone, and when another scheme of tiers takes effect.

use chrono::{DateTime, Days, Months, NaiveTime, TimeDelta, TimeZone, Utc};
use domain::{
    ids::{MemberId, ReferralId},
    tiers::{Outlook, RolloutState, Tier, TierCause, TierCode, foresee},
};
use serde_json::json;
use store::{
    StoreError, Tx,
    tiers::{Counted, NamedTier, Rollout, TierMove},
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
    settle(ctx, tx, &[advocate], TierCause::Referral, Some(referral)).await
}

/// One step of the daily count: the advocates after this one. What is left is a job of its own, so that no transaction is
/// long and a server that stops goes on where it was.
///
/// # Errors
/// When the memory fails.
pub(crate) async fn recount_all(ctx: &Ctx, tx: &Tx, after: Option<MemberId>) -> Result<(), StoreError> {
    let members = tx.tiers().next_counted(after, STEP).await?;
    let full = u32::try_from(members.len()).is_ok_and(|rows| rows == STEP);
    if let Some(last) = members.last().filter(|_| full) {
        let rest = Job::RecountTiers { after: Some(last.into_inner()) };
        tx.push_job(rest.to_new(ctx, ctx.now())).await?;
    }
    settle(ctx, tx, &members, TierCause::Recount, None).await
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

/// The ladders that members may be on.
#[derive(Debug)]
pub(super) struct Ladders {
    force: Vec<Tier>,
    under_way: Option<UnderWay>,
}

#[derive(Debug)]
struct UnderWay {
    rollout: Rollout,
    /// The version that is rolled out, and the one before it.
    new: Vec<Tier>,
    old: Vec<Tier>,
}

impl Ladders {
    pub(super) async fn load(tx: &Tx) -> Result<Self, StoreError> {
        let force = tiers_of(all(tx).await?);
        let Some(rollout) = tx.tiers().under_way().await? else {
            return Ok(Self { force, under_way: None });
        };
        let scheme = tx.tiers().scheme(rollout.scheme).await?;
        let before = tx.tiers().scheme(rollout.before).await?;
        let (Some(scheme), Some(before)) = (scheme, before) else {
            return Err(StoreError::Corrupt("tier_rollouts.scheme_id"));
        };
        let under_way = UnderWay { rollout, new: scheme.ladder(), old: before.ladder() };
        Ok(Self { force, under_way: Some(under_way) })
    }

    fn rollout(&self) -> Option<&Rollout> {
        self.under_way.as_ref().map(|under_way| &under_way.rollout)
    }

    /// The ladder that this member goes by.
    fn of(&self, one: &Counted) -> &[Tier] {
        match &self.under_way {
            Some(UnderWay { rollout, new, .. })
                if one.takes_part
                    && matches!(rollout.state, RolloutState::Piloting | RolloutState::Pilot) =>
            {
                new
            }
            _ => &self.force,
        }
    }
}

fn tiers_of(named: Vec<NamedTier>) -> Vec<Tier> {
    named.into_iter().map(|named| named.tier).collect()
}

/// Counts these members anew and raises them to what they have reached. Whom a roll-out has yet to move is moved first.
async fn settle(
    ctx: &Ctx,
    tx: &Tx,
    members: &[MemberId],
    cause: TierCause,
    referral: Option<ReferralId>,
) -> Result<(), StoreError> {
    tx.tiers().hold(members).await?;
    let ladders = Ladders::load(tx).await?;
    match ladders.rollout() {
        Some(rollout) if rollout.state == RolloutState::Rolling => {
            enter_and_move(ctx, tx, &ladders, members).await?;
        }
        Some(rollout) if matches!(rollout.state, RolloutState::Closing | RolloutState::Undoing) => {
            put_back(ctx, tx, rollout, members).await?;
        }
        _ => {}
    }
    let rollout = ladders.rollout().map(|rollout| rollout.id);
    let counted = tx.tiers().counted(members, year_before(ctx.now()), rollout).await?;
    let steps = counted.iter().filter_map(|one| {
        let ladder = ladders.of(one);
        step(one, ladder, ladder)
    });
    save(ctx, tx, steps.collect(), cause, referral, None).await
}

/// Takes members whom this transaction holds into a roll-out and onto its ladder; who is in it stays as they are.
pub(super) async fn enter_and_move(
    ctx: &Ctx,
    tx: &Tx,
    ladders: &Ladders,
    members: &[MemberId],
) -> Result<(), StoreError> {
    let Some(UnderWay { rollout, new, old }) = &ladders.under_way else { return Ok(()) };
    let counted = tx.tiers().counted(members, year_before(ctx.now()), Some(rollout.id)).await?;
    let fresh: Vec<_> = counted.into_iter().filter(|one| !one.takes_part).collect();
    let entering: Vec<_> = fresh.iter().map(|one| (one.member, one.tier.clone())).collect();
    tx.tiers().enter(rollout.id, &entering).await?;
    let steps = fresh.iter().filter_map(|one| step(one, old, new)).collect();
    save(ctx, tx, steps, TierCause::Scheme, None, Some(rollout.scheme)).await
}

/// Gives members whom this transaction holds back what they had before a roll-out; who has it back stays as they are.
pub(super) async fn put_back(
    ctx: &Ctx,
    tx: &Tx,
    rollout: &Rollout,
    members: &[MemberId],
) -> Result<(), StoreError> {
    let mut before = tx.tiers().before(rollout.id, members).await?;
    // A pilot concerns only those who were in it; whoever came after a roll-out to all had no tier before it.
    before.retain(|one| !one.is_back && (one.is_noted || rollout.state == RolloutState::Undoing));
    let ids: Vec<MemberId> = before.iter().map(|one| one.member).collect();
    tx.tiers().note_put_back(rollout.id, &ids, ctx.now()).await?;
    let moved = before.into_iter().filter(|one| one.now != one.before);
    let steps = moved.map(|one| Step { member: one.member, from: one.now, to: one.before, rises: false });
    save(ctx, tx, steps.collect(), TierCause::PutBack, None, Some(rollout.before)).await
}

/// A member's step from one tier to another.
struct Step {
    member: MemberId,
    from: Option<TierCode>,
    to: Option<TierCode>,
    rises: bool,
}

fn step(one: &Counted, old: &[Tier], new: &[Tier]) -> Option<Step> {
    // Ambassador terms are a later issue: until then nobody has one.
    let seen = foresee(one.tier.as_ref(), &one.metrics, old, new, false);
    let to = seen.has.map(|tier| tier.code.clone());
    let rises = seen.outlook == Outlook::Rises;
    (to != one.tier).then(|| Step { member: one.member, from: one.tier.clone(), to, rises })
}

async fn save(
    ctx: &Ctx,
    tx: &Tx,
    steps: Vec<Step>,
    cause: TierCause,
    referral: Option<ReferralId>,
    scheme: Option<Uuid>,
) -> Result<(), StoreError> {
    if steps.is_empty() {
        return Ok(());
    }
    let scheme = match scheme {
        Some(scheme) => Some(scheme),
        None => scheme_in_force(tx).await?,
    };
    let now = ctx.now();
    let (mut moves, mut lines, mut jobs) = (Vec::new(), Vec::new(), Vec::new());
    for Step { member, from, to, rises } in steps {
        let id: Uuid = ctx.new_id();
        let details = json!({
            "from": from.as_ref().map(|code| code.as_str()),
            "to": to.as_ref().map(|code| code.as_str()),
            "cause": cause,
            "referral": referral,
            "scheme": scheme,
        });
        let action = if rises { "tiers.promote" } else { "tiers.move" };
        lines.push(ctx.audit_entry(None, action, "member", member, details));
        if rises {
            jobs.push(Job::TellTier { tier_move: id }.to_new(ctx, now));
        }
        moves.push(TierMove { id, member, from, to, cause, referral, scheme, at: now });
    }
    tx.tiers().move_members(&moves).await?;
    tx.audit_all(lines).await?;
    tx.push_jobs(jobs).await
}

/// The version of the tiers in force; `None` from before there were versions.
async fn scheme_in_force(tx: &Tx) -> Result<Option<Uuid>, StoreError> {
    match tx.tiers().rolled_out().await? {
        Some(rollout) => Ok(Some(rollout.scheme)),
        None => Ok(tx.tiers().first_scheme().await?.map(|scheme| scheme.id)),
    }
}

/// The beginning of the rolling year that ends now.
pub fn year_before(now: DateTime<Utc>) -> DateTime<Utc> {
    now.checked_sub_months(Months::new(12)).unwrap_or(now)
}
