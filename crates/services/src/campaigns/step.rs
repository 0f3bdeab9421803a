//! A campaign begins with its pilot group or for all, is rolled out, or is closed.

use domain::{
    campaigns::{CampaignError, CampaignState},
    ids::CampaignId,
    members::ProgramManaging,
};
use serde_json::json;
use store::StoreError;

use super::save::check;
use crate::Ctx;

/// Why a campaign stays where it is.
#[derive(Debug, thiserror::Error)]
pub enum StepError {
    /// There is none.
    #[error("not_found")]
    NotFound,
    /// Its rules refuse it.
    #[error("{0}")]
    Rule(CampaignError),
    /// Somebody changed it since the page was shown.
    #[error("stale_edit")]
    Stale,
    /// The memory failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for StepError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale => Self::Stale,
            other => Self::Store(other),
        }
    }
}

/// Takes a campaign that was read in this version a step on. Its figures at that moment go into the log.
///
/// # Errors
/// [`StepError`] says what stands in the way.
pub async fn take_step(
    ctx: &Ctx,
    power: &ProgramManaging,
    id: CampaignId,
    version: i32,
    next: CampaignState,
) -> Result<(), StepError> {
    let tx = ctx.store.begin().await?;
    tx.campaigns().lock(&[id].into()).await?;
    let mut named = tx.campaigns().find(id).await?.ok_or(StepError::NotFound)?;
    if named.campaign.version != version {
        return Err(StepError::Stale);
    }
    let from = named.campaign.state;
    named.campaign.state = named.campaign.become_state(next, ctx.now()).map_err(StepError::Rule)?;
    if next != CampaignState::Closed {
        // What is offered may have changed since it was written.
        tx.rewards().lock_program(named.campaign.program).await?;
        check(&tx, &named.campaign).await?.map_err(StepError::Rule)?;
    }
    let figures = tx.campaigns().figures(id).await?;
    tx.update_campaign(power, &named).await?;
    let details = json!({
        "from": from,
        "to": next,
        "referrals": figures.referrals,
        "won": figures.won,
        "spent": named.campaign.spent,
    });
    tx.audit(ctx.audit_entry(Some(power.member()), "campaigns.step", "campaign", id, details)).await?;
    Ok(tx.commit().await?)
}
