//! The one human contact: looking, and writing the answer down.

use axum::{Form, extract::Path as Segment};
use domain::{
    consent::{FirstContactChannel, PreferredChannel},
    ids::ReferralId,
    members::AccountManaging,
    text::Language,
};
use services::{
    consent::{self, RevealError, SpokenAnswer, SpokenError},
    referrals::duties,
};

use crate::{
    forms::{Flash, FormState, Pairs},
    pages::{PageError, PageResult},
    paths,
    shell::go,
    visitor::SignedIn,
};

async fn power(who: &SignedIn) -> Result<AccountManaging, PageError> {
    let duties = duties(&who.visitor.app.ctx, who.person.actor.member).await?;
    who.person.actor.account_managing(duties).ok_or(PageError::NotFound)
}

/// `POST /work/referrals/{id}/reveal`
///
/// # Errors
/// [`PageError::NotFound`] for a referral that somebody else looks after.
pub async fn reveal(Segment(id): Segment<ReferralId>, who: SignedIn) -> PageResult {
    let power = power(&who).await?;
    match consent::reveal(&who.visitor.app.ctx, &power, id).await {
        Ok(()) => Ok(go(&paths::work_referral(id))),
        Err(RevealError::NotFound) => Err(PageError::NotFound),
        Err(RevealError::NotAssigned) => Err(PageError::NotAllowed),
        Err(RevealError::Store(error)) => Err(error.into()),
    }
}

/// `POST /work/referrals/{id}/answer`
///
/// # Errors
/// [`PageError::NotFound`] for a referral that somebody else looks after.
pub async fn spoken(Segment(id): Segment<ReferralId>, who: SignedIn, Form(pairs): Form<Pairs>) -> PageResult {
    let power = power(&who).await?;
    let visitor = &who.visitor;
    let mut form = FormState::of(&pairs);
    let agreed = form.parse("answer", |answer| match answer {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("choice_missing"),
    });
    let channel = form.parse("spoken", |code| FirstContactChannel::parse(code).ok_or("choice_missing"));
    let preferred = form.parse("preferred", |code| PreferredChannel::parse(code).ok_or("choice_missing"));
    let language = form.parse("spoken_in", |code| Language::parse(code).ok_or("choice_missing"));
    // A yes counts only when the words were said.
    if agreed == Some(true) && !form.ticked("said") {
        form.refuse("said", "spoken_words_missing");
    }
    let page = paths::work_referral(id);
    let (Some(agreed), Some(channel), Some(preferred), Some(language), true) =
        (agreed, channel, preferred, language, form.is_sound())
    else {
        return form.back_to(&page, visitor).await;
    };
    let answer = SpokenAnswer { agreed, channel, language, preferred };
    match consent::spoken_answer(&visitor.app.ctx, &power, id, answer).await {
        Ok(()) => {
            visitor.flash(Flash::Saved).await?;
            Ok(go(&page))
        }
        Err(error) => refused(error, form, id, &who).await,
    }
}

/// `POST /work/referrals/{id}/stop`
///
/// # Errors
/// [`PageError::NotFound`] for a referral that somebody else looks after, or where nobody has agreed aloud.
pub async fn stop(Segment(id): Segment<ReferralId>, who: SignedIn) -> PageResult {
    let power = power(&who).await?;
    match consent::stop_spoken(&who.visitor.app.ctx, &power, id).await {
        Ok(()) => {
            who.visitor.flash(Flash::Saved).await?;
            Ok(go(&paths::work_referral(id)))
        }
        Err(error) => refused(error, FormState::default(), id, &who).await,
    }
}

async fn refused(error: SpokenError, mut form: FormState, id: ReferralId, who: &SignedIn) -> PageResult {
    match error {
        SpokenError::NotFound => Err(PageError::NotFound),
        SpokenError::NotAssigned => Err(PageError::NotAllowed),
        SpokenError::Store(error) => Err(error.into()),
        error => {
            form.refuse("", error.to_string());
            form.back_to(&paths::work_referral(id), &who.visitor).await
        }
    }
}
