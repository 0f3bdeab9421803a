//! `POST /refer`

use axum::Form;
use domain::text::{CompanyName, Country, Reason, RoleTitle};
use domain::touches::Channel;
use services::referrals::{self, SubmitReferral, SubmitReferralError};

use crate::{
    forms::{Flash, FormState, Pairs},
    pages::{PageError, PageResult},
    paths,
    shell::go,
    visitor::SignedIn,
};

/// `POST /refer`
///
/// # Errors
/// When the memory fails, or for somebody who can't refer.
pub async fn submit(SignedIn { visitor, person }: SignedIn, Form(pairs): Form<Pairs>) -> PageResult {
    let referrer = person.actor.referrer().ok_or(PageError::NotAllowed)?;
    let mut form = FormState::of(&pairs);
    let company = form.parse("company", CompanyName::parse);
    let country = form.parse("country", Country::parse);
    let role = form.parse("role", RoleTitle::parse);
    let reason = form.parse("reason", Reason::parse);
    let channel = form.parse("channel", |code| Channel::parse(code).ok_or("malformed"));
    let incentive = form.parse_optional("incentive");
    let organisation = form.parse_optional("organisation");
    let (Some(company), Some(country), Some(role), Some(reason), Some(channel)) =
        (company, country, role, reason, channel)
    else {
        return form.back_to(&paths::REFER, &visitor).await;
    };
    let command = SubmitReferral {
        company,
        country,
        role,
        reason,
        channel,
        incentive,
        organisation,
        key: form.value("key").to_owned(),
    };
    match referrals::submit(&visitor.app.ctx, &referrer, command).await {
        Ok(id) => {
            visitor.flash(Flash::ReferralSubmitted).await?;
            Ok(go(&paths::referral(id)))
        }
        Err(SubmitReferralError::Store(error)) => Err(error.into()),
        Err(error) => {
            let field = match error {
                SubmitReferralError::Blocked(_) | SubmitReferralError::Gone => "incentive",
                SubmitReferralError::OrganisationMissing => "organisation",
                _ => "",
            };
            form.refuse(field, error.to_string());
            form.back_to(&paths::REFER, &visitor).await
        }
    }
}
