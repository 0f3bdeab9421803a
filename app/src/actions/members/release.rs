//! An employer's release of rewards to one of their people, written down and revoked.

use axum::{Form, extract::Path as Segment};
use domain::{ids::MemberId, rewards::ReleaseError, text::PersonName};
use services::members::{RecordRelease, RecordReleaseError, record_release, revoke_release};

use super::done;
use crate::{
    forms::{FormState, Pairs, day, number},
    pages::{PageError, PageResult, members::people::release::FORM, settings::capped},
    paths,
    visitor::SignedIn,
};

/// What a refusal becomes: a page, or the field that it belongs to.
fn field_of(error: RecordReleaseError) -> Result<(&'static str, String), PageError> {
    let code = error.to_string();
    let field = match error {
        RecordReleaseError::NotFound => return Err(PageError::NotFound),
        RecordReleaseError::NotAllowed => return Err(PageError::NotAllowed),
        RecordReleaseError::Store(error) => return Err(error.into()),
        RecordReleaseError::Own => "",
        RecordReleaseError::Rule(ReleaseError::InFuture) => "released_on",
        RecordReleaseError::Rule(ReleaseError::EndsBefore) => "valid_until",
        RecordReleaseError::Rule(ReleaseError::NoCap) => "advocate_money",
        RecordReleaseError::Rule(ReleaseError::Document(_)) => "document",
    };
    Ok((field, code))
}

/// `POST /manage/people/{id}/release`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who invite nobody.
pub async fn record(
    SignedIn { visitor, person: me }: SignedIn,
    Segment(member): Segment<MemberId>,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    me.actor.inviting().ok_or(PageError::NotAllowed)?;
    let mut form = FormState::of(&pairs);
    form.set("form", FORM);
    let released_by = form.parse("released_by", PersonName::parse);
    let released_on = form.parse("released_on", day);
    let valid_until = form.parse_given("valid_until", day);
    let caps = capped(&visitor)
        .into_iter()
        .filter_map(|one| number(&mut form, one.advocate, one.unit).map(|cap| (one.unit, cap)))
        .collect();
    let document = form.value("document").to_owned();
    let (Some(released_by), Some(released_on), true) = (released_by, released_on, form.is_sound()) else {
        return form.back_to(&paths::person(member), &visitor).await;
    };
    let command = RecordRelease { member, released_by, released_on, valid_until, caps, document };
    let result = record_release(&visitor.app.ctx, &me.actor, command).await;
    done(result, (form, FORM), field_of, member, &visitor).await
}

/// `POST /manage/people/{id}/release-end`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who invite nobody.
pub async fn revoke(
    SignedIn { visitor, person: me }: SignedIn,
    Segment(member): Segment<MemberId>,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    me.actor.inviting().ok_or(PageError::NotAllowed)?;
    let form = FormState::of(&pairs);
    let release = form.value("release").parse().map_err(|_| PageError::NotFound)?;
    let result = revoke_release(&visitor.app.ctx, &me.actor, member, release).await;
    done(result, (form, FORM), field_of, member, &visitor).await
}
