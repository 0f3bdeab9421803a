//! Counting an advocate's achievements anew: at each step of a referral, in the night in which something leaves the rolling year
//! or a time of grace is over, and when another scheme of tiers takes effect.

use chrono::{DateTime, Days, Months, NaiveTime, TimeDelta, TimeZone, Utc};
use domain::{
    ids::{MemberId, ReferralId},
    tiers::{
        Held, Outlook, RolloutState, Tier, TierCause, TierCode, Warning, at_least, brought_along, evaluate,
        foresee, hold, year_before,
    },
};
use serde_json::json;
use store::{
    StoreError, Tx,
    tiers::{Counted, Due, NamedTier, Rollout, TierMove},
};
use uuid::Uuid;

use super::{defaults::all, settings::TierSettings};
use crate::{Ctx, jobs::Job};

/// Advocates of one step of the daily count.
const STEP: u32 = 50;
/// When the daily count begins, by the host's clock.
const HOUR: u32 = 3;

/// Counts what an advocate's referrals have become after a step of one of them, and raises them to the tier they have
/// reached. Who no longer meets their tier, after a correction, is warned and falls only when the grace is over.
///
/// # Errors
/// When the memory fails.
pub async fn recount(ctx: &Ctx, tx: &Tx, advocate: MemberId, referral: ReferralId) -> Result<(), StoreError> {
    settle(ctx, tx, &[advocate], TierCause::Referral, Some(referral)).await
}

/// One step of the daily count: those after this one who are due. What is left is a job of its own, so that no transaction is
/// long and a server that stops goes on where it was.
///
/// # Errors
/// When the memory fails.
pub(crate) async fn recount_all(ctx: &Ctx, tx: &Tx, after: Option<MemberId>) -> Result<(), StoreError> {
    let members = tx.tiers().due(after, ctx.now(), STEP.into()).await?;
    let full = u32::try_from(members.len()).is_ok_and(|rows| rows == STEP);
    if let Some(last) = members.last().filter(|_| full) {
        let rest = Job::RecountTiers { after: Some(last.into_inner()) };
        tx.push_job(rest.to_new(ctx, ctx.now())).await?;
    }
    settle(ctx, tx, &members, TierCause::Lapsed, None).await
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

    /// The ladder of the pilot that this member is in; `None` for everybody else.
    fn pilots(&self, one: &Counted) -> Option<&[Tier]> {
        let UnderWay { rollout, new, .. } = self.under_way.as_ref()?;
        let running = matches!(rollout.state, RolloutState::Piloting | RolloutState::Pilot);
        (running && one.takes_part).then_some(new.as_slice())
    }
}

fn tiers_of(named: Vec<NamedTier>) -> Vec<Tier> {
    named.into_iter().map(|named| named.tier).collect()
}

/// Counts these members anew and raises them to what they have reached. Whom a roll-out has yet to move is moved first.
pub(super) async fn settle(
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
    let (now, grace) = (ctx.now(), TierSettings::load(tx).await?.grace());
    let (piloted, others): (Vec<_>, Vec<_>) = counted.iter().partition(|one| ladders.pilots(one).is_some());
    let piloted = piloted.into_iter().filter_map(|one| {
        let ladder = ladders.pilots(one)?;
        Some(step(one, ladder, ladder, cause, now, grace))
    });
    let scheme = ladders.rollout().map(|rollout| rollout.scheme);
    save(ctx, tx, piloted.collect(), cause, referral, scheme).await?;
    let force = &ladders.force;
    let others = others.into_iter().map(|one| step(one, force, force, cause, now, grace));
    save(ctx, tx, others.collect(), cause, referral, None).await?;
    let over = counted.iter().filter(|one| one.pin.as_ref().is_some_and(|pin| !pin.holds(now)));
    let over: Vec<_> = over.map(|one| one.member).collect();
    if over.is_empty() { Ok(()) } else { tx.tiers().end_pins(&over, now).await }
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
    let (now, grace) = (ctx.now(), TierSettings::load(tx).await?.grace());
    let steps = fresh.iter().map(|one| step(one, old, new, TierCause::Scheme, now, grace));
    save(ctx, tx, steps.collect(), TierCause::Scheme, None, Some(rollout.scheme)).await
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
    tx.tiers().unwarn(&ids, ctx.now()).await?;
    let steps = before.into_iter().map(|one| Step {
        member: one.member,
        from: one.now,
        to: one.before,
        way: Way::Sideways,
        due: None,
        warned: None,
    });
    save(ctx, tx, steps.collect(), TierCause::PutBack, None, Some(rollout.before)).await
}

