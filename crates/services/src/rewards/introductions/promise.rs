//! Saying whom the host will introduce, and until when.

use chrono::NaiveDate;
use domain::{
    ids::RewardId,
    members::Actor,
    rewards::{Introduction, IntroductionError, RewardCode, RewardError, Whom},
};
use serde_json::json;
use store::{StoreError, rewards::StoredIntroduction};

use super::owed_by;
use crate::{
    Ctx,
    rewards::{deliver::end_of, desk::ActError, remind},
};

/// Records whom the host will introduce to the advocate's company, and until when; also anew, while it is not made or after
/// the advocate has disputed it. `version` is the introduction's that the form was made on, -1 where there was none.
/// Saying the same twice is saying it once.
///
/// # Errors
/// When the role is missing, the day is over, the rules refuse it, or somebody was faster.
pub async fn promise_introduction(
    ctx: &Ctx,
    actor: &Actor,
    reward: RewardId,
    version: i32,
    whom: Whom,
    due: NaiveDate,
) -> Result<(), ActError> {
    let power = actor.delivering().ok_or(ActError::NotAllowed)?;
    let now = ctx.now();
    if due < now.with_timezone(&ctx.host.zone).date_naive() {
        return Err(ActError::Introduction(IntroductionError::DueOver));
    }
    let tx = ctx.store.begin().await?;
    let stored = owed_by(&tx, &power, reward).await?;
    if stored.reward.facts().state.code() != RewardCode::Approved {
        return Err(ActError::Rule(RewardError::WrongState));
    }
    let due_at = end_of(due, ctx);
    match tx.rewards().introduction(reward).await? {
        Some(known) if known.version != version => {
            let task = tx.rewards().line(reward).await?.and_then(|line| line.delivery);
            let same = known.introduction == Introduction::promise(whom);
            return if same && task.is_some_and(|task| task.due_at == due_at) {
                Ok(())
            } else {
                Err(ActError::Stale)
            };
        }
        Some(known) => {
            let introduction = known.introduction.promise_again(whom).map_err(ActError::Introduction)?;
            tx.rewards().save_introduction(&StoredIntroduction { introduction, ..known }).await?;
        }
        None => {
            let account = stored.earner.account;
            let introduction = Introduction::promise(whom);
            let new = StoredIntroduction { reward, account, introduction, version: 0 };
            tx.rewards().insert_introduction(&new, now).await.map_err(|error| match error {
                StoreError::Conflict => ActError::Stale,
                other => other.into(),
            })?;
        }
    }
    tx.rewards().put_delivery_off(reward, due_at).await?;
    remind::schedule(ctx, &tx, reward, due_at).await?;
    let details = json!({ "due": due.to_string() });
    let entry =
        ctx.audit_entry(Some(power.member()), "rewards.promise_introduction", "reward", reward, details);
    tx.audit(entry).await?;
    Ok(tx.commit().await?)
}
