//! Handing over: whose task it is, and the proof that it was done.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use domain::{
    documents::Document,
    ids::{MemberId, RewardId},
    incentives::IncentiveKind,
    members::Actor,
    rewards::{Proof, ProofError, RewardCode},
};
use store::rewards::Due;
use uuid::Uuid;

use super::{
    desk::{ActError, Desk},
    receipts, remind,
};
use crate::Ctx;

/// Records that a reward, or a contact's benefit, was delivered. A second press of the button changes nothing. Whoever is
/// no marketing hands over what is their own task; everything else looks to them as if there were none.
///
/// # Errors
/// When the role is missing, the proof is not enough, the rules refuse it, or somebody was faster.
pub async fn deliver(
    ctx: &Ctx,
    actor: &Actor,
    reward: RewardId,
    version: i32,
    reference: &str,
    on: Option<NaiveDate>,
) -> Result<(), ActError> {
    hand_over(ctx, actor, reward, version, (reference, on), None).await
}

/// Records that a donation was made, with its receipt.
///
/// # Errors
/// As for [`deliver`]; [`ActError::NotFound`] where no receipt is asked for.
pub async fn deliver_with_receipt(
    ctx: &Ctx,
    actor: &Actor,
    reward: RewardId,
    version: i32,
    reference: &str,
    document: &Document,
) -> Result<(), ActError> {
    let power = actor.delivering().ok_or(ActError::NotAllowed)?;
    // Nothing is kept for those who may not hand it over, or for what needs no receipt.
    let line = ctx.store.rewards().line(reward).await?.ok_or(ActError::NotFound)?;
    let owner = line.delivery.as_ref().and_then(|delivery| delivery.owner);
    if !power.covers(owner) || !line.kind.is_some_and(IncentiveKind::needs_receipt) {
        return Err(ActError::NotFound);
    }
    let receipt = receipts::keep(ctx, power.member(), document).await?;
    hand_over(ctx, actor, reward, version, (reference, None), Some(receipt)).await
}

async fn hand_over(
    ctx: &Ctx,
    actor: &Actor,
    reward: RewardId,
    version: i32,
    (reference, on): (&str, Option<NaiveDate>),
    receipt: Option<Uuid>,
) -> Result<(), ActError> {
    let power = actor.delivering().ok_or(ActError::NotAllowed)?;
    let now = ctx.now();
    let today = now.with_timezone(&ctx.host.zone).date_naive();
    let prove = |kind: Option<IncentiveKind>| {
        let proof = match kind {
            Some(kind) => kind.prove(reference, on, today),
            None => Proof::new(reference, on, today),
        };
        proof.map_err(ActError::Proof)
    };
    let tx = ctx.store.begin().await?;
    if !power.covers(tx.rewards().delivery_owner(reward).await?) {
        return Err(ActError::NotFound);
    }
    let mut desk = Desk::new(ctx, &tx, Some(actor.member));
    let proof = match tx.rewards().by_id(reward).await?.ok_or(ActError::NotFound)? {
        Due::Reward(mut stored) => {
            let kind = stored.reward.facts().promise.map(|promise| promise.kind);
            if stored.reward.facts().state.code() == RewardCode::Fulfilled {
                return done_already(&tx, reward, prove(kind)?).await;
            }
            if stored.version != version {
                return Err(ActError::Stale);
            }
            if kind.is_some_and(|kind| !kind.is_handed_over()) {
                return Err(ActError::Proof(ProofError::HasSteps));
            }
            let proof = prove(kind)?;
            if kind.is_some_and(IncentiveKind::needs_receipt) && receipt.is_none() {
                return Err(ActError::Proof(ProofError::ReceiptMissing));
            }
            let change = stored.reward.clone().fulfil(now)?;
            desk.change(&mut stored, change).await?;
            proof
        }
        Due::Benefit(stored) => {
            if stored.benefit.state == RewardCode::Fulfilled {
                return done_already(&tx, reward, prove(None)?).await;
            }
            if stored.version != version {
                return Err(ActError::Stale);
            }
            let proof = prove(None)?;
            let delivered = stored.benefit.clone().fulfil(now)?;
            desk.change_benefit(&stored, &delivered, None).await?;
            proof
        }
    };
    if let Some(document) = receipt {
        tx.attach_receipt(reward, document).await?;
    }
    tx.rewards().finish_delivery(reward, Some(power.member()), now, Some(&proof)).await?;
    desk.close().await?;
    Ok(tx.commit().await?)
}

/// A second press of the button is the first one; whoever brings another proof was slower than somebody else.
async fn done_already(tx: &store::Tx, reward: RewardId, proof: Proof) -> Result<(), ActError> {
    let known = tx.rewards().line(reward).await?.and_then(|line| line.proof);
    if known == Some(proof) { Ok(()) } else { Err(ActError::Stale) }
}

/// Gives an open delivery to somebody, until the end of a day.
///
/// # Errors
/// When the role is missing, whoever shall deliver it may not, or somebody changed or did it.
pub async fn plan_delivery(
    ctx: &Ctx,
    actor: &Actor,
    reward: RewardId,
    version: i32,
    owner: Option<MemberId>,
    due: NaiveDate,
) -> Result<(), ActError> {
    let power = actor.approving().ok_or(ActError::NotAllowed)?;
    let tx = ctx.store.begin().await?;
    if let Some(owner) = owner {
        let person = tx.members().person(owner).await?.ok_or(ActError::Owner)?;
        person.actor.delivering().ok_or(ActError::Owner)?;
    }
    let due_at = end_of(due, ctx);
    tx.rewards().plan_delivery(reward, version, owner, due_at).await?;
    remind::schedule(ctx, &tx, reward, due_at).await?;
    let details = serde_json::json!({ "owner": owner, "due": due.to_string() });
    let entry = ctx.audit_entry(Some(power.member()), "rewards.plan_delivery", "reward", reward, details);
    tx.audit(entry).await?;
    Ok(tx.commit().await?)
}

/// Noon of that day in the host's zone: the same date wherever in Europe it is read.
pub(super) fn end_of(day: NaiveDate, ctx: &Ctx) -> DateTime<Utc> {
    let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
    let local = ctx.host.zone.from_local_datetime(&day.and_time(noon)).earliest();
    local.map_or_else(|| day.and_time(noon).and_utc(), |at| at.with_timezone(&Utc))
}
