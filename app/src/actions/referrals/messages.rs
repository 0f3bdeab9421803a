//! The dialogue, and thanks.

use axum::{Form, extract::Path as Segment};
use domain::{ids::ReferralId, members::Duties, text::Reason};
use services::referrals::{self, SayError, ThankError};

use crate::{
    forms::{Flash, FormState, Pairs},
    pages::{PageError, PageResult},
    paths::{self, Path},
    shell::go,
    visitor::SignedIn,
};

/// `POST /referrals/{id}/messages`
///
/// # Errors
/// [`PageError::NotFound`] for somebody else's referral.
pub async fn ask(Segment(id): Segment<ReferralId>, who: SignedIn, Form(pairs): Form<Pairs>) -> PageResult {
    who.person.actor.referrer().ok_or(PageError::NotFound)?;
    say(id, who, pairs, paths::referral(id)).await
}

/// `POST /work/referrals/{id}/messages`
///
/// # Errors
/// [`PageError::NotFound`] for a referral that somebody else looks after.
pub async fn answer(Segment(id): Segment<ReferralId>, who: SignedIn, Form(pairs): Form<Pairs>) -> PageResult {
    // Whose referral it is, the use case asks.
    who.person.actor.account_managing(Duties::default()).ok_or(PageError::NotFound)?;
    say(id, who, pairs, paths::work_referral(id)).await
}

async fn say(id: ReferralId, SignedIn { visitor, person }: SignedIn, pairs: Pairs, back: Path) -> PageResult {
    let mut form = FormState::of(&pairs);
    let Some(body) = form.parse("message", Reason::parse) else {
        return form.back_to(&back, &visitor).await;
    };
    let key = Some(form.value("key")).filter(|key| !key.is_empty());
    match referrals::say(&visitor.app.ctx, &person.actor, id, body, key).await {
        Ok(()) => {
            visitor.flash(Flash::MessageSent).await?;
            Ok(go(&back))
        }
        Err(SayError::NotFound) => Err(PageError::NotFound),
        Err(SayError::Store(error)) => Err(error.into()),
    }
}

/// `POST /work/referrals/{id}/thanks`
///
/// # Errors
/// [`PageError::NotFound`] for a referral that somebody else looks after.
pub async fn thank(
    Segment(id): Segment<ReferralId>,
    SignedIn { visitor, person }: SignedIn,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    let back = paths::work_referral(id);
    let duties = referrals::duties(&visitor.app.ctx, person.actor.member).await?;
    let power = person.actor.account_managing(duties).ok_or(PageError::NotFound)?;
    let mut form = FormState::of(&pairs);
    let Some(body) = form.parse("thanks", Reason::parse) else {
        return form.back_to(&back, &visitor).await;
    };
    match referrals::thank(&visitor.app.ctx, &power, id, body).await {
        Ok(()) => {
            visitor.flash(Flash::Thanked).await?;
            Ok(go(&back))
        }
        Err(ThankError::NotFound) => Err(PageError::NotFound),
        Err(ThankError::Store(error)) => Err(error.into()),
        Err(error @ ThankError::Already) => {
            // The form for thanks is gone; their words go on as a message.
            let typed = form.value("thanks").to_owned();
            form.set("message", typed);
            form.refuse("message", error.to_string());
            form.back_to(&back, &visitor).await
        }
    }
}
