//! Marketing names a group, changes it, or deletes one that nothing uses.

use domain::{
    ids::SegmentId,
    members::ProgramManaging,
    segments::{SegmentError, Whom},
};
use serde_json::json;
use store::{StoreError, segments::Segment};

use crate::Ctx;

/// Why a segment is not saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveSegmentError {
    /// It is no group.
    #[error("{0}")]
    Group(SegmentError),
    /// Somebody changed or deleted it since the page was shown.
    #[error("stale_edit")]
    Stale,
    /// The memory failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for SaveSegmentError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale | StoreError::Conflict => Self::Stale,
            other => Self::Store(other),
        }
    }
}

/// Saves a segment, new or changed. What was moved or promised by it before stays as it is.
///
/// # Errors
/// [`SaveSegmentError`] says what to change.
pub async fn save_segment(
    ctx: &Ctx,
    power: &ProgramManaging,
    segment: &Segment,
    new: bool,
) -> Result<(), SaveSegmentError> {
    segment.whom.validate().map_err(SaveSegmentError::Group)?;
    let tx = ctx.store.begin().await?;
    match new {
        true => tx.insert_segment(power, segment, ctx.now()).await?,
        false => tx.update_segment(power, segment).await?,
    }
    let details = match &segment.whom {
        Whom::Rule(rule) => json!({ "rule": rule }),
        Whom::Picked(accounts) => json!({ "picked": accounts.len() }),
    };
    let entry = ctx.audit_entry(Some(power.member()), "segments.save", "segment", segment.id, details);
    tx.audit(entry).await?;
    Ok(tx.commit().await?)
}

/// Why a segment is not deleted.
#[derive(Debug, thiserror::Error)]
pub enum DeleteSegmentError {
    /// Something goes by it.
    #[error("segment_in_use")]
    InUse,
    /// Somebody changed it since the page was shown.
    #[error("stale_edit")]
    Stale,
    /// The memory failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for DeleteSegmentError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale => Self::Stale,
            other => Self::Store(other),
        }
    }
}

/// Deletes a segment that was read in this version.
///
/// # Errors
/// [`DeleteSegmentError`] says what stands in the way.
pub async fn delete_segment(
    ctx: &Ctx,
    power: &ProgramManaging,
    id: SegmentId,
    version: i32,
) -> Result<(), DeleteSegmentError> {
    let tx = ctx.store.begin().await?;
    tx.segments().lock(id).await?;
    if !tx.segments().uses(id).await?.is_empty() {
        return Err(DeleteSegmentError::InUse);
    }
    tx.delete_segment(power, id, version).await?;
    let entry = ctx.audit_entry(Some(power.member()), "segments.delete", "segment", id, json!({}));
    tx.audit(entry).await?;
    Ok(tx.commit().await?)
}
