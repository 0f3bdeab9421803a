//! Marketing says what the form of a referral asks besides.

use domain::{
    ids::ProgramId,
    incentives::{Question, QuestionFaults, Questions},
    members::ProgramManaging,
};
use serde_json::json;
use store::StoreError;

use crate::Ctx;

/// Why the questions stay as they were.
#[derive(Debug, thiserror::Error)]
pub enum SaveQuestionsError {
    /// Something is wrong with some of them.
    #[error("{0}")]
    Faults(#[from] QuestionFaults),
    /// Somebody changed the programme since the page was shown.
    #[error("stale_edit")]
    Stale,
    /// The memory failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for SaveQuestionsError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale | StoreError::Conflict => Self::Stale,
            other => Self::Store(other),
        }
    }
}

/// Saves what a programme asks; `version` is the programme's, as it was shown. Referrals that were submitted before keep
/// their answers and the wording of that day.
///
/// # Errors
/// [`SaveQuestionsError`] says what to change.
pub async fn save_questions(
    ctx: &Ctx,
    power: &ProgramManaging,
    program: ProgramId,
    version: i32,
    questions: Vec<Question>,
) -> Result<(), SaveQuestionsError> {
    let questions = Questions::new(questions)?;
    let tx = ctx.store.begin().await?;
    tx.update_questions(power, program, version, &questions).await?;
    let details = json!({ "version": version + 1, "asked": questions.asked().count() });
    let by = Some(power.member());
    tx.audit(ctx.audit_entry(by, "incentives.save_questions", "program", program, details)).await?;
    Ok(tx.commit().await?)
}
