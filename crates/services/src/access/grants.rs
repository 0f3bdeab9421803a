//! Grants: made by the delivery of an early access, asked for by machines, their keys shown once.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    access::seats_of,
    ids::{AccountId, RewardId},
    members::Referrer,
};
use serde_json::json;
use store::{StoreError, Tx, access::Grant, rewards::StoredReward};

use crate::{Ctx, rewards::ActError};

/// Grants the feature that the reward's thank-you names, in the transaction of its delivery; nothing where it names none.
pub(crate) async fn grant(ctx: &Ctx, tx: &Tx, stored: &StoredReward) -> Result<(), ActError> {
    let facts = stored.reward.facts();
    let Some(promise) = facts.promise.filter(|promise| promise.kind.is_revocable()) else { return Ok(()) };
    let Some(incentive) = stored.serving else { return Ok(()) };
    let Some(feature) = tx.access().feature_of(incentive).await? else { return Ok(()) };
    let seats = seats_of(promise.amount);
    if !tx.access().take_seats(feature.id, seats).await? {
        return Err(ActError::NoSeats);
    }
    Ok(tx.access().insert_grant(facts.id, feature.id, stored.earner.account, seats, ctx.now()).await?)
}

/// The grants that an advocate's own rewards have made, among these.
///
/// # Errors
/// When the memory fails.
pub async fn own_grants(ctx: &Ctx, rewards: &[RewardId]) -> Result<Vec<Grant>, StoreError> {
    ctx.store.access().grants_by(rewards).await
}

/// Makes the key of an advocate's own grant and answers it, once: only its hash is kept. `None` where there is no such
/// grant, it has ended, or its key was shown before.
///
/// # Errors
/// When the memory fails.
pub async fn show_key(
    ctx: &Ctx,
    referrer: &Referrer,
    reward: RewardId,
) -> Result<Option<String>, StoreError> {
    let line = ctx.store.rewards().line(reward).await?;
    if !line.is_some_and(|line| line.advocate == referrer.member()) {
        return Ok(None);
    }
    let key = new_key(ctx, "dka_");
    let tx = ctx.store.begin().await?;
    if !tx.access().keep_grant_key(reward, &ctx.secret.hash("grant-key", &key)).await? {
        return Ok(None);
    }
    let by = Some(referrer.member());
    tx.audit(ctx.audit_entry(by, "access.show_key", "grant", reward, json!({}))).await?;
    tx.commit().await?;
    Ok(Some(key))
}

/// What a customer has early today.
///
/// # Errors
/// When the memory fails.
pub async fn grants_of(ctx: &Ctx, account: AccountId) -> Result<Vec<Grant>, StoreError> {
    ctx.store.access().grants_of(account).await
}

/// The customer with this id or mail domain.
///
/// # Errors
/// When the memory fails.
pub async fn account_named(ctx: &Ctx, named: &str) -> Result<Option<AccountId>, StoreError> {
    if let Ok(id) = named.parse::<AccountId>() {
        return Ok(ctx.store.accounts().details(id).await?.map(|account| account.id));
    }
    ctx.store.access().account_of_domain(&named.trim().to_lowercase()).await
}

/// A new key: a prefix that says what it is for, and 32 random bytes.
pub(super) fn new_key(ctx: &Ctx, prefix: &str) -> String {
    let mut bytes = [0; 32];
    ctx.random.fill(&mut bytes);
    format!("{prefix}{}", URL_SAFE_NO_PAD.encode(bytes))
}
