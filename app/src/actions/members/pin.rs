//! Keeping somebody at a tier by hand, and letting go.

use axum::{Form, extract::Path as Segment};
use domain::{
    ids::MemberId,
    text::Reason,
    tiers::{PinError, TierCode},
};
use services::tiers::{KeepError, keep_at, let_go};

use super::done;
use crate::{
    forms::{FormState, Pairs, day},
    pages::{PageError, PageResult, members::people::pin::FORM},
    paths,
    visitor::SignedIn,
};

/// What a refusal becomes: a page, or the field that it belongs to.
fn field_of(error: KeepError) -> Result<(&'static str, String), PageError> {
    let code = error.to_string();
    let field = match error {
        KeepError::NotFound => return Err(PageError::NotFound),
        KeepError::NotAllowed => return Err(PageError::NotAllowed),
        KeepError::Store(error) => return Err(error.into()),
        KeepError::Rule(PinError::DayOver | PinError::TooFar) => "pin_until",
        KeepError::Rule(PinError::UnknownTier | PinError::NotJoined | PinError::Own) => "pin_tier",
    };
    Ok((field, code))
}

/// `POST /manage/people/{id}/pin`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who manage no programme.
pub async fn pin(
    SignedIn { visitor, person: me }: SignedIn,
    Segment(member): Segment<MemberId>,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    me.actor.program_managing().ok_or(PageError::NotAllowed)?;
    let mut form = FormState::of(&pairs);
    form.set("form", FORM);
    let tier = form.parse("pin_tier", |code| TierCode::parse(code).map_err(|_| "choice_missing"));
    let last_day = form.parse("pin_until", day);
    let reason = form.parse("pin_reason", |typed| Reason::parse(typed).map_err(|error| error.code()));
    let (Some(tier), Some(last_day), Some(reason)) = (tier, last_day, reason) else {
        return form.back_to(&paths::person(member), &visitor).await;
    };
    let result = keep_at(&visitor.app.ctx, &me.actor, member, tier, last_day, &reason).await;
    done(result, (form, FORM), field_of, member, &visitor).await
}

/// `POST /manage/people/{id}/pin-end`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who manage no programme.
pub async fn end(
    SignedIn { visitor, person: me }: SignedIn,
    Segment(member): Segment<MemberId>,
) -> PageResult {
    me.actor.program_managing().ok_or(PageError::NotAllowed)?;
    let result = let_go(&visitor.app.ctx, &me.actor, member).await;
    done(result, (FormState::default(), FORM), field_of, member, &visitor).await
}
