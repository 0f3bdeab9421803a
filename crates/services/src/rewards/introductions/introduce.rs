//! Noting that an introduction was made; from then on the advocate is asked.

use chrono::NaiveDate;
use domain::{
    ids::RewardId,
    members::Actor,
    rewards::{IntroductionError, IntroductionState},
};
use serde_json::json;
use store::rewards::StoredIntroduction;

use super::owed_by;
use crate::{
    Ctx,
    jobs::Job,
    rewards::{RewardSettings, desk::ActError},
};

/// Notes on which day the introduction was made, and asks the advocate. It is delivered when they say so, or have not
/// objected in time. Saying the same twice is saying it once.
///
/// # Errors
/// When the role is missing, nobody was promised, the rules refuse it, or somebody was faster.
pub async fn introduce(
    ctx: &Ctx,
    actor: &Actor,
    reward: RewardId,
    version: i32,
    on: NaiveDate,
) -> Result<(), ActError> {
    let power = actor.delivering().ok_or(ActError::NotAllowed)?;
    let now = ctx.now();
    let today = now.with_timezone(&ctx.host.zone).date_naive();
    let tx = ctx.store.begin().await?;
    owed_by(&tx, &power, reward).await?;
    let known = tx.rewards().introduction(reward).await?;
    let known = known.ok_or(ActError::Introduction(IntroductionError::WrongStep))?;
    if known.version != version {
        let same =
            matches!(known.introduction.state, IntroductionState::Introduced { on: day, .. } if day == on);
        return if same { Ok(()) } else { Err(ActError::Stale) };
    }
    let introduction = known.introduction.introduce(on, today, now).map_err(ActError::Introduction)?;
    let days = RewardSettings::load(&tx).await?.introduction_days;
    let silent_at = introduction.objection_until(days).unwrap_or(now);
    tx.rewards().save_introduction(&StoredIntroduction { introduction, ..known }).await?;
    tx.push_job(Job::AskAboutIntroduction { reward: reward.into() }.to_new(ctx, now)).await?;
    tx.push_job(Job::AcceptSilence { reward: reward.into() }.to_new(ctx, silent_at)).await?;
    let details = json!({ "on": on.to_string() });
    let entry = ctx.audit_entry(Some(power.member()), "rewards.introduce", "reward", reward, details);
    tx.audit(entry).await?;
    Ok(tx.commit().await?)
}
