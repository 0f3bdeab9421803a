//! Marketing adds or edits what a programme offers.

use domain::{
    incentives::{PayingStep, SchemeError},
    members::ProgramManaging,
};
use serde_json::json;
use store::{StoreError, incentives::Offer};

use crate::{Ctx, campaigns::keeps_guard};

/// Why an offer stays as it was.
#[derive(Debug, thiserror::Error)]
pub enum SaveOfferError {
    /// A text is missing in one of the languages: its field.
    #[error("empty")]
    Missing(&'static str),
    /// Kind and parts do not fit.
    #[error("{0}")]
    Scheme(SchemeError),
    /// The programme leaves out the step that a part hangs on.
    #[error("part_on_dropped")]
    Dropped(PayingStep),
    /// With the boost of a campaign, a share would be larger than the guard band allows.
    #[error("offer_campaign_guard")]
    Boosted,
    /// Somebody changed it since the page was shown.
    #[error("stale_edit")]
    Stale,
    /// The memory failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for SaveOfferError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale | StoreError::Conflict => Self::Stale,
            other => Self::Store(other),
        }
    }
}

/// What is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saving {
    /// A new offer, with its whole stock.
    New,
    /// A changed one.
    Changed {
        /// What was left when its editor was shown; `None` where it had no limit.
        left: Option<u32>,
    },
}

/// Saves an offer, new or changed. What was taken of its stock since the editor was shown stays taken. Referrals that were submitted before keep the copy in their terms.
///
/// # Errors
/// [`SaveOfferError`] says what to change.
pub async fn save_offer(
    ctx: &Ctx,
    power: &ProgramManaging,
    offer: &Offer,
    saving: Saving,
) -> Result<(), SaveOfferError> {
    for (field, text) in [("name_de", &offer.name.de), ("name_en", &offer.name.en)] {
        if text.trim().is_empty() {
            return Err(SaveOfferError::Missing(field));
        }
    }
    offer.incentive.validate().map_err(SaveOfferError::Scheme)?;
    let tx = ctx.store.begin().await?;
    match saving {
        Saving::New => tx.insert_offer(offer, ctx.now()).await?,
        Saving::Changed { left } => tx.update_offer(power, offer, left).await?,
    }
    // Nobody leaves out a step while a part is hung on it. The programme after the offer: so everybody locks them.
    tx.rewards().lock_program(offer.program).await?;
    if let Some(program) = tx.incentives().program(offer.program).await? {
        let mut steps = offer.incentive.scheme.parts().iter().map(|part| part.step);
        if let Some(step) = steps.find(|step| program.pipeline.dropped().contains(&step.step())) {
            return Err(SaveOfferError::Dropped(step));
        }
    }
    if !keeps_guard(offer, &tx.campaigns().open(offer.program).await?) {
        return Err(SaveOfferError::Boosted);
    }
    let details = json!({ "kind": offer.incentive.kind, "active": offer.incentive.active });
    let id = offer.incentive.id;
    tx.audit(ctx.audit_entry(Some(power.member()), "incentives.save_offer", "incentive", id, details))
        .await?;
    Ok(tx.commit().await?)
}
