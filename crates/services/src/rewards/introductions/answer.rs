//! The advocate's answer about an introduction, and what their silence says.

use chrono::{Days, TimeDelta};
use domain::{
    ids::RewardId,
    members::Referrer,
    rewards::{IntroductionAnswer, IntroductionError, IntroductionState, RewardError},
    text::Reason,
};
use serde_json::json;
use store::{
    Tx,
    rewards::{StoredIntroduction, StoredReward},
};

use super::{complete, owed};
use crate::{
    Ctx,
    jobs::{Job, JobError},
    rewards::{RewardSettings, desk::ActError, remind},
};

/// The advocate's own reward and its introduction. One of somebody else looks as if there were none.
async fn own(
    tx: &Tx,
    referrer: &Referrer,
    reward: RewardId,
) -> Result<(StoredReward, StoredIntroduction), ActError> {
    let stored = owed(tx, reward).await?;
    if stored.earner.advocate != referrer.member() {
        return Err(ActError::NotFound);
    }
    let known = tx.rewards().introduction(reward).await?;
    Ok((stored, known.ok_or(ActError::Introduction(IntroductionError::WrongStep))?))
}

/// The advocate says that the introduction took place and how good it was: the reward is delivered. Saying the same twice
/// is saying it once.
///
/// # Errors
/// When it is not theirs, nobody has noted an introduction, or something changed since they looked.
pub async fn confirm_introduction(
    ctx: &Ctx,
    referrer: &Referrer,
    reward: RewardId,
    version: i32,
    answer: IntroductionAnswer,
) -> Result<(), ActError> {
    let now = ctx.now();
    let tx = ctx.store.begin().await?;
    let (stored, known) = own(&tx, referrer, reward).await?;
    if known.version != version {
        let said = matches!(
            &known.introduction.state,
            IntroductionState::Confirmed { answer: Some(given), .. } if *given == answer
        );
        return if said { Ok(()) } else { Err(ActError::Stale) };
    }
    let fit = answer.fit;
    let introduction = known.introduction.clone().confirm(answer, now).map_err(ActError::Introduction)?;
    let proof = introduction.proof().ok_or(ActError::Introduction(IntroductionError::WrongStep))?;
    tx.rewards().save_introduction(&StoredIntroduction { introduction, ..known }).await?;
    let details = json!({ "fit": fit });
    let by = Some(referrer.member());
    tx.audit(ctx.audit_entry(by, "rewards.confirm_introduction", "reward", reward, details)).await?;
    complete(ctx, &tx, stored, by, &proof).await?;
    Ok(tx.commit().await?)
}

/// The advocate says that it did not take place: it goes back to whoever is in charge, with a new day. Saying the same twice
/// is saying it once.
///
/// # Errors
/// When it is not theirs, nobody has noted an introduction, or something changed since they looked.
pub async fn dispute_introduction(
    ctx: &Ctx,
    referrer: &Referrer,
    reward: RewardId,
    version: i32,
    reason: Reason,
) -> Result<(), ActError> {
    let now = ctx.now();
    let tx = ctx.store.begin().await?;
    let (_, known) = own(&tx, referrer, reward).await?;
    if known.version != version {
        let said = matches!(
            &known.introduction.state,
            IntroductionState::Disputed { reason: given, .. } if *given == reason
        );
        return if said { Ok(()) } else { Err(ActError::Stale) };
    }
    let introduction = known.introduction.clone().dispute(reason, now).map_err(ActError::Introduction)?;
    tx.rewards().save_introduction(&StoredIntroduction { introduction, ..known }).await?;
    let days = RewardSettings::load(&tx).await?.delivery_days;
    let due = now.checked_add_days(Days::new(days.into())).unwrap_or(now);
    tx.rewards().put_delivery_off(reward, due).await?;
    remind::schedule(ctx, &tx, reward, due).await?;
    tx.push_job(Job::TellDispute { reward: reward.into() }.to_new(ctx, now)).await?;
    let by = Some(referrer.member());
    tx.audit(ctx.audit_entry(by, "rewards.dispute_introduction", "reward", reward, json!({}))).await?;
    Ok(tx.commit().await?)
}

/// The job: the advocate had time to object. It looks again, for what was answered or made anew since is another matter;
/// what a case holds is looked at again the next day.
pub(crate) async fn accept_silence(ctx: &Ctx, tx: &Tx, reward: RewardId) -> Result<(), JobError> {
    let now = ctx.now();
    let days = RewardSettings::load(tx).await?.introduction_days;
    let Some(known) = tx.rewards().introduction(reward).await? else { return Ok(()) };
    let silent = match known.introduction.clone().accept_silence(days, now) {
        Ok(silent) => silent,
        Err(IntroductionError::TooEarly) => {
            // The installation has made the time longer since.
            let until = known.introduction.objection_until(days).unwrap_or(now);
            tx.push_job(Job::AcceptSilence { reward: reward.into() }.to_new(ctx, until)).await?;
            return Ok(());
        }
        Err(_) => return Ok(()),
    };
    let Some(proof) = silent.proof() else { return Ok(()) };
    let stored = match owed(tx, reward).await {
        Ok(stored) => stored,
        Err(ActError::Store(error)) => return Err(error.into()),
        Err(_) => return Ok(()),
    };
    if stored.reward.is_held() {
        let again = now + TimeDelta::days(1);
        tx.push_job(Job::AcceptSilence { reward: reward.into() }.to_new(ctx, again)).await?;
        return Ok(());
    }
    tx.rewards().save_introduction(&StoredIntroduction { introduction: silent, ..known }).await?;
    match complete(ctx, tx, stored, None, &proof).await {
        Ok(()) => Ok(()),
        Err(ActError::Store(error)) => Err(error.into()),
        Err(ActError::Rule(RewardError::WrongState) | ActError::Stale) => {
            Err(JobError::Retry("reward_moved"))
        }
        Err(_) => Err(JobError::Fail("reward_refused")),
    }
}
