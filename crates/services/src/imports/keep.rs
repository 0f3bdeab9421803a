//! A file between its dry run and the decision to take it.

use chrono::{DateTime, TimeDelta, Utc};
use domain::members::Administering;
use serde::{Deserialize, Serialize};
use store::StoreError;
use uuid::Uuid;

use super::{ImportError, Importing, Report, import_customers};
use crate::Ctx;

/// How long a file waits.
const KEPT_FOR: TimeDelta = TimeDelta::hours(2);

/// How long the request waits for the end.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(4);

/// A file that was handed in.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Which one.
    pub id: Uuid,
    /// What it was called.
    pub name: String,
    /// When it was handed in.
    pub at: DateTime<Utc>,
    /// How far it is.
    pub progress: Progress,
}

/// How far a file is.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "is", content = "report", rename_all = "snake_case")]
pub enum Progress {
    /// Looked at only.
    Seen(Report),
    /// Being taken.
    Running,
    /// Taken.
    Taken(Report),
    /// Interrupted by the memory; what was taken stays, and it can be handed in again.
    Failed,
}

/// Looks at a file and keeps it until it is taken.
///
/// # Errors
/// When its first line names no company column.
pub async fn keep(
    ctx: &Ctx,
    by: Administering,
    name: String,
    text: &str,
    importing: &Importing,
) -> Result<Uuid, ImportError> {
    let report = import_customers(ctx, text, &Importing { dry_run: true, ..importing.clone() }).await?;
    let id: Uuid = ctx.new_id();
    let options = serde_json::to_string(importing).unwrap_or_default();
    // PostgreSQL keeps no NUL, and no list of customers holds one.
    let text = text.replace('\0', "");
    let now = ctx.now();
    ctx.store.keep_upload(id, by.member(), (name, options), &text, (now, now + KEPT_FOR)).await?;
    note(ctx, id, &Progress::Seen(report)).await?;
    Ok(id)
}

/// The file, for whoever handed it in.
///
/// # Errors
/// When the memory fails.
pub async fn kept(ctx: &Ctx, by: Administering, id: Uuid) -> Result<Option<Kept>, StoreError> {
    let Some(upload) = ctx.store.upload(id, by.member(), ctx.now()).await? else { return Ok(None) };
    let progress = upload.result.as_deref().and_then(|json| serde_json::from_str(json).ok());
    Ok(progress.map(|progress| Kept { id, name: upload.name, at: upload.created_at, progress }))
}

/// Takes a file that was looked at, beside the request that asked for it: whoever closes the page does not stop it
/// half-way. Waits a little, so that small files are done when this answers.
///
/// # Errors
/// When the memory fails.
pub async fn start_kept(ctx: &Ctx, by: Administering, id: Uuid) -> Result<bool, ImportError> {
    if ctx.store.upload(id, by.member(), ctx.now()).await?.is_none() {
        return Ok(false);
    }
    let work = ctx.clone();
    let task = tokio::spawn(async move {
        let result = confirm_kept(&work, by, id).await;
        if let Err(error) = &result {
            tracing::error!(%error, "import was interrupted");
        }
        result
    });
    match tokio::time::timeout(PATIENCE, task).await {
        Ok(Ok(result)) => result,
        // Still at work, or interrupted by a fault that is logged: its page says which.
        Ok(Err(_)) | Err(_) => Ok(true),
    }
}

/// Takes a file that was looked at. Answers `false` when there is none. It is written in batches, so it may be taken a
/// second time without harm.
///
/// # Errors
/// When the memory fails.
pub async fn confirm_kept(ctx: &Ctx, by: Administering, id: Uuid) -> Result<bool, ImportError> {
    let Some(upload) = ctx.store.upload(id, by.member(), ctx.now()).await? else { return Ok(false) };
    let importing: Importing = serde_json::from_str(&upload.options).unwrap_or_default();
    let importing = Importing { dry_run: false, by: Some(by.member()), ..importing };
    note(ctx, id, &Progress::Running).await?;
    let text = ctx.store.upload_text(id).await?;
    let result = import_customers(ctx, &text, &importing).await;
    let progress = match &result {
        Ok(report) => Progress::Taken(report.clone()),
        Err(_) => Progress::Failed,
    };
    note(ctx, id, &progress).await?;
    result.map(|_| true)
}

async fn note(ctx: &Ctx, id: Uuid, progress: &Progress) -> Result<(), StoreError> {
    ctx.store.set_upload_result(id, &serde_json::to_string(progress).unwrap_or_default()).await
}
