//! A file between its dry run and the decision to take it.

use chrono::{DateTime, TimeDelta, Utc};
use domain::members::Administering;
use serde::{Deserialize, Serialize};
use store::{StoreError, uploads::Upload};
use uuid::Uuid;

use super::{ImportError, Importing, Report, import_customers};
use crate::Ctx;

/// How long a file waits.
const KEPT_FOR: TimeDelta = TimeDelta::hours(2);

/// How often whoever takes a file says that they are still at it.
const SIGN_OF_LIFE: std::time::Duration = std::time::Duration::from_secs(5);

/// A server that has not said so for this long has ended.
const SILENCE: TimeDelta = TimeDelta::seconds(30);

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
    /// Being taken; when whoever takes it last said so.
    Running(DateTime<Utc>),
    /// Taken.
    Taken(Report),
    /// Interrupted, by the memory or by the end of its server; what was taken stays, and it can be taken again.
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
    let progress = progress(ctx, &upload);
    Ok(progress.map(|progress| Kept { id, name: upload.name, at: upload.created_at, progress }))
}

/// How far it is; `None` while it is still being handed in.
fn progress(ctx: &Ctx, upload: &Upload) -> Option<Progress> {
    let noted = upload.result.as_deref().and_then(|json| serde_json::from_str(json).ok())?;
    Some(match noted {
        Progress::Running(at) if ctx.now() - at > SILENCE => Progress::Failed,
        progress => progress,
    })
}

/// Takes a file that was looked at, beside the request that asked for it: whoever closes the page does not stop it
/// half-way. Waits a little, so that small files are done when this answers. A second press, also on another server, finds
/// it being taken, or taken; what was interrupted is taken again.
///
/// # Errors
/// When the memory fails.
pub async fn start_kept(ctx: &Ctx, by: Administering, id: Uuid) -> Result<bool, ImportError> {
    let upload = match claim(ctx, by, id).await? {
        Claim::Nothing => return Ok(false),
        Claim::Elsewhere => return Ok(true),
        Claim::Ours(upload) => upload,
    };
    let work = ctx.clone();
    let task = tokio::spawn(async move {
        let result = take(&work, by, &upload).await;
        if let Err(error) = &result {
            tracing::error!(%error, "import was interrupted");
        }
        result
    });
    match tokio::time::timeout(PATIENCE, task).await {
        Ok(Ok(result)) => result.map(|()| true),
        // Still at work, or interrupted by a fault that is logged: its page says which.
        Ok(Err(_)) | Err(_) => Ok(true),
    }
}

/// Takes a file that was looked at, and waits for the end. Answers `false` when there is none.
///
/// # Errors
/// When the memory fails.
pub async fn confirm_kept(ctx: &Ctx, by: Administering, id: Uuid) -> Result<bool, ImportError> {
    match claim(ctx, by, id).await? {
        Claim::Nothing => Ok(false),
        Claim::Elsewhere => Ok(true),
        Claim::Ours(upload) => take(ctx, by, &upload).await.map(|()| true),
    }
}

/// Whose task it is to take a file.
enum Claim {
    /// There is none to take.
    Nothing,
    /// Somebody takes it, or has.
    Elsewhere,
    /// Ours, and nobody else's.
    Ours(Upload),
}

async fn claim(ctx: &Ctx, by: Administering, id: Uuid) -> Result<Claim, StoreError> {
    let Some(upload) = ctx.store.upload(id, by.member(), ctx.now()).await? else { return Ok(Claim::Nothing) };
    match progress(ctx, &upload) {
        None => return Ok(Claim::Nothing),
        Some(Progress::Running(_) | Progress::Taken(_)) => return Ok(Claim::Elsewhere),
        Some(Progress::Seen(_) | Progress::Failed) => {}
    }
    let running = written(&Progress::Running(ctx.now()));
    // Who read the same at the same moment finds it changed.
    let ours = ctx.store.claim_upload(id, upload.result.as_deref(), &running).await?;
    Ok(if ours { Claim::Ours(upload) } else { Claim::Elsewhere })
}

/// It is written in batches, so that what was interrupted may be taken a second time without harm.
async fn take(ctx: &Ctx, by: Administering, upload: &Upload) -> Result<(), ImportError> {
    let importing: Importing = serde_json::from_str(&upload.options).unwrap_or_default();
    let importing = Importing { dry_run: false, by: Some(by.member()), ..importing };
    let text = ctx.store.upload_text(upload.id).await?;
    let result = tokio::select! {
        result = import_customers(ctx, &text, &importing) => result,
        error = say_so(ctx, upload.id) => Err(error.into()),
    };
    let progress = match &result {
        Ok(report) => Progress::Taken(report.clone()),
        Err(_) => Progress::Failed,
    };
    note(ctx, upload.id, &progress).await?;
    result.map(|_| ())
}

/// Says again and again that the file is being taken, until the memory fails: a server that ends can't say that it has.
async fn say_so(ctx: &Ctx, id: Uuid) -> StoreError {
    let mut beat = tokio::time::interval(SIGN_OF_LIFE);
    // The first one is due at once, and has been said by whoever starts the import.
    beat.tick().await;
    loop {
        beat.tick().await;
        if let Err(error) = note(ctx, id, &Progress::Running(ctx.now())).await {
            return error;
        }
    }
}

async fn note(ctx: &Ctx, id: Uuid, progress: &Progress) -> Result<(), StoreError> {
    ctx.store.set_upload_result(id, &written(progress)).await
}

fn written(progress: &Progress) -> String {
    serde_json::to_string(progress).unwrap_or_default()
}
