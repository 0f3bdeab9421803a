//! Marketing shapes a programme's pipeline: names of steps, steps left out, stages between.

use domain::{
    incentives::PayingStep,
    members::ProgramManaging,
    referrals::{Pipeline, PipelineError, Stop},
};
use serde_json::json;
use store::{StoreError, incentives::Program};

use crate::Ctx;

/// Why a pipeline stays as it was.
#[derive(Debug, thiserror::Error)]
pub enum SavePipelineError {
    /// It can't be like this.
    #[error("{0}")]
    Refused(#[from] PipelineError),
    /// Open referrals stand on a stage that would be gone: the first such stage.
    #[error("stage_occupied")]
    Occupied(Stop),
    /// Somebody changed the programme since the page was shown.
    #[error("stale_edit")]
    Stale,
    /// The memory failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for SavePipelineError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale => Self::Stale,
            other => Self::Store(other),
        }
    }
}

/// Gives `program` (as the page has read it) another pipeline. Steps that an offered thank-you pays at stay, and so do
/// stages on which open referrals stand.
///
/// # Errors
/// [`SavePipelineError`] says what to change.
pub async fn save_pipeline(
    ctx: &Ctx,
    power: &ProgramManaging,
    program: &Program,
    pipeline: Pipeline,
) -> Result<(), SavePipelineError> {
    let tx = ctx.store.begin().await?;
    // Nobody moves a referral to a stage, or hangs a part on it, between looking and leaving it out.
    tx.incentives().lock_pipeline(program.id).await?;
    let offers = tx.incentives().offers(program.id).await?;
    let paid = offers
        .iter()
        .filter(|offer| offer.incentive.active)
        .flat_map(|offer| offer.incentive.scheme.parts())
        .map(|part| PayingStep::step(part.step))
        .find(|step| pipeline.dropped().contains(step));
    if let Some(step) = paid {
        return Err(PipelineError::CarriesPart(step).into());
    }
    for gone in program.pipeline.lost_in(&pipeline) {
        if tx.referrals().standing_at(program.id, gone).await? > 0 {
            return Err(SavePipelineError::Occupied(gone));
        }
    }
    tx.update_program(power, &Program { pipeline, ..program.clone() }).await?;
    let details = json!({ "version": program.version + 1 });
    tx.audit(ctx.audit_entry(
        Some(power.member()),
        "incentives.save_pipeline",
        "program",
        program.id,
        details,
    ))
    .await?;
    Ok(tx.commit().await?)
}