/// Which way somebody goes from one tier to another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    Down,
    /// Back, or into what stands in their tier's place.
    Sideways,
}

/// What counting anew makes of a member.
struct Step {
    member: MemberId,
    from: Option<TierCode>,
    to: Option<TierCode>,
    way: Way,
    /// When they are to be looked at again, where that has changed.
    due: Option<Due>,
    /// A warning that begins now.
    warned: Option<Warning>,
}

fn step(
    one: &Counted,
    old: &[Tier],
    new: &[Tier],
    cause: TierCause,
    now: DateTime<Utc>,
    grace: TimeDelta,
) -> Step {
    // Ambassador terms are a later issue: until then nobody has one.
    let kept_at = one.pin.as_ref().filter(|pin| pin.holds(now)).map(|pin| &pin.tier);
    let ended = one.pin.is_some() && kept_at.is_none();
    let cause = if ended { TierCause::PinEnded } else { cause };
    let reaches = at_least(evaluate(&one.metrics, new, false), kept_at, old, new);
    let brought = one.tier.as_ref().and_then(|code| brought_along(code, old, new));
    let held = Held { tier: brought.map(|tier| tier.code.clone()), warning: one.warning };
    let next = hold(&held, reaches, new, cause, now, grace);
    let way = if next.tier == held.tier {
        Way::Sideways
    } else if foresee(one.tier.as_ref(), &one.metrics, kept_at, old, new, false).outlook == Outlook::Rises {
        Way::Up
    } else if reaches.map_or(0, |tier| tier.order) < brought.map_or(0, |tier| tier.order) {
        Way::Down
    } else {
        Way::Sideways
    };
    let leaves = one.oldest.and_then(|at| at.checked_add_months(Months::new(12)));
    let kept_until = one.pin.as_ref().filter(|_| !ended).map(|pin| pin.until);
    let falls = next.warning.map(|warning| warning.fall_at);
    let check_at = [leaves, falls, kept_until].into_iter().flatten().min();
    let due = Due { member: one.member, check_at, warning: next.warning };
    let known = due.check_at == one.check_at && due.warning == one.warning;
    Step {
        member: one.member,
        from: one.tier.clone(),
        to: next.tier,
        way,
        due: (!known).then_some(due),
        warned: next.warning.filter(|_| one.warning.is_none()),
    }
}

async fn save(
    ctx: &Ctx,
    tx: &Tx,
    steps: Vec<Step>,
    cause: TierCause,
    referral: Option<ReferralId>,
    scheme: Option<Uuid>,
) -> Result<(), StoreError> {
    if steps.iter().all(|step| step.from == step.to && step.due.is_none()) {
        return Ok(());
    }
    let scheme = match scheme {
        Some(scheme) => Some(scheme),
        None => scheme_in_force(tx).await?,
    };
    let now = ctx.now();
    let (mut moves, mut lines, mut jobs, mut dues) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for Step { member, from, to, way, due, warned } in steps {
        dues.extend(due);
        if let Some(warning) = warned {
            let details = json!({ "tier": to.as_ref().map(|code| code.as_str()), "cause": cause });
            lines.push(ctx.audit_entry(None, "tiers.warn", "member", member, details));
            let fall_at = warning.fall_at.timestamp_micros();
            jobs.push(Job::WarnTier { member: member.into_inner(), fall_at }.to_new(ctx, now));
        }
        if from == to {
            continue;
        }
        let id: Uuid = ctx.new_id();
        // What made somebody fall short stands in the line of their warning.
        let cause = if way == Way::Down { TierCause::Lapsed } else { cause };
        let details = json!({
            "from": from.as_ref().map(|code| code.as_str()),
            "to": to.as_ref().map(|code| code.as_str()),
            "cause": cause,
            "referral": referral,
            "scheme": scheme,
        });
        let action = match way {
            Way::Up => "tiers.promote",
            Way::Down => "tiers.demote",
            Way::Sideways => "tiers.move",
        };
        lines.push(ctx.audit_entry(None, action, "member", member, details));
        if way != Way::Sideways {
            jobs.push(Job::TellTier { tier_move: id }.to_new(ctx, now));
        }
        let referral = referral.filter(|_| way != Way::Down);
        moves.push(TierMove { id, member, from, to, cause, referral, scheme, at: now });
    }
    tx.tiers().move_members(&moves).await?;
    tx.tiers().note_due(&dues).await?;
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
