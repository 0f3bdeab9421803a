//! An employer's release of rewards to one of their people, written down and revoked.

use axum::{Form, extract::Path as Segment};
use chrono::NaiveDate;
use domain::{ids::MemberId, rewards::ReleaseError, text::PersonName};
use services::members::{RecordRelease, RecordReleaseError, record_release, revoke_release};

use crate::{
    actions::settings::number,
    forms::{Flash, FormState, Pairs},
    pages::{PageError, PageResult, settings::capped},
    paths,
    shell::go,
    visitor::SignedIn,
};

/// The name of the form among those of a person's page.
pub(crate) const FORM: &str = "release";

/// A day, or a note at its field; an optional one may be left empty.
fn day(form: &mut FormState, field: &'static str, optional: bool) -> Option<NaiveDate> {
    let typed = form.value(field).trim().to_owned();
    if optional && typed.is_empty() {
        return None;
    }
    let day = NaiveDate::parse_from_str(&typed, "%Y-%m-%d").ok();
    if day.is_none() {
        form.refuse(field, "not_a_date");
    }
    day
}

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
    let page = paths::person(member);
    let mut form = FormState::of(&pairs);
    form.set("form", FORM);
    let released_by = form.parse("released_by", PersonName::parse);
    let released_on = day(&mut form, "released_on", false);
    let valid_until = day(&mut form, "valid_until", true);
    let caps = capped(&visitor)
        .into_iter()
        .filter_map(|one| number(&mut form, one.advocate, one.unit).map(|cap| (one.unit, cap)))
        .collect();
    let document = form.value("document").to_owned();
    let (Some(released_by), Some(released_on), true) = (released_by, released_on, form.is_sound()) else {
        return form.back_to(&page, &visitor).await;
    };
    let command = RecordRelease { member, released_by, released_on, valid_until, caps, document };
    match record_release(&visitor.app.ctx, &me.actor, command).await {
        Ok(()) => {
            visitor.flash(Flash::Saved).await?;
            Ok(go(&page))
        }
        Err(error) => {
            let (field, code) = field_of(error)?;
            form.refuse(field, code);
            form.back_to(&page, &visitor).await
        }
    }
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
    let page = paths::person(member);
    let mut form = FormState::of(&pairs);
    let release = form.value("release").parse().map_err(|_| PageError::NotFound)?;
    match revoke_release(&visitor.app.ctx, &me.actor, member, release).await {
        Ok(()) => {
            visitor.flash(Flash::Saved).await?;
            Ok(go(&page))
        }
        Err(error) => {
            let (field, code) = field_of(error)?;
            form.set("form", FORM);
            form.refuse(field, code);
            form.back_to(&page, &visitor).await
        }
    }
}
