//! Putting a scheme of tiers into effect: for a pilot or for everybody, and back again.

use std::collections::BTreeMap;

use domain::{
    ids::{IncentiveId, MemberId},
    members::{Actor, ProgramManaging},
    segments::Whom,
    tiers::{Outlook, Pilot, RolloutState, Tier, TierCode, brought_along, check_ladder, lowest_taken_over},
};
use serde_json::json;
use store::{
    StoreError, Tx,
    tiers::{Rollout, Scheme},
};
use uuid::Uuid;

use super::{
    defaults::in_force,
    preview::preview,
    recount::{Ladders, enter_and_move, put_back},
    settings::TierSettings,
};
use crate::{Ctx, jobs::Job};

/// Members of one step: a step is one short transaction.
const STEP: u32 = 50;

/// Why a scheme stays where it is.
#[derive(Debug, thiserror::Error)]
pub enum RolloutError {
    /// The actor's roles do not reach this far.
    #[error("not_allowed")]
    NotAllowed,
    /// Somebody changed the draft, or was faster.
    #[error("tier_rollout_stale")]
    Stale,
    /// Another scheme is on its way.
    #[error("tier_rollout_under_way")]
    UnderWay,
    /// A tier that has members would be out of everybody's reach, and nobody has confirmed that.
    #[error("tier_locks_out")]
    LocksOut,
    /// Nobody belongs to the pilot.
    #[error("tier_pilot_empty")]
    PilotEmpty,
    /// It was too long ago.
    #[error("tier_undo_too_late")]
    TooLate,
    /// The memory failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for RolloutError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale => Self::Stale,
            // The database holds that there is one at a time.
            StoreError::Conflict => Self::UnderWay,
            other => Self::Store(other),
        }
    }
}

/// Puts the draft that was read in version `seen` into effect: for a pilot first, or for everybody at once. Members move in
/// the background, a few at a time.
///
/// # Errors
/// [`RolloutError`] says what stands in the way.
pub async fn put_into_effect(
    ctx: &Ctx,
    actor: &Actor,
    seen: i32,
    pilot: Option<Pilot>,
    confirmed: bool,
) -> Result<(), RolloutError> {
    let power = actor.program_managing().ok_or(RolloutError::NotAllowed)?;
    let looked = preview(ctx, actor, Outlook::Rises, None, 0).await?.ok_or(RolloutError::Stale)?;
    if looked.locks_out() && !confirmed {
        return Err(RolloutError::LocksOut);
    }
    let tx = ctx.store.begin().await?;
    if tx.tiers().under_way().await?.is_some() {
        return Err(RolloutError::UnderWay);
    }
    let draft = tx.tiers().draft().await?.ok_or(RolloutError::Stale)?;
    let before = in_force(ctx, &tx).await?;
    let (now, new) = (ctx.now(), draft.ladder());
    if check_ladder(&new).is_err() {
        return Err(RolloutError::Stale);
    }
    tx.publish_draft(&power, draft.id, seen, now).await?;
    if let Some(pilot) = &pilot {
        let whom = whom(&tx, pilot).await?.ok_or(RolloutError::PilotEmpty)?;
        if tx.tiers().next_members(Some(&whom), None, 1).await?.is_empty() {
            return Err(RolloutError::PilotEmpty);
        }
    }
    let offers = match &pilot {
        None => adopt(&tx, &power, &before, &draft).await?,
        // Offers ask for tiers in force: what only the pilot knows counts as what stands below it there.
        Some(_) => {
            let force = before.ladder();
            let only = new.iter().filter(|tier| force.iter().all(|known| known.code != tier.code));
            let place = |tier: &Tier| {
                let order = brought_along(&tier.code, &new, &force).map_or(0, |below| below.order);
                (tier.code.clone(), order)
            };
            tx.set_tier_places(&power, &only.map(place).collect::<Vec<_>>()).await?;
            BTreeMap::new()
        }
    };
    let rollout = Rollout {
        id: ctx.new_id(),
        scheme: draft.id,
        before: before.id,
        state: if pilot.is_some() { RolloutState::Piloting } else { RolloutState::Rolling },
        pilot,
        offers,
        started_by: power.member(),
        started_at: now,
        changed_at: now,
        undo_until: None,
    };
    tx.insert_rollout(&power, &rollout).await?;
    begin_moving(ctx, &tx, &power, &rollout).await?;
    Ok(tx.commit().await?)
}

