//! What a reward is for tax and accounting, as finance says.

use domain::{
    ids::RewardId,
    members::Actor,
    rewards::{RewardError, TaxCategory},
};
use serde_json::json;

use super::{
    approve::{context, load},
    desk::ActError,
};
use crate::Ctx;

/// Confirms what is proposed for a reward, or says something else; never about one's own. `seen` is what finance had said when
/// the page was loaded. It can be said anew at any time: every export says what holds then.
///
/// # Errors
/// When the role is missing, nothing is promised yet, or somebody has said something else since.
pub async fn categorise(
    ctx: &Ctx,
    actor: &Actor,
    reward: RewardId,
    seen: Option<TaxCategory>,
    category: TaxCategory,
) -> Result<(), ActError> {
    let power = actor.approving().ok_or(ActError::NotAllowed)?;
    let tx = ctx.store.begin().await?;
    let stored = load(&tx, reward).await?;
    context(&stored.earner, actor).check(&power)?;
    if stored.reward.facts().promise.is_none() {
        return Err(ActError::Rule(RewardError::WrongState));
    }
    if !tx.rewards().put_category(reward, seen, category, power.member(), ctx.now()).await? {
        return Ok(());
    }
    let details = json!({ "before": seen, "after": category });
    tx.audit(ctx.audit_entry(Some(power.member()), "rewards.categorise", "reward", reward, details)).await?;
    Ok(tx.commit().await?)
}
