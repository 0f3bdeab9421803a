//! Stock goes with a referral: a piece of what was chosen is kept for it while a reward may still come of it. It goes back
//! when the referral ends without one, and is taken again when the referral is opened again.

use domain::{
    ids::{IncentiveId, ReferralId},
    referrals::Facts,
};
use serde_json::json;
use store::{StoreError, Tx};

use crate::Ctx;

/// Before a referral is stored: one that is open keeps a piece of its choice. Where the last one went to somebody else
/// meanwhile, nothing is chosen any more, and its rewards wait for another choice.
pub(super) async fn keep(ctx: &Ctx, tx: &Tx, after: &Facts) -> Result<Facts, StoreError> {
    let open = after.incentive.filter(|_| after.position.open().is_some());
    let Some(chosen) = open else { return Ok(after.clone()) };
    if tx.referrals().holds_stock(after.id).await? || needed(tx, after.id, chosen).await? {
        return Ok(after.clone());
    }
    // Referral, advocate, offer: everybody locks them in this order, so nobody waits in a circle.
    tx.rewards().lock_advocate(after.advocate).await?;
    if tx.take_from_stock(chosen).await? {
        tx.referrals().set_holds_stock(after.id, true).await?;
        return Ok(after.clone());
    }
    let details = json!({ "incentive": chosen });
    tx.audit(ctx.audit_entry(None, "referrals.choice_gone", "referral", after.id, details)).await?;
    Ok(Facts { incentive: None, ..after.clone() })
}

/// After the rewards have followed: a referral that has ended without one gives its piece back.
pub(super) async fn give_back(tx: &Tx, after: &Facts) -> Result<(), StoreError> {
    let ended = after.incentive.filter(|_| after.position.open().is_none());
    let Some(chosen) = ended else { return Ok(()) };
    if !tx.referrals().holds_stock(after.id).await? || needed(tx, after.id, chosen).await? {
        return Ok(());
    }
    tx.return_to_stock(chosen).await?;
    tx.referrals().set_holds_stock(after.id, false).await
}

/// Another choice: takes a piece of the new one and gives the old one's back, unless it has become a reward. Answers
/// whether there was one to take.
pub(super) async fn exchange(tx: &Tx, before: &Facts, new: IncentiveId) -> Result<bool, StoreError> {
    let held = tx.referrals().holds_stock(before.id).await?;
    tx.rewards().lock_advocate(before.advocate).await?;
    if !tx.rewards().made_of(before.id, new).await? && !tx.take_from_stock(new).await? {
        return Ok(false);
    }
    if let Some(old) = before.incentive.filter(|_| held)
        && !needed(tx, before.id, old).await?
    {
        tx.return_to_stock(old).await?;
    }
    tx.referrals().set_holds_stock(before.id, true).await?;
    Ok(true)
}

/// Whether a piece has become a reward, or one that is earned already may still be made of it.
async fn needed(tx: &Tx, referral: ReferralId, chosen: IncentiveId) -> Result<bool, StoreError> {
    Ok(tx.rewards().made_of(referral, chosen).await? || tx.rewards().waits(referral, chosen).await?)
}
