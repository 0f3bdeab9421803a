//! A new version of a legal text.

use domain::{consent::LegalKind, members::Administering, text::Language};
use serde_json::json;
use store::{StoreError, legal::NewLegalText};

use crate::Ctx;

/// Longest text, in characters.
const MAX: usize = 60_000;

/// Why no version was written.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// Somebody has written a version since this one was begun.
    #[error("changed_meanwhile")]
    Stale,
    /// A text in both languages is needed.
    #[error("empty")]
    Empty,
    /// It is longer than anybody would read.
    #[error("too_long")]
    TooLong,
    /// The memory failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for PublishError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Self::Stale,
            other => Self::Store(other),
        }
    }
}

/// A version to write.
#[derive(Clone, Debug)]
pub struct Publish {
    /// Which text.
    pub kind: LegalKind,
    /// The words in German.
    pub german: String,
    /// The words in English.
    pub english: String,
    /// The version that was looked at.
    pub after: i32,
}

/// Writes a new version. Whoever takes part is asked to agree to new terms at their next visit.
///
/// # Errors
/// [`PublishError::Stale`] when somebody else was faster.
pub async fn publish(ctx: &Ctx, by: Administering, new: Publish) -> Result<i32, PublishError> {
    for body in [&new.german, &new.english] {
        if body.trim().is_empty() {
            return Err(PublishError::Empty);
        }
        if body.chars().count() > MAX {
            return Err(PublishError::TooLong);
        }
    }
    let tx = ctx.store.begin().await?;
    if tx.legal().newest_version(new.kind).await? != new.after {
        return Err(PublishError::Stale);
    }
    let version = new.after + 1;
    let clean = |body: String| body.replace("\r\n", "\n").replace('\0', "");
    let bodies = vec![
        (ctx.new_id(), Language::German, clean(new.german)),
        (ctx.new_id(), Language::English, clean(new.english)),
    ];
    tx.legal().insert(NewLegalText { kind: new.kind, version, bodies, by, at: ctx.now() }).await?;
    let details = json!({ "version": version });
    tx.audit(ctx.audit_entry(Some(by.member()), "legal.publish", "legal_text", new.kind, details)).await?;
    tx.commit().await?;
    Ok(version)
}
