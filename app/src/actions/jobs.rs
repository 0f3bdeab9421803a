//! Trying again what did not succeed.

use axum::extract::Path as Segment;
use services::jobs;
use uuid::Uuid;

use crate::{
    forms::Flash,
    pages::{PageError, PageResult},
    paths,
    shell::go,
    visitor::SignedIn,
};

/// `POST /manage/jobs/{id}/retry`
///
/// # Errors
/// [`PageError::NotAllowed`] for everybody but administrators.
pub async fn retry(SignedIn { visitor, person }: SignedIn, Segment(id): Segment<Uuid>) -> PageResult {
    let by = person.actor.administering().ok_or(PageError::NotAllowed)?;
    let revived = jobs::retry(&visitor.app.ctx, by, id).await?;
    visitor.flash(if revived { Flash::JobRetried } else { Flash::JobGone }).await?;
    Ok(go(&paths::JOBS))
}

/// `POST /manage/jobs/retry`
///
/// # Errors
/// [`PageError::NotAllowed`] for everybody but administrators.
pub async fn retry_all(SignedIn { visitor, person }: SignedIn) -> PageResult {
    let by = person.actor.administering().ok_or(PageError::NotAllowed)?;
    let revived = jobs::retry_all(&visitor.app.ctx, by).await?;
    visitor.flash(if revived > 0 { Flash::JobsRetried } else { Flash::JobGone }).await?;
    Ok(go(&paths::JOBS))
}
