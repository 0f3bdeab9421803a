//! Marketing adds an organisation that donations can go to.

use domain::{ids::OrganisationId, members::ProgramManaging, text::CompanyName};
use serde_json::json;
use store::{StoreError, incentives::Organisation};

use crate::Ctx;

/// Adds an organisation to the list.
///
/// # Errors
/// When the memory fails.
pub async fn save_organisation(
    ctx: &Ctx,
    power: &ProgramManaging,
    name: CompanyName,
    legal_name: CompanyName,
) -> Result<OrganisationId, StoreError> {
    let id: OrganisationId = ctx.new_id();
    let organisation = Organisation { id, name: name.into_string(), legal_name: legal_name.into_string() };
    let tx = ctx.store.begin().await?;
    tx.insert_organisation(&organisation, ctx.now()).await?;
    tx.audit(ctx.audit_entry(
        Some(power.member()),
        "incentives.save_organisation",
        "organisation",
        id,
        json!({}),
    ))
    .await?;
    tx.commit().await?;
    Ok(id)
}
