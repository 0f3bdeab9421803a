//! Marketing lists the features that are granted early.

use domain::members::ProgramManaging;
use serde_json::json;
use store::{StoreError, access::Feature};

use crate::Ctx;

/// Most seats of a feature.
const MOST_SEATS: i32 = 1_000_000;

/// Why a feature is not saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveFeatureError {
    /// There must be one seat at least, and no more than can be counted.
    #[error("feature_seats")]
    Seats,
    /// More are granted than there would be.
    #[error("feature_seats_taken")]
    Taken,
    /// It would end before it starts.
    #[error("feature_days")]
    Days,
    /// Another feature is granted by the same thank-you.
    #[error("feature_incentive_taken")]
    Incentive,
    /// The thank-you is no early access.
    #[error("choice_missing")]
    NotAccess,
    /// Somebody changed it since the page was shown.
    #[error("stale_edit")]
    Stale,
    /// The memory failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for SaveFeatureError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale => Self::Stale,
            // Two were saved for one thank-you at the same moment.
            StoreError::Conflict => Self::Incentive,
            other => Self::Store(other),
        }
    }
}

/// Saves a feature, new or changed. Grants keep the terms that they were made under; days and guide are shown as they
/// stand.
///
/// # Errors
/// [`SaveFeatureError`] says what to change.
pub async fn save_feature(
    ctx: &Ctx,
    power: &ProgramManaging,
    feature: &Feature,
    new: bool,
) -> Result<(), SaveFeatureError> {
    if !(1..=MOST_SEATS).contains(&feature.seats) {
        return Err(SaveFeatureError::Seats);
    }
    if feature.ends_on.is_some_and(|last| last < feature.starts_on) {
        return Err(SaveFeatureError::Days);
    }
    let tx = ctx.store.begin().await?;
    if let Some(incentive) = feature.incentive {
        let offer = tx.incentives().offer(incentive).await?;
        if !offer.is_some_and(|offer| offer.incentive.kind.is_revocable()) {
            return Err(SaveFeatureError::NotAccess);
        }
        let other = tx.access().feature_of(incentive).await?;
        if other.is_some_and(|other| other.id != feature.id) {
            return Err(SaveFeatureError::Incentive);
        }
    }
    if new {
        tx.access().insert_feature(power, feature, ctx.now()).await?;
    } else {
        let known = tx.access().feature(feature.id).await?.ok_or(SaveFeatureError::Stale)?;
        if known.version == feature.version && known.taken > feature.seats {
            return Err(SaveFeatureError::Taken);
        }
        tx.access().update_feature(power, feature).await?;
    }
    let details = json!({
        "seats": feature.seats,
        "incentive": feature.incentive,
        "starts_on": feature.starts_on.to_string(),
        "ends_on": feature.ends_on.map(|last| last.to_string()),
    });
    let entry = ctx.audit_entry(Some(power.member()), "access.save_feature", "feature", feature.id, details);
    tx.audit(entry).await?;
    Ok(tx.commit().await?)
}
