//! Taking a reward back: the new customer got money back or left, somebody cheated, or an access that was granted early
//! ends.

use domain::{
    ids::{ReferralId, RewardId},
    members::Actor,
    referrals::{Position, Step},
    rewards::{RewardCode, RewardError},
    text::Reason,
};
use store::{StoreError, Tx, rewards::StoredReward};

use super::{
    approve::{context, load},
    desk::{ActError, Desk},
};
use crate::Ctx;

/// Why it is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakeBack {
    /// So much of the deal was refunded to the new customer, in percent; 100 where they left. A second refund adds to
    /// the first.
    Refund {
        /// 1 to 100.
        percent: u8,
    },
    /// Somebody cheated: everything that this referral earned is taken back.
    Fraud,
    /// An access that was granted early ends; whoever had it is told why.
    Revocation,
}

/// Takes a reward back. What was delivered becomes receivable, the rest returns to the budget; nothing falls below
/// zero, and nothing is silent: the reason stands on the advocate's page.
///
/// # Errors
/// When the role is missing, the rules refuse it, or somebody was faster.
pub async fn take_back(
    ctx: &Ctx,
    actor: &Actor,
    reward: RewardId,
    version: i32,
    why: TakeBack,
    reason: &Reason,
) -> Result<(), ActError> {
    let power = actor.approving().ok_or(ActError::NotAllowed)?;
    let now = ctx.now();
    let tx = ctx.store.begin().await?;
    let stored = load(&tx, reward).await?;
    if stored.version != version {
        return Err(ActError::Stale);
    }
    context(&stored.earner, actor).check(&power)?;
    let referral = stored.reward.facts().key.referral;
    let mut desk = Desk::new(ctx, &tx, Some(power.member()));
    match why {
        TakeBack::Refund { percent } => {
            let found = tx.referrals().load(referral).await?.ok_or(ActError::NotFound)?;
            if found.facts.position != Position::On(Step::Won) {
                return Err(ActError::Rule(RewardError::NotWonPart));
            }
            let won_at = found.facts.stage_since;
            let change = stored.reward.clone().reverse_for_refund(percent, won_at, now)?;
            desk.change(&mut noted(stored, reason), change).await?;
        }
        TakeBack::Revocation => {
            let change = stored.reward.clone().revoke(now)?;
            desk.change(&mut noted(stored, reason), change).await?;
        }
        TakeBack::Fraud => {
            stored.reward.clone().reverse_for_fraud(now)?;
            reverse_all(ctx, &tx, &mut desk, &[referral], reason).await?;
        }
    }
    desk.close().await?;
    Ok(tx.commit().await?)
}

/// Takes back everything that these referrals have earned, because somebody cheated.
pub(crate) async fn reverse_all(
    ctx: &Ctx,
    tx: &Tx,
    desk: &mut Desk<'_>,
    referrals: &[ReferralId],
    reason: &Reason,
) -> Result<(), StoreError> {
    for earned in tx.rewards().of_referrals(referrals).await? {
        let code = earned.reward.facts().state.code();
        let ended = matches!(code, RewardCode::Reversed | RewardCode::Declined | RewardCode::Expired);
        if !ended {
            let change = earned.reward.clone().reverse_for_fraud(ctx.now());
            let change = change.map_err(|_| StoreError::Corrupt("rewards.state"))?;
            desk.change(&mut noted(earned, reason), change).await?;
        }
    }
    Ok(())
}

fn noted(stored: StoredReward, reason: &Reason) -> StoredReward {
    StoredReward { ended_note: Some(reason.as_str().to_owned()), ..stored }
}
