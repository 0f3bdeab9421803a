//! The end of a reward that nobody has taken: three years by default, as the terms of its referral say.

use chrono::TimeDelta;
use domain::{ids::RewardId, rewards::Reward};
use store::{StoreError, Tx, rewards::Due};

use super::desk::Desk;
use crate::{
    Ctx,
    jobs::{Job, JobError},
};

/// Why it ended, as a code.
const NOT_TAKEN: &str = "not_taken";

/// Orders the end of a reward that can expire. Each time it begins to wait there is a date of its own.
pub(super) async fn schedule(ctx: &Ctx, tx: &Tx, reward: &Reward) -> Result<(), StoreError> {
    // What the matrix lets go is ordered anew then.
    let Some(at) = reward.expires_at().filter(|_| reward.facts().hold.is_none()) else { return Ok(()) };
    let id = reward.facts().id;
    let mut job = Job::ExpireReward { reward: id.into() }.to_new(ctx, at);
    job.dedup_key = Some(format!("expire_reward:{id}:{}", at.timestamp()));
    tx.push_job(job).await
}

/// The job. It looks again: what was chosen, approved or delivered since does not expire, or has a date of its own; what is
/// held because misuse is suspected is looked at again the next day.
pub(crate) async fn expire(ctx: &Ctx, tx: &Tx, id: RewardId) -> Result<(), JobError> {
    let Some(Due::Reward(found)) = tx.rewards().by_id(id).await? else { return Ok(()) };
    tx.rewards().lock_advocate(found.earner.advocate).await?;
    let Some(Due::Reward(mut stored)) = tx.rewards().by_id(id).await? else { return Ok(()) };
    if stored.reward.facts().suspicion.is_some() {
        let again = ctx.now() + TimeDelta::days(1);
        tx.push_job(Job::ExpireReward { reward: id.into() }.to_new(ctx, again)).await?;
        return Ok(());
    }
    let Ok(change) = stored.reward.clone().expire(ctx.now()) else { return Ok(()) };
    stored.ended_reason = Some(NOT_TAKEN.to_owned());
    let mut desk = Desk::new(ctx, tx, None);
    desk.change(&mut stored, change).await?;
    Ok(desk.close().await?)
}
