//! An advocate puts right what they have written, as long as nobody has taken the referral.

use domain::{
    ids::ReferralId,
    members::Referrer,
    referrals::{AmendError, Amendment, Referral},
    text::{CompanyName, Reason, RoleTitle},
};
use store::StoreError;

use super::{after_events, look_up_rules};
use crate::{Ctx, consent::company_put_right};

/// What shall stand there.
#[derive(Clone, Debug)]
pub struct AmendReferral {
    /// In which referral.
    pub referral: ReferralId,
    /// Which company.
    pub company: CompanyName,
    /// What the person does there.
    pub role: RoleTitle,
    /// Why they fit.
    pub reason: Reason,
    /// The version that the page showed.
    pub version: i32,
}

/// Why it stays as it was.
#[derive(Debug, thiserror::Error)]
pub enum AmendReferralError {
    /// There is no such referral, or it is somebody else's.
    #[error("not_found")]
    NotFound,
    /// It was changed since the page was shown.
    #[error("stale")]
    Stale,
    /// The person at that company must not be spoken to.
    #[error("neutral")]
    Neutral,
    /// The rules say no.
    #[error("{0}")]
    Refused(AmendError),
    /// The memory failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for AmendReferralError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale | StoreError::Conflict => Self::Stale,
            other => Self::Store(other),
        }
    }
}

/// Puts company, role and reason right.
///
/// # Errors
/// [`AmendReferralError`] says what stands in the way; then nothing has changed.
pub async fn amend(ctx: &Ctx, by: &Referrer, command: AmendReferral) -> Result<(), AmendReferralError> {
    look_up_rules(ctx).await?;
    let tx = ctx.store.begin().await?;
    let stored = tx.referrals().load(command.referral).await?.ok_or(AmendReferralError::NotFound)?;
    let before = stored.facts;
    let amendment = Amendment {
        company: command.company,
        role: stored.role_title != command.role.as_str(),
        reason: stored.reason != command.reason.as_str(),
    };
    let (after, events) = match Referral::restore(before.clone()).amend(by, amendment, ctx.now()) {
        Ok(amended) => amended,
        // Somebody else's referral looks like none at all.
        Err(AmendError::NotYours) => return Err(AmendReferralError::NotFound),
        Err(error) => return Err(AmendReferralError::Refused(error)),
    };
    if events.is_empty() {
        return Ok(());
    }
    if stored.version != command.version {
        return Err(AmendReferralError::Stale);
    }
    let after = after.facts();
    if after.company != before.company && !company_put_right(ctx, &tx, after).await? {
        return Err(AmendReferralError::Neutral);
    }
    tx.referrals().amend(after, stored.version, &command.role, &command.reason).await?;
    after_events(ctx, &tx, Some(&before), after, &events).await?;
    Ok(tx.commit().await?)
}
