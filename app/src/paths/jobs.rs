//! What the worker could not do.

use uuid::Uuid;

use super::{Path, with_id};

/// What the worker could not do, and mails that have not left.
pub const JOBS: Path = Path::fixed("/manage/jobs");
/// Tries everything again.
pub const JOBS_RETRY: Path = Path::fixed("/manage/jobs/retry");
/// The route of [`job_retry`].
pub const JOB_RETRY: &str = "/manage/jobs/{id}/retry";

/// Tries one job again.
pub fn job_retry(id: Uuid) -> Path {
    with_id(JOB_RETRY, id)
}
