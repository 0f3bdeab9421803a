//! `POST /manage/organisations`

use axum::Form;
use domain::text::CompanyName;
use services::incentives;

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
    incentives::save_organisation(&visitor.app.ctx, &power, name, legal_name).await?;
    visitor.flash(Flash::Saved).await?;
    Ok(go(&paths::INCENTIVES))
}
