//! Agreeing to the terms.

use domain::{consent::LegalKind, ids::MemberId};
use serde_json::json;
use store::{StoreError, members::Manners};

use crate::Ctx;

/// Why nothing was agreed to.
#[derive(Debug, thiserror::Error)]
pub enum AgreeError {
    /// The text was changed while it was read.
    #[error("terms_changed")]
    Changed,
    /// The memory failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Notes that this member agrees to the version they have read, if it still is the one that holds, and at their first
/// visit how they take part.
///
/// # Errors
/// [`AgreeError::Changed`] when it is not.
pub async fn agree(
    ctx: &Ctx,
    member: MemberId,
    version: i32,
    manners: Option<Manners>,
) -> Result<(), AgreeError> {
    let tx = ctx.store.begin().await?;
    if tx.legal().newest_version(LegalKind::Terms).await? != version {
        return Err(AgreeError::Changed);
    }
    tx.legal().agree(member, version, ctx.now()).await?;
    if let Some(manners) = manners {
        tx.members().set_manners(member, manners).await?;
    }
    let details = json!({ "version": version });
    tx.audit(ctx.audit_entry(Some(member), "legal.agree", "member", member, details)).await?;
    Ok(tx.commit().await?)
}
