//! Keys of machines: made, revoked and asked with. A key is shown once; its keyed hash is kept.

use chrono::TimeDelta;
use domain::{
    access::{AccessState, ApiScope},
    ids::{AccountId, ApiKeyId},
    members::Administering,
    text::ApiKeyName,
};
use serde_json::json;
use store::{
    StoreError,
    access::{ApiKey, Grant},
};

use super::grants::{new_key, term, today};
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
    /// It does not say about which customer.
    #[error("malformed")]
    Malformed,
    /// There is no such customer.
    #[error("not_found")]
    NoAccount,
    /// The memory failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes a key and answers it: only its hash is kept. The id is the form's own, so that a second press of the button makes
/// no second key.
///
/// # Errors
/// [`StoreError::Conflict`] when this form has made one.
pub async fn create_key(
    ctx: &Ctx,
    by: Administering,
    id: ApiKeyId,
    name: ApiKeyName,
    scopes: Vec<ApiScope>,
) -> Result<String, StoreError> {
    let key = new_key(ctx, "dk_");
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
    tx.access().insert_api_key(&by, &new, &hash(ctx, &key)).await?;
    tx.audit(ctx.audit_entry(Some(by.member()), "access.create_key", "api_key", id, details)).await?;
    tx.commit().await?;
    Ok(key)
}

/// Revokes a key; a second press of the button changes nothing.
///
/// # Errors
/// When the memory fails.
pub async fn revoke_key(ctx: &Ctx, by: Administering, id: ApiKeyId) -> Result<(), StoreError> {
    let tx = ctx.store.begin().await?;
    if tx.access().revoke_api_key(&by, id, ctx.now()).await? {
        let entry = ctx.audit_entry(Some(by.member()), "access.revoke_key", "api_key", id, json!({}));
        tx.audit(entry).await?;
    }
    tx.commit().await
}

/// What a customer has early, today or soon, for a machine that shows a key which may ask so. The key is looked at first:
/// without one nobody learns which customers there are.
///
/// # Errors
/// [`CallError`] says why not.
pub async fn grants_for(
    ctx: &Ctx,
    key: &str,
    account: Option<&str>,
) -> Result<(AccountId, Vec<Grant>), CallError> {
    admit(ctx, key, ApiScope::GrantsRead).await?;
    let account: AccountId = account.and_then(|id| id.parse().ok()).ok_or(CallError::Malformed)?;
    if ctx.store.accounts().details(account).await?.is_none() {
        return Err(CallError::NoAccount);
    }
    let today = today(ctx);
    let mut grants = ctx.store.access().grants_of(account).await?;
    grants.retain(|grant| term(ctx, grant).state(today) != AccessState::Over);
    Ok((account, grants))
}

/// Lets a machine in that shows a key with this scope, at most [`MOST_CALLS`] times a minute. Keys that there are none of
/// are not counted: nobody guesses 32 bytes, and counting costs more than looking. The day of the last use is noted once a
/// day.
async fn admit(ctx: &Ctx, key: &str, scope: ApiScope) -> Result<(), CallError> {
    // Found by its hash, so how long that takes says nothing about any key.
    let found = ctx.store.access().api_key(&hash(ctx, key)).await?;
    let found = found.filter(|key| key.revoked_at.is_none()).ok_or(CallError::Unknown)?;
    let id = found.id.to_string();
    if throttle(ctx, "throttle-api", &id, MOST_CALLS, TimeDelta::minutes(1)).await? == Throttled(true) {
        return Err(CallError::TooMany);
    }
    if !found.scopes.contains(&scope) {
        return Err(CallError::Scope);
    }
    let today = today(ctx);
    if found.used_on != Some(today) {
        let tx = ctx.store.begin().await?;
        tx.access().note_api_key_used(found.id, today).await?;
        tx.commit().await?;
    }
    Ok(())
}

fn hash(ctx: &Ctx, key: &str) -> String {
    ctx.secret.hash("api-key", key)
}
