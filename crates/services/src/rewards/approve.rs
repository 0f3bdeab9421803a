//! Saying yes to a reward.

use domain::{
    ids::RewardId,
    members::Actor,
    rewards::{ApprovalContext, ApprovalRules, RewardState},
};
use store::rewards::{Due, Earner, StoredReward};

use super::{
    RewardSettings,
    desk::{ActError, Desk},
};
use crate::Ctx;

/// Approves a reward whose clearing has ended; never one's own, never one of one's own company. `version` is the one
/// the approver saw. Answers whether it is approved now, or needs a second person. What is to be returned of earlier rewards
/// comes off it where marketing has decided so; where that is all of it, nothing is left to hand over and it is delivered.
///
/// # Errors
/// When the role is missing, the rules refuse it, or somebody was faster.
pub async fn approve(ctx: &Ctx, actor: &Actor, reward: RewardId, version: i32) -> Result<bool, ActError> {
    let power = actor.approving().ok_or(ActError::NotAllowed)?;
    let tx = ctx.store.begin().await?;
    let mut stored = load(&tx, reward).await?;
    let by_me = stored.approved_by == Some(actor.member);
    let state = stored.reward.facts().state;
    if by_me && matches!(state, RewardState::Approved { .. } | RewardState::Fulfilled { .. }) {
        return Ok(true);
    }
    if stored.version != version {
        return Err(ActError::Stale);
    }
    let rules = ApprovalRules { four_eyes_above: RewardSettings::load(&tx).await?.four_eyes_above };
    let change = stored.reward.clone().approve(&power, &context(&stored.earner, actor), &rules, ctx.now())?;
    let done = matches!(change.0.facts().state, RewardState::Approved { .. });
    stored.approved_by = done.then_some(actor.member);
    let mut desk = Desk::new(ctx, &tx, Some(actor.member));
    desk.change(&mut stored, change).await?;
    if done && desk.is_set_off(&stored).await? {
        let change = stored.reward.clone().fulfil(ctx.now())?;
        desk.change(&mut stored, change).await?;
        tx.rewards().finish_delivery(reward, Some(actor.member), ctx.now(), None).await?;
    }
    desk.close().await?;
    tx.commit().await?;
    Ok(done)
}

/// The reward with this id; a benefit is none, for nobody approves it.
pub(super) async fn load(tx: &store::Tx, reward: RewardId) -> Result<StoredReward, ActError> {
    match tx.rewards().by_id(reward).await? {
        Some(Due::Reward(stored)) => Ok(stored),
        Some(Due::Benefit(_)) | None => Err(ActError::NotFound),
    }
}

/// Whose reward it is, and from where the actor comes.
pub(crate) fn context(earner: &Earner, actor: &Actor) -> ApprovalContext {
    ApprovalContext {
        advocate: earner.advocate,
        advocate_account: earner.account,
        approver_account: actor.account,
    }
}
