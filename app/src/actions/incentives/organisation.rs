//! Organisations that donations can go to: added, renamed, switched off.

use axum::{Form, extract::Path as Segment};
use domain::{ids::OrganisationId, text::CompanyName};
use services::{
    StoreError,
    incentives::{self, Organisation},
};

use crate::{
    forms::{Flash, FormState, Pairs},
    pages::{PageError, PageResult},
    paths,
    shell::go,
    visitor::SignedIn,
};

/// `POST /manage/organisations`
///
/// # Errors
/// For anybody but marketing.
pub async fn add_organisation(
    SignedIn { visitor, person }: SignedIn,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    let power = person.actor.program_managing().ok_or(PageError::NotAllowed)?;
    let mut form = FormState::of(&pairs);
    let name = form.parse("name", CompanyName::parse);
    let legal_name = form.parse("legal_name", CompanyName::parse);
    let (Some(name), Some(legal_name)) = (name, legal_name) else {
        return form.back_to(&paths::INCENTIVES, &visitor).await;
    };
    let id = form.parse_optional("id").unwrap_or_else(|| visitor.app.ctx.new_id());
    incentives::save_organisation(&visitor.app.ctx, &power, id, name, legal_name).await?;
    visitor.flash(Flash::Saved).await?;
    Ok(go(&paths::INCENTIVES))
}

/// `POST /manage/organisations/{id}`
///
/// # Errors
/// For anybody but marketing.
pub async fn change_organisation(
    Segment(id): Segment<OrganisationId>,
    SignedIn { visitor, person }: SignedIn,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    let power = person.actor.program_managing().ok_or(PageError::NotAllowed)?;
    let ctx = &visitor.app.ctx;
    let current = ctx.store.incentives().organisation(id).await?.ok_or(PageError::NotFound)?;
    let page = paths::organisation(id);
    let mut form = FormState::of(&pairs);
    let name = form.parse("name", CompanyName::parse);
    let legal_name = form.parse("legal_name", CompanyName::parse);
    let (Some(name), Some(legal_name)) = (name, legal_name) else {
        return form.back_to(&page, &visitor).await;
    };
    let changed = Organisation {
        id,
        name: name.into_string(),
        legal_name: legal_name.into_string(),
        active: form.ticked("active"),
        version: form.version(),
    };
    match incentives::change_organisation(ctx, &power, &changed).await {
        Ok(()) => {
            visitor.flash(Flash::Saved).await?;
            Ok(go(&paths::INCENTIVES))
        }
        Err(StoreError::Stale) => {
            form.overtaken(current.version);
            form.refuse("", "stale_edit");
            form.back_to(&page, &visitor).await
        }
        Err(error) => Err(error.into()),
    }
}
