//! Coming in by the code of a letter.

use chrono::TimeDelta;
use domain::ids::MemberId;
use serde_json::json;
use store::StoreError;

use super::{invite::hash, letter_code::normalised};
use crate::Ctx;

/// The window of the throttle.
const WINDOW: TimeDelta = TimeDelta::minutes(15);
/// Codes from one network address in a window.
const MAX_PER_SOURCE: i32 = 20;

/// Why somebody does not come in.
#[derive(Debug, thiserror::Error)]
pub enum JoinError {
    /// Too many codes from this network address.
    #[error("join_throttled")]
    Throttled,
    /// Not a code, used up, lapsed, or of somebody whose access has ended: all look the same.
    #[error("join_unknown_code")]
    UnknownCode,
    /// The memory failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Signs in whoever holds the code of a letter, once.
///
/// # Errors
/// [`JoinError::UnknownCode`], whatever is wrong with it.
pub async fn join(ctx: &Ctx, typed: &str, source: &str) -> Result<MemberId, JoinError> {
    let now = ctx.now();
    let tx = ctx.store.begin().await?;
    let tries = tx.count_try(&ctx.secret.hash("throttle-join", source), WINDOW, now).await?;
    if tries > MAX_PER_SOURCE {
        // The count itself must stay, or the throttle would never tire.
        tx.commit().await?;
        return Err(JoinError::Throttled);
    }
    let open = tx.members().open_invitation(&hash(ctx, &normalised(typed)), now).await?;
    let used = match open {
        Some(open) => tx.members().use_invitation(open, now).await?.then_some(open.member),
        None => None,
    };
    if let Some(member) = used {
        let details = json!({ "by": "letter" });
        tx.audit(ctx.audit_entry(Some(member), "members.sign_in", "member", member, details)).await?;
    }
    tx.commit().await?;
    used.ok_or(JoinError::UnknownCode)
}
