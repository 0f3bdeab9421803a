//! An advocate chooses, or changes, what they get for a referral.

use domain::{
    ids::{IncentiveId, OrganisationId, ReferralId},
    incentives::{BlockReason, Eligibility, eligibility},
    members::Referrer,
    referrals::{ChoiceError, Referral},
};
use serde_json::json;
use store::StoreError;

use super::{look_up_rules, record, standing, stock};
use crate::{Ctx, compliance::keep_choice};

/// A choice.
#[derive(Clone, Copy, Debug)]
pub struct Choose {
    /// For which referral.
    pub referral: ReferralId,
    /// What.
    pub incentive: IncentiveId,
    /// To whom a donation goes.
    pub organisation: Option<OrganisationId>,
}

/// Why the choice stays as it was.
#[derive(Debug, thiserror::Error)]
pub enum ChooseError {
    /// There is no such referral, or it is somebody else's.
    #[error("not_found")]
    NotFound,
    /// This advocate may not choose it, and the first reason why.
    #[error("incentive_blocked")]
    Blocked(BlockReason),
    /// A donation needs an organisation of the list.
    #[error("organisation_missing")]
    OrganisationMissing,
    /// The last one went to somebody else.
    #[error("incentive_gone")]
    Gone,
    /// The referral was changed at the same moment.
    #[error("stale")]
    Stale,
    /// The rules say no.
    #[error("{0}")]
    Refused(ChoiceError),
    /// The memory failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for ChooseError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale | StoreError::Conflict => Self::Stale,
            other => Self::Store(other),
        }
    }
}

/// Chooses an incentive for the stages to come.
///
/// # Errors
/// [`ChooseError`] says what stands in the way.
pub async fn choose(ctx: &Ctx, referrer: &Referrer, command: Choose) -> Result<(), ChooseError> {
    look_up_rules(ctx).await?;
    let standing = standing(ctx, referrer.member()).await?.ok_or(ChooseError::NotFound)?;
    let tx = ctx.store.begin().await?;
    let stored = tx
        .referrals()
        .load(command.referral)
        .await?
        .filter(|stored| stored.facts.advocate == referrer.member())
        .ok_or(ChooseError::NotFound)?;
    let before = &stored.facts;
    let offer = before.terms.offer(command.incentive).ok_or(ChooseError::Refused(ChoiceError::NotOffered))?;
    let kind = offer.kind;
    // What was frozen says what may be chosen; whether any is left, and what the receiver may take, is asked now.
    let current = tx.incentives().offer(command.incentive).await?;
    let today = domain::incentives::Incentive {
        stock: current.as_ref().and_then(|current| current.incentive.stock),
        active: true,
        ..offer.clone()
    };
    if before.incentive != Some(command.incentive) {
        let law = crate::law(ctx, &tx).await?;
        if let Eligibility::Blocked(reasons) = eligibility(&today, &standing.receiver, &law.matrix) {
            return Err(ChooseError::Blocked(reasons.first().copied().unwrap_or(BlockReason::Inactive)));
        }
        if !stock::exchange(&tx, before, command.incentive).await? {
            return Err(ChooseError::Gone);
        }
        keep_choice(&tx, &law, before.id, &standing.receiver, kind).await?;
    }
    let organisation = if kind.needs_organisation() {
        let known = tx.incentives().organisations().await?;
        let chosen = command.organisation.filter(|chosen| known.iter().any(|one| one.id == *chosen));
        Some(chosen.ok_or(ChooseError::OrganisationMissing)?)
    } else {
        None
    };
    let earned = tx.referrals().earned(before.id).await?;
    let (after, events) = Referral::restore(before.clone())
        .choose(referrer, command.incentive, &earned, ctx.now())
        .map_err(ChooseError::Refused)?;
    tx.referrals().set_organisation(before.id, organisation).await?;
    if before.incentive != Some(command.incentive) || stored.organisation != organisation {
        // To whom a donation goes is no event of the timeline.
        let details = json!({ "incentive": command.incentive, "organisation": organisation });
        let by = Some(referrer.member());
        tx.audit(ctx.audit_entry(by, "referrals.choose", "referral", before.id, details)).await?;
    }
    record(ctx, &tx, &stored, after.facts(), &events).await?;
    Ok(tx.commit().await?)
}
