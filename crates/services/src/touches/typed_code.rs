//! A code that somebody heard or read and types.

use chrono::TimeDelta;
use domain::{
    text::{LinkCode, SpeakableCode},
    touches::CodeKind,
};
use store::{StoreError, touches::Target};

use super::{Throttled, throttle};
use crate::Ctx;

/// Tries from one network address within the window: enough for a slow typist, too few to walk through all codes.
const MAX_TRIES: i32 = 20;
const WINDOW: TimeDelta = TimeDelta::minutes(15);

/// Why a typed code leads nowhere.
#[derive(Debug, thiserror::Error)]
pub enum TypedCodeError {
    /// There is no such code, or what was typed can't be one: the same answer for both.
    #[error("code_unknown")]
    Unknown,
    /// Too many tries from this network address.
    #[error("code_throttled")]
    Throttled,
    /// The memory failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Where a typed code leads; link codes are taken as well, because people type what stands on the card.
///
/// # Errors
/// [`TypedCodeError::Unknown`] and [`TypedCodeError::Throttled`].
pub async fn find_typed_code(ctx: &Ctx, typed: &str, source: &str) -> Result<Target, TypedCodeError> {
    if throttle(ctx, "throttle-code", source, MAX_TRIES, WINDOW).await? == Throttled(true) {
        return Err(TypedCodeError::Throttled);
    }
    let touches = ctx.store.touches();
    if let Ok(code) = SpeakableCode::parse(typed)
        && let Some(target) = touches.target(code.as_str(), CodeKind::Spoken).await?
    {
        return Ok(target);
    }
    if let Ok(code) = LinkCode::parse(typed)
        && let Some(target) = touches.target(code.as_str(), CodeKind::Link).await?
    {
        return Ok(target);
    }
    Err(TypedCodeError::Unknown)
}
