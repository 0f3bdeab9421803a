//! Keys of machines: made, revoked and asked for. A key is shown once; its hash is kept.

use chrono::TimeDelta;
use domain::{access::ApiScope, ids::ApiKeyId, members::Administering, text::CompanyName};
use serde_json::json;
use store::{StoreError, access::ApiKey};

use super::grants::new_key;
use crate::{
    Ctx,
    touches::{Throttled, throttle},
};

/// Requests of one key in a minute.
pub const MOST_CALLS: i32 = 120;

/// Why a call is refused.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// There is no such key, or it is revoked.
    #[error("unauthorized")]
    Unknown,
    /// The key may not do this.
    #[error("forbidden")]
    Scope,
    /// It called too often.
    #[error("too_many")]
    TooMany,
    /// The memory failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Who calls: proof that a key with this scope was shown.
#[derive(Clone, Copy, Debug)]
pub struct Caller {
    key: ApiKeyId,
}

impl Caller {
    /// Which key.
    pub const fn key(&self) -> ApiKeyId {
        self.key
    }
}

/// Makes a key and answers it, once: only its hash is kept.
///
/// # Errors
/// When the memory fails.
pub async fn create_key(
    ctx: &Ctx,
    by: Administering,
    name: CompanyName,
    scopes: Vec<ApiScope>,
) -> Result<String, StoreError> {
    let key = new_key(ctx, "dk_");
    let id: ApiKeyId = ctx.new_id();
    let details = json!({ "scopes": scopes });
    let new = ApiKey {
        id,
        name: name.into_string(),
        scopes,
        created_at: ctx.now(),
        used_on: None,
        revoked_at: None,
    };
    let tx = ctx.store.begin().await?;
    tx.access().insert_api_key(&new, &ctx.secret.hash("api-key", &key), by.member()).await?;
    tx.audit(ctx.audit_entry(Some(by.member()), "access.create_key", "api_key", id, details)).await?;
    tx.commit().await?;
    Ok(key)
}

/// Ends a key; a second press of the button changes nothing.
///
/// # Errors
/// When the memory fails.
pub async fn revoke_key(ctx: &Ctx, by: Administering, id: ApiKeyId) -> Result<(), StoreError> {
    let tx = ctx.store.begin().await?;
    if tx.access().revoke_api_key(id, by.member(), ctx.now()).await? {
        let entry = ctx.audit_entry(Some(by.member()), "access.revoke_key", "api_key", id, json!({}));
        tx.audit(entry).await?;
    }
    tx.commit().await
}

/// Lets a machine in that shows a key with this scope, at most [`MOST_CALLS`] times a minute. The day of its last use is
/// noted once a day.
///
/// # Errors
/// [`CallError`] says why not.
pub async fn call(ctx: &Ctx, key: &str, scope: ApiScope) -> Result<Caller, CallError> {
    let found = ctx.store.access().api_key(&ctx.secret.hash("api-key", key)).await?;
    let found = found.filter(|key| key.revoked_at.is_none()).ok_or(CallError::Unknown)?;
    let Throttled(too_many) =
        throttle(ctx, "api", &found.id.to_string(), MOST_CALLS, TimeDelta::minutes(1)).await?;
    if too_many {
        return Err(CallError::TooMany);
    }
    if !found.scopes.contains(&scope) {
        return Err(CallError::Scope);
    }
    let today = ctx.now().with_timezone(&ctx.host.zone).date_naive();
    if found.used_on != Some(today) {
        let tx = ctx.store.begin().await?;
        tx.access().note_api_key_used(found.id, today).await?;
        tx.commit().await?;
    }
    Ok(Caller { key: found.id })
}