/// What becomes of a roll-out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextStep {
    /// The pilot was good: everybody goes by the new scheme.
    RollOut,
    /// The pilot was not: its members go back to what they had.
    ClosePilot,
    /// Everybody goes back to what they had.
    Undo,
}

/// Takes a roll-out on, or back.
///
/// # Errors
/// [`RolloutError`] says what stands in the way.
pub async fn decide(ctx: &Ctx, actor: &Actor, id: Uuid, step: NextStep) -> Result<(), RolloutError> {
    let power = actor.program_managing().ok_or(RolloutError::NotAllowed)?;
    let tx = ctx.store.begin().await?;
    let mut rollout = tx.tiers().rollout(id).await?.ok_or(RolloutError::Stale)?;
    let from = rollout.state;
    let scheme = tx.tiers().scheme(rollout.scheme).await?.ok_or(RolloutError::Stale)?;
    let before = tx.tiers().scheme(rollout.before).await?.ok_or(RolloutError::Stale)?;
    match (step, from) {
        (NextStep::RollOut, RolloutState::Pilot) => {
            rollout.offers = adopt(&tx, &power, &before, &scheme).await?;
            rollout.state = RolloutState::Rolling;
        }
        (NextStep::ClosePilot, RolloutState::Pilot) => rollout.state = RolloutState::Closing,
        (NextStep::Undo, RolloutState::InForce) => {
            if tx.tiers().under_way().await?.is_some() {
                return Err(RolloutError::UnderWay);
            }
            // Only what is in force can be undone, not what something newer stands upon.
            if tx.tiers().rolled_out().await?.is_none_or(|latest| latest.id != id) {
                return Err(RolloutError::Stale);
            }
            if rollout.undo_until.is_none_or(|until| until <= ctx.now()) {
                return Err(RolloutError::TooLate);
            }
            give_back(&tx, &power, &rollout, &before, &scheme).await?;
            rollout.state = RolloutState::Undoing;
        }
        _ => return Err(RolloutError::Stale),
    }
    rollout.changed_at = ctx.now();
    tx.send_rollout(&power, &rollout, from).await?;
    begin_moving(ctx, &tx, &power, &rollout).await?;
    Ok(tx.commit().await?)
}

/// Whom a pilot reaches. `None` where its segment is gone, which nobody deletes while a roll-out is under way.
async fn whom(tx: &Tx, pilot: &Pilot) -> Result<Option<Whom>, StoreError> {
    match pilot.segment() {
        Some(id) => Ok(tx.segments().find_to_use(id).await?.map(|segment| segment.whom)),
        // What names nobody is nobody, never everybody.
        None => Ok(Some(pilot.rule()).filter(|rule| !rule.is_empty()).map(Whom::Rule)),
    }
}

async fn begin_moving(
    ctx: &Ctx,
    tx: &Tx,
    power: &ProgramManaging,
    rollout: &Rollout,
) -> Result<(), StoreError> {
    let pilot = rollout.pilot.as_ref().map(|pilot| pilot.kind);
    let details = json!({ "state": rollout.state, "scheme": rollout.scheme, "pilot": pilot });
    tx.audit(ctx.audit_entry(Some(power.member()), "tiers.roll_out", "tier_rollout", rollout.id, details))
        .await?;
    tx.push_job(Job::RollTiers { rollout: rollout.id, after: None }.to_new(ctx, ctx.now())).await
}

