//! `POST /referrals/{id}/incentive`

use axum::{Form, extract::Path as Segment};
use domain::ids::ReferralId;
use services::referrals::{self, Choose, ChooseError};

use crate::{
    forms::{Flash, FormState, Pairs},
    pages::{PageError, PageResult},
    paths,
    shell::go,
    visitor::SignedIn,
};

/// `POST /referrals/{id}/incentive`
///
/// # Errors
/// [`PageError::NotFound`] for somebody else's referral.
pub async fn choose(
    Segment(id): Segment<ReferralId>,
    SignedIn { visitor, person }: SignedIn,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    let referrer = person.actor.referrer().ok_or(PageError::NotFound)?;
    let mut form = FormState::of(&pairs);
    let Some(incentive) = form.parse_optional("incentive") else {
        form.refuse("incentive", "choice_missing");
        return form.back_to(&paths::referral(id), &visitor).await;
    };
    let organisation = form.parse_optional("organisation");
    match referrals::choose(&visitor.app.ctx, &referrer, Choose { referral: id, incentive, organisation })
        .await
    {
        Ok(()) => {
            visitor.flash(Flash::IncentiveChosen).await?;
            Ok(go(&paths::referral(id)))
        }
        Err(ChooseError::NotFound) => Err(PageError::NotFound),
        Err(ChooseError::Store(error)) => Err(error.into()),
        Err(error) => {
            let field =
                if matches!(error, ChooseError::OrganisationMissing) { "organisation" } else { "incentive" };
            form.refuse(field, error.to_string());
            form.back_to(&paths::referral(id), &visitor).await
        }
    }
}
