//! Marketing lists the features that are granted early.

use domain::{ids::FeatureId, members::ProgramManaging};
use serde_json::json;
use store::{StoreError, access::Feature};

use crate::Ctx;

/// Most seats of a feature.
const MOST_SEATS: i32 = 1_000_000;

/// Why a feature is not saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveFeatureError {
    /// A text is missing; this is its field.
    #[error("empty")]
    Missing(&'static str),
    /// There must be one seat at least, and no more than can be counted.
    #[error("not_a_count")]
    Seats,
    /// More are granted than there would be.
    #[error("feature_seats_taken")]
    Taken,
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
    Store(#[from] StoreError),
}

/// Saves a feature, new or changed. Grants stay what they are; terms and day are shown as they stand.
///
/// # Errors
/// [`SaveFeatureError`] says what to change.
pub async fn save_feature(
    ctx: &Ctx,
    power: &ProgramManaging,
    feature: &Feature,
    new: bool,
) -> Result<FeatureId, SaveFeatureError> {
    let texts = [
        ("name_de", &feature.name.de),
        ("name_en", &feature.name.en),
        ("terms_de", &feature.terms.de),
        ("terms_en", &feature.terms.en),
    ];
    if let Some((field, _)) = texts.iter().find(|(_, text)| text.trim().is_empty()) {
        return Err(SaveFeatureError::Missing(*field));
    }
    if !(1..=MOST_SEATS).contains(&feature.seats) {
        return Err(SaveFeatureError::Seats);
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
        tx.access().insert_feature(feature, ctx.now()).await?;
    } else {
        let known = tx.access().feature(feature.id).await?.ok_or(SaveFeatureError::Stale)?;
        if known.version == feature.version && known.taken > feature.seats {
            return Err(SaveFeatureError::Taken);
        }
        match tx.access().update_feature(feature).await {
            Err(StoreError::Stale) => return Err(SaveFeatureError::Stale),
            other => other?,
        }
    }
    let details = json!({ "seats": feature.seats, "incentive": feature.incentive });
    let entry = ctx.audit_entry(Some(power.member()), "access.save_feature", "feature", feature.id, details);
    tx.audit(entry).await?;
    tx.commit().await?;
    Ok(feature.id)
}
