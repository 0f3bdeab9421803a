//! Whether people may ask to join by themselves. They may not until an administrator says so.

use domain::members::Administering;
use serde_json::json;
use store::StoreError;

use crate::Ctx;

const KEY: &str = "members.join_by_domain";

/// Whether somebody at a customer's domain may ask to join.
///
/// # Errors
/// When the memory fails.
pub async fn join_by_domain(ctx: &Ctx) -> Result<bool, StoreError> {
    Ok(ctx.store.setting(KEY).await?.and_then(|value| value.as_bool()).unwrap_or(false))
}

/// Says whether they may.
///
/// # Errors
/// When the memory fails.
pub async fn set_join_by_domain(ctx: &Ctx, by: Administering, on: bool) -> Result<(), StoreError> {
    let tx = ctx.store.begin().await?;
    tx.set_setting(KEY, &json!(on), ctx.now()).await?;
    tx.audit(ctx.audit_entry(Some(by.member()), "settings.change", "setting", KEY, json!({ "on": on })))
        .await?;
    tx.commit().await
}
