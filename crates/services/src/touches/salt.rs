//! The salt of a day: whoever comes twice on one day can be told apart from two, and nobody can be found again later.

use chrono::{DateTime, TimeDelta, Utc};
use store::{StoreError, Tx};

use crate::{Ctx, SecretKey, jobs::Job};

/// How long a day's salt lives, counted from its making.
const SALT_LIFE: TimeDelta = TimeDelta::hours(48);

/// The day's salt; whoever needs it first makes it, with the job that forgets it.
pub(crate) async fn day_salt(ctx: &Ctx, tx: &Tx, now: DateTime<Utc>) -> Result<SecretKey, StoreError> {
    let day = now.date_naive().to_string();
    let fresh = SecretKey::new(ctx.random.bytes32());
    let (stored, made) = tx.touches().salt(&day, &fresh.to_base64(), now).await?;
    if made {
        tx.push_job(Job::ForgetClickSalt { day }.to_new(ctx, now + SALT_LIFE)).await?;
    }
    SecretKey::from_base64(&stored).ok_or(StoreError::Corrupt("click_salts.salt"))
}

/// The job that ends a day's salt.
///
/// # Errors
/// When the memory fails.
pub async fn forget_salt(tx: &Tx, day: &str) -> Result<(), StoreError> {
    tx.touches().forget_salt(day).await
}
