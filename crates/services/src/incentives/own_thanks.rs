//! What an advocate gets unless they choose otherwise.

use domain::{
    incentives::{BlockReason, Eligibility, IncentiveKind, eligibility},
    members::Referrer,
};
use serde_json::json;
use store::{StoreError, incentives::OwnThanks};

use crate::{
    Ctx,
    referrals::{programme, standing},
};

/// Why the setting stays as it was.
#[derive(Debug, thiserror::Error)]
pub enum OwnThanksError {
    /// It is not offered, or there is no programme.
    #[error("not_offered")]
    NotOffered,
    /// This advocate may not choose it, and the first reason why.
    #[error("incentive_blocked")]
    Blocked(BlockReason),
    /// A donation needs an organisation of the list.
    #[error("organisation_missing")]
    OrganisationMissing,
    /// The memory failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Remembers what the advocate gets for referrals to come. Those that were submitted keep what was chosen.
///
/// # Errors
/// [`OwnThanksError`] says what to change.
pub async fn set_own_thanks(
    ctx: &Ctx,
    referrer: &Referrer,
    mut own: OwnThanks,
) -> Result<(), OwnThanksError> {
    let member = referrer.member();
    let mut kind = None;
    if let Some(id) = own.incentive {
        let programme = programme(ctx).await?.ok_or(OwnThanksError::NotOffered)?;
        let standing = standing(ctx, member).await?.ok_or(OwnThanksError::NotOffered)?;
        let offer = programme.offers.iter().find(|offer| offer.incentive.id == id);
        let offer = offer.ok_or(OwnThanksError::NotOffered)?;
        if let Eligibility::Blocked(reasons) =
            eligibility(&offer.incentive, &standing.receiver, &programme.law.matrix)
        {
            let first = reasons.first().copied().unwrap_or(BlockReason::Inactive);
            return Err(OwnThanksError::Blocked(first));
        }
        kind = Some(offer.incentive.kind);
        if offer.incentive.kind.needs_organisation() {
            let known = |id| programme.organisations.iter().any(|one| one.id == id);
            own.organisation =
                Some(own.organisation.filter(|id| known(*id)).ok_or(OwnThanksError::OrganisationMissing)?);
        }
    }
    if !kind.is_some_and(IncentiveKind::needs_organisation) {
        own.organisation = None;
    }
    let tx = ctx.store.begin().await?;
    tx.incentives().set_own_thanks(member, own).await?;
    let details = json!({ "incentive": own.incentive, "organisation": own.organisation });
    tx.audit(ctx.audit_entry(Some(member), "incentives.set_own_thanks", "member", member, details)).await?;
    Ok(tx.commit().await?)
}
