//! Allowing a human first contact, and ending it.

use axum::Form;
use domain::{
    consent::FirstContactChannel,
    text::{Country, Reason},
};
use services::{
    consent::{self, AllowError},
    referrals::programme,
};

use crate::{
    forms::{Flash, FormState, Pairs},
    pages::{PageError, PageResult},
    paths,
    shell::go,
    visitor::SignedIn,
};

/// `POST /manage/program/first-contact`
///
/// # Errors
/// For anybody but marketing.
pub async fn allow_first_contact(
    SignedIn { visitor, person }: SignedIn,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    let power = person.actor.program_managing().ok_or(PageError::NotAllowed)?;
    let ctx = &visitor.app.ctx;
    let program = programme(ctx).await?.ok_or(PageError::NotFound)?.program.id;
    let mut form = FormState::of(&pairs);
    let country = form.parse("country", Country::parse);
    let channel = form.parse("channel", |code| FirstContactChannel::parse(code).ok_or("choice_missing"));
    let ground = form.parse("ground", Reason::parse);
    let (Some(country), Some(channel), Some(ground)) = (country, channel, ground) else {
        return form.back_to(&paths::FIRST_CONTACT, &visitor).await;
    };
    match consent::allow(ctx, &power, program, channel, country, ground).await {
        Ok(()) => {
            visitor.flash(Flash::Saved).await?;
            Ok(go(&paths::FIRST_CONTACT))
        }
        Err(AllowError::Store(error)) => Err(error.into()),
        Err(error) => {
            form.refuse("country", error.to_string());
            form.back_to(&paths::FIRST_CONTACT, &visitor).await
        }
    }
}

/// `POST /manage/program/first-contact/end`
///
/// # Errors
/// For anybody but marketing.
pub async fn end_first_contact(
    SignedIn { visitor, person }: SignedIn,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    let power = person.actor.program_managing().ok_or(PageError::NotAllowed)?;
    let rule = FormState::of(&pairs).parse_optional("rule").ok_or(PageError::NotFound)?;
    match consent::end_rule(&visitor.app.ctx, &power, rule).await {
        // Ended twice is ended.
        Ok(()) | Err(AllowError::NotFound) => {
            visitor.flash(Flash::Saved).await?;
            Ok(go(&paths::FIRST_CONTACT))
        }
        Err(AllowError::Store(error)) => Err(error.into()),
        Err(AllowError::Already) => Err(PageError::NotFound),
    }
}