/// One step of a roll-out: the members after this one. What is left is a job of its own, so that no transaction is long and a
/// server that stops goes on where it was; a step that is repeated finds its work done.
///
/// # Errors
/// When the memory fails.
pub(crate) async fn roll(ctx: &Ctx, tx: &Tx, id: Uuid, after: Option<MemberId>) -> Result<(), StoreError> {
    let Some(rollout) = tx.tiers().rollout(id).await? else { return Ok(()) };
    let from = rollout.state;
    let room = tx.tiers();
    let members = match from {
        RolloutState::Piloting => {
            let whom = match &rollout.pilot {
                Some(pilot) => whom(tx, pilot).await?,
                None => None,
            };
            match whom {
                Some(whom) => room.next_members(Some(&whom), after, STEP.into()).await?,
                None => Vec::new(),
            }
        }
        RolloutState::Rolling | RolloutState::Undoing => room.next_members(None, after, STEP.into()).await?,
        RolloutState::Closing => room.next_to_put_back(id, after, STEP.into()).await?,
        _ => return Ok(()),
    };
    room.hold(&members).await?;
    match from {
        RolloutState::Piloting | RolloutState::Rolling => {
            let ladders = Ladders::load(tx).await?;
            enter_and_move(ctx, tx, &ladders, &members).await?;
        }
        _ => put_back(ctx, tx, &rollout, &members).await?,
    }
    if u32::try_from(members.len()).is_ok_and(|count| count == STEP) {
        let rest = Job::RollTiers { rollout: id, after: members.last().map(|last| last.into_inner()) };
        return tx.push_job(rest.to_new(ctx, ctx.now())).await;
    }
    let undo_until = match from.when_moved() {
        RolloutState::InForce => Some(ctx.now() + TierSettings::load(tx).await?.undo()),
        _ => rollout.undo_until,
    };
    tx.end_rollout_step(&rollout, undo_until, ctx.now()).await
}

/// Puts a scheme in force; answers the lowest tiers of offers as they were.
async fn adopt(
    tx: &Tx,
    power: &ProgramManaging,
    old: &Scheme,
    new: &Scheme,
) -> Result<BTreeMap<IncentiveId, u8>, StoreError> {
    let before = tx.tiers().lowest_tiers().await?;
    let (from, to) = (old.ladder(), new.ladder());
    let taken = before.iter().map(|(offer, order)| (*offer, lowest_taken_over(*order, &from, &to)));
    replace(tx, power, (old, new), &before, taken.collect()).await?;
    Ok(before)
}

/// Puts the scheme before a roll-out in force again, with the lowest tiers of offers that nobody has changed since.
async fn give_back(
    tx: &Tx,
    power: &ProgramManaging,
    rollout: &Rollout,
    before: &Scheme,
    scheme: &Scheme,
) -> Result<(), StoreError> {
    let now = tx.tiers().lowest_tiers().await?;
    let (old, new) = (before.ladder(), scheme.ladder());
    let back = now.iter().map(|(offer, order)| {
        let was = rollout.offers.get(offer).filter(|was| lowest_taken_over(**was, &old, &new) == *order);
        (*offer, was.copied().unwrap_or_else(|| lowest_taken_over(*order, &new, &old)))
    });
    replace(tx, power, (scheme, before), &now, back.collect()).await
}

async fn replace(
    tx: &Tx,
    power: &ProgramManaging,
    (old, new): (&Scheme, &Scheme),
    lowest: &BTreeMap<IncentiveId, u8>,
    mut wanted: BTreeMap<IncentiveId, u8>,
) -> Result<(), StoreError> {
    let (from, to) = (old.ladder(), new.ladder());
    let order_of = |code: &TierCode| to.iter().find(|tier| tier.code == *code).map(|tier| tier.order);
    // Every code that somebody may still have, until they have been moved.
    let mut places = tx.tiers().places().await?;
    for (code, order) in &mut places {
        let stood = from.iter().find(|tier| tier.code == *code || tier.order == *order);
        let brought = stood.and_then(|tier| brought_along(&tier.code, &from, &to));
        *order = order_of(code).or(brought.map(|tier| tier.order)).unwrap_or(0);
    }
    places.extend(to.iter().map(|tier| (tier.code.clone(), tier.order)));
    let places: BTreeMap<TierCode, u8> = places.into_iter().collect();
    tx.set_tier_places(power, &places.into_iter().collect::<Vec<_>>()).await?;
    wanted.retain(|offer, order| lowest.get(offer) != Some(order));
    tx.set_lowest_tiers(power, &wanted).await?;
    tx.replace_tiers(power, &new.tiers).await
}
