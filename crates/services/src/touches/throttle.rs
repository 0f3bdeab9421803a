//! Counting attempts in a transaction of their own: the count must stay even when the act itself is refused.

use chrono::TimeDelta;
use store::StoreError;

use crate::Ctx;

/// Somebody tries too often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Throttled(pub bool);

/// Counts one try of this purpose by this key, which is hashed first, and says whether it was one too many.
///
/// # Errors
/// When the memory fails.
pub async fn throttle(
    ctx: &Ctx,
    purpose: &str,
    key: &str,
    most: i32,
    window: TimeDelta,
) -> Result<Throttled, StoreError> {
    let tx = ctx.store.begin().await?;
    let tries = tx.count_try(&ctx.secret.hash(purpose, key), window, ctx.now()).await?;
    tx.commit().await?;
    Ok(Throttled(tries > most))
}
