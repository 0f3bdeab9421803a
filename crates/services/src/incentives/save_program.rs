//! Marketing edits a programme.

use domain::members::ProgramManaging;
use serde_json::json;
use store::{StoreError, incentives::Program};

use crate::Ctx;

/// Why a programme stays as it was.
#[derive(Debug, thiserror::Error)]
pub enum SaveProgramError {
    /// A text is missing in one of the languages: its field.
    #[error("empty")]
    Missing(&'static str),
    /// The destination is not an address of the web.
    #[error("not_a_web_address")]
    Destination,
    /// Somebody changed it since the page was shown.
    #[error("stale_edit")]
    Stale,
    /// The memory failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for SaveProgramError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale | StoreError::Conflict => Self::Stale,
            other => Self::Store(other),
        }
    }
}

/// Saves a programme. Referrals that were submitted before keep their terms.
///
/// # Errors
/// [`SaveProgramError`] says what to change.
pub async fn save_program(
    ctx: &Ctx,
    power: &ProgramManaging,
    program: &Program,
) -> Result<(), SaveProgramError> {
    for (field, text) in [
        ("name_de", &program.name.de),
        ("name_en", &program.name.en),
        ("headline_de", &program.headline.de),
        ("headline_en", &program.headline.en),
    ] {
        if text.trim().is_empty() {
            return Err(SaveProgramError::Missing(field));
        }
    }
    let leads_to_web = |url: &String| url.starts_with("https://") && !url.contains(char::is_whitespace);
    if !program.destination_url.as_ref().is_none_or(leads_to_web) {
        return Err(SaveProgramError::Destination);
    }
    let tx = ctx.store.begin().await?;
    tx.update_program(power, program).await?;
    let details = json!({ "version": program.version + 1, "open": program.open });
    tx.audit(ctx.audit_entry(
        Some(power.member()),
        "incentives.save_program",
        "program",
        program.id,
        details,
    ))
    .await?;
    Ok(tx.commit().await?)
}
