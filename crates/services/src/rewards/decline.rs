//! Saying no to a reward.

use domain::{ids::RewardId, members::Actor, rewards::RewardState, text::Reason};

use super::{
    approve::{context, load},
    desk::{ActError, Desk},
};
use crate::Ctx;

/// The code of the end; the reason itself stands beside it, in the words the advocate reads.
const BY_STAFF: &str = "staff";

/// Declines a reward that is not approved yet, with a reason that the advocate is told.
///
/// # Errors
/// When the role is missing, the rules refuse it, or somebody was faster.
pub async fn decline(
    ctx: &Ctx,
    actor: &Actor,
    reward: RewardId,
    version: i32,
    reason: &Reason,
) -> Result<(), ActError> {
    let power = actor.approving().ok_or(ActError::NotAllowed)?;
    let tx = ctx.store.begin().await?;
    let mut stored = load(&tx, reward).await?;
    let same = stored.ended_note.as_deref() == Some(reason.as_str());
    if same && matches!(stored.reward.facts().state, RewardState::Declined { .. }) {
        return Ok(());
    }
    if stored.version != version {
        return Err(ActError::Stale);
    }
    let change = stored.reward.clone().decline(&power, &context(&stored.earner, actor), ctx.now())?;
    stored.ended_reason = Some(BY_STAFF.to_owned());
    stored.ended_note = Some(reason.as_str().to_owned());
    let mut desk = Desk::new(ctx, &tx, Some(actor.member));
    desk.change(&mut stored, change).await?;
    desk.close().await?;
    Ok(tx.commit().await?)
}
