//! `POST /profile/thank-you`

use axum::Form;
use domain::incentives::BlockReason;
use services::incentives::{self, OwnThanks, OwnThanksError};

use crate::{
    forms::{Flash, FormState, Pairs},
    pages::{PageError, PageResult},
    paths,
    shell::go,
    visitor::SignedIn,
};

/// `POST /profile/thank-you`
///
/// # Errors
/// When the memory fails, or for somebody who can't refer.
pub async fn set_own_thanks(SignedIn { visitor, person }: SignedIn, Form(pairs): Form<Pairs>) -> PageResult {
    let referrer = person.actor.referrer().ok_or(PageError::NotAllowed)?;
    let mut form = FormState::of(&pairs);
    let own = OwnThanks {
        incentive: form.parse_optional("incentive"),
        organisation: form.parse_optional("organisation"),
    };
    match incentives::set_own_thanks(&visitor.app.ctx, &referrer, own).await {
        Ok(()) => {
            visitor.flash(Flash::Saved).await?;
            Ok(go(&paths::PROFILE))
        }
        Err(OwnThanksError::Store(error)) => Err(error.into()),
        Err(error) => {
            let field = match error {
                OwnThanksError::OrganisationMissing => "organisation",
                _ => "incentive",
            };
            let code = match error {
                OwnThanksError::Blocked(BlockReason::PersonPolicy) => "own_thanks_gifts".to_owned(),
                error => error.to_string(),
            };
            form.refuse(field, code);
            form.back_to(&paths::PROFILE, &visitor).await
        }
    }
}
