//! The size of a deal, learnt after the referral was won.

use domain::{
    ids::{MemberId, ReferralId},
    incentives::{Amount, Unit},
    members::AccountManaging,
    referrals::{Position, Step},
};
use serde_json::json;
use store::{StoreError, Tx};

use crate::{Ctx, rewards};

/// Why no deal was recorded.
#[derive(Debug, thiserror::Error)]
pub enum RecordDealError {
    /// There is no such referral, or it is not theirs.
    #[error("not_found")]
    NotFound,
    /// It has not become a customer.
    #[error("deal_not_won")]
    NotWon,
    /// Another size is recorded already; rewards have been computed from it.
    #[error("deal_recorded")]
    Recorded,
    /// Not in the host's currency.
    #[error("not_an_amount")]
    Currency,
    /// Somebody changed the referral since the page was shown.
    #[error("stale")]
    Stale,
    /// The memory failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for RecordDealError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale | StoreError::Conflict => Self::Stale,
            other => Self::Store(other),
        }
    }
}

/// Records the size of a won deal: rewards that waited for it are computed, and the triple win learns the amount. The same
/// size twice is recorded once. To change a size, the stage is set back and reached again.
///
/// # Errors
/// [`RecordDealError`] says what stands in the way.
pub async fn record_deal(
    ctx: &Ctx,
    power: &AccountManaging,
    referral: ReferralId,
    version: i32,
    deal: Amount,
) -> Result<(), RecordDealError> {
    if deal.unit() != Unit::Money(ctx.host.currency) {
        return Err(RecordDealError::Currency);
    }
    let tx = ctx.store.begin().await?;
    let stored = tx.referrals().load(referral).await?.ok_or(RecordDealError::NotFound)?;
    if !power.covers(stored.facts.account_manager) {
        return Err(RecordDealError::NotFound);
    }
    if stored.facts.position != Position::On(Step::Won) {
        return Err(RecordDealError::NotWon);
    }
    match stored.deal {
        Some(known) if known == deal => return Ok(()),
        Some(_) => return Err(RecordDealError::Recorded),
        None => {}
    }
    if stored.version != version {
        return Err(RecordDealError::Stale);
    }
    tx.referrals().set_deal(referral, version, deal).await?;
    rewards::follow(ctx, &tx, Some(&stored.facts), &stored.facts, &[]).await?;
    audit_deal(ctx, &tx, Some(power.member()), referral, deal).await?;
    Ok(tx.commit().await?)
}

/// Writes down who has recorded which size.
pub(super) async fn audit_deal(
    ctx: &Ctx,
    tx: &Tx,
    by: Option<MemberId>,
    referral: ReferralId,
    deal: Amount,
) -> Result<(), StoreError> {
    let details = json!({ "deal": deal });
    tx.audit(ctx.audit_entry(by, "referrals.record_deal", "referral", referral, details)).await
}
