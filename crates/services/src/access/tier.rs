//! An access that ends with the tier it asks for.

use std::collections::BTreeMap;

use domain::{
    access::ends_with_tier,
    ids::{MemberId, RewardId},
    tiers::TierCode,
};
use store::{StoreError, Tx, rewards::Due, tiers::TierMove};
use uuid::Uuid;

use crate::{
    Ctx,
    jobs::{Job, JobError},
    rewards::Desk,
};

/// Orders that the accesses of those who move are looked at, in the transaction that moves them: so none is forgotten. Each
/// is ended in a transaction of its own, because a fall moves many at once, and because what is booked in the ledger is
/// booked last in a transaction, in one fixed order.
pub(crate) async fn order_ends(
    ctx: &Ctx,
    tx: &Tx,
    moves: impl Iterator<Item = &TierMove>,
) -> Result<(), StoreError> {
    let moves: BTreeMap<MemberId, &TierMove> = moves.map(|moved| (moved.member, moved)).collect();
    if moves.is_empty() {
        return Ok(());
    }
    let members: Vec<MemberId> = moves.keys().copied().collect();
    let bound = tx.access().bound_to_tiers(&members).await?;
    let jobs = bound.into_iter().filter_map(|(member, reward)| {
        let tier_move = moves.get(&member)?.id;
        Some(Job::EndAccess { reward: reward.into(), tier_move }.to_new(ctx, ctx.now()))
    });
    tx.push_jobs(jobs.collect()).await
}

/// The job. It looks again: who has regained the tier since keeps the access, and so does who was granted it afterwards.
pub(crate) async fn end_with_tier(
    ctx: &Ctx,
    tx: &Tx,
    reward: RewardId,
    tier_move: Uuid,
) -> Result<(), JobError> {
    let Some(moved) = tx.tiers().tier_move(tier_move).await? else { return Ok(()) };
    tx.rewards().lock_advocate(moved.member).await?;
    let grant = tx.access().grant(reward).await?;
    let grant = grant.filter(|grant| grant.ended_at.is_none() && grant.since <= moved.at);
    let Some(needs) = grant.and_then(|grant| grant.tier) else { return Ok(()) };
    let places: BTreeMap<TierCode, u8> = tx.tiers().places().await?.into_iter().collect();
    let place = |code: Option<&TierCode>| code.and_then(|code| places.get(code)).copied().unwrap_or(0);
    let has = tx.tiers().of_member(moved.member).await?;
    if !ends_with_tier(place(Some(&needs)), place(moved.from.as_ref()), place(has.as_ref())) {
        return Ok(());
    }
    let Some(Due::Reward(mut stored)) = tx.rewards().by_id(reward).await? else { return Ok(()) };
    let Ok(change) = stored.reward.clone().end_with_tier(ctx.now()) else { return Ok(()) };
    let mut desk = Desk::new(ctx, tx, None);
    desk.change(&mut stored, change).await?;
    Ok(desk.close().await?)
}
