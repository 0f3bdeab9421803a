//! Where a human first contact is allowed: written down by marketing, with the ground that counsel gave.

use domain::{
    consent::FirstContactChannel,
    ids::ProgramId,
    members::ProgramManaging,
    text::{Country, Reason},
};
use serde_json::json;
use store::{StoreError, first_contacts::FirstContactRule};
use uuid::Uuid;

use crate::Ctx;

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum AllowError {
    /// This channel is allowed in this market already.
    #[error("first_contact_allowed_already")]
    Already,
    /// There is no such rule any more.
    #[error("not_found")]
    NotFound,
    /// The memory failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What is allowed today; nothing at first.
///
/// # Errors
/// When the memory fails.
pub async fn rules_of(ctx: &Ctx, program: ProgramId) -> Result<Vec<FirstContactRule>, StoreError> {
    ctx.store.first_contacts().rules(program).await
}

/// Allows a channel in a market.
///
/// # Errors
/// [`AllowError::Already`] when it is allowed.
pub async fn allow(
    ctx: &Ctx,
    by: &ProgramManaging,
    program: ProgramId,
    channel: FirstContactChannel,
    country: Country,
    ground: Reason,
) -> Result<(), AllowError> {
    let tx = ctx.store.begin().await?;
    let known = tx.first_contacts().rules(program).await?;
    if known.iter().any(|rule| rule.channel == channel && rule.country == country) {
        return Err(AllowError::Already);
    }
    let id: Uuid = ctx.new_id();
    tx.first_contacts()
        .insert_rule(FirstContactRule {
            id,
            program,
            channel,
            country,
            ground: ground.as_str().to_owned(),
            recorded_by: by.member(),
            recorded_at: ctx.now(),
        })
        .await?;
    let details = json!({ "channel": channel, "country": country.to_string() });
    tx.audit(ctx.audit_entry(Some(by.member()), "consent.allow_first_contact", "rule", id, details)).await?;
    Ok(tx.commit().await?)
}

/// Ends what was allowed. Whoever waits for their contact keeps waiting: what was submitted stands.
///
/// # Errors
/// [`AllowError::NotFound`] when it has ended already.
pub async fn end_rule(ctx: &Ctx, by: &ProgramManaging, rule: Uuid) -> Result<(), AllowError> {
    let tx = ctx.store.begin().await?;
    if !tx.first_contacts().end_rule(rule, ctx.now()).await? {
        return Err(AllowError::NotFound);
    }
    tx.audit(ctx.audit_entry(Some(by.member()), "consent.end_first_contact", "rule", rule, json!({})))
        .await?;
    Ok(tx.commit().await?)
}
