//! Marketing adds organisations that donations can go to, renames them and switches them off.

use domain::{ids::OrganisationId, members::ProgramManaging, text::CompanyName};
use serde_json::json;
use store::{StoreError, incentives::Organisation};

use crate::Ctx;

/// Adds an organisation to the list. Its id was made with the form: the second press of the button is the same organisation.
///
/// # Errors
/// When the memory fails.
pub async fn save_organisation(
    ctx: &Ctx,
    power: &ProgramManaging,
    id: OrganisationId,
    name: CompanyName,
    legal_name: CompanyName,
) -> Result<(), StoreError> {
    match insert(ctx, power, id, name, legal_name).await {
        Err(StoreError::Conflict) => Ok(()),
        done => done,
    }
}

async fn insert(
    ctx: &Ctx,
    power: &ProgramManaging,
    id: OrganisationId,
    name: CompanyName,
    legal_name: CompanyName,
) -> Result<(), StoreError> {
    let (name, legal_name) = (name.into_string(), legal_name.into_string());
    let organisation = Organisation { id, name, legal_name, active: true, version: 0 };
    let tx = ctx.store.begin().await?;
    tx.insert_organisation(power, &organisation, ctx.now()).await?;
    tx.audit(ctx.audit_entry(
        Some(power.member()),
        "incentives.save_organisation",
        "organisation",
        id,
        json!({}),
    ))
    .await?;
    tx.commit().await
}

/// Renames an organisation, or switches it off or on. What was promised to it stays promised: a switched-off one can only
/// not be chosen any more.
///
/// # Errors
/// [`StoreError::Stale`] when somebody changed it since `version`.
pub async fn change_organisation(
    ctx: &Ctx,
    power: &ProgramManaging,
    organisation: &Organisation,
) -> Result<(), StoreError> {
    let tx = ctx.store.begin().await?;
    tx.update_organisation(power, organisation).await?;
    let details = json!({ "active": organisation.active });
    let id = organisation.id;
    tx.audit(ctx.audit_entry(
        Some(power.member()),
        "incentives.change_organisation",
        "organisation",
        id,
        details,
    ))
    .await?;
    tx.commit().await
}
