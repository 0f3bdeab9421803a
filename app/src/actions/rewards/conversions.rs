//! What billing tells of deals after they were won, handed in as a file.

use axum::extract::{Multipart, Query};
use services::rewards::{ActError, look_at_conversions, take_conversions};

use super::credits::handed_in;
use crate::{
    forms::{Flash, FormState, Kept},
    pages::{PageError, PageResult},
    paths,
    shell::go,
    visitor::SignedIn,
};

/// Under which name the text of the file is kept.
pub const FILE: &str = "conversions";

/// `POST /work/conversions`: looks only.
///
/// # Errors
/// When the file is too large, or the actor may not.
pub async fn check(SignedIn { visitor, person }: SignedIn, multipart: Multipart) -> PageResult {
    person.actor.approving().ok_or(PageError::NotAllowed)?;
    let mut form = handed_in(multipart, FILE).await?;
    if form.is_sound() {
        match look_at_conversions(&visitor.app.ctx, &person.actor, form.value(FILE)).await {
            Ok(found) if found.no_columns => {
                form = FormState::default();
                form.refuse("file", "conversion_columns");
            }
            Ok(_) => {}
            Err(ActError::Store(error)) => return Err(error.into()),
            Err(_) => return Err(PageError::NotAllowed),
        }
    }
    form.back_to(&paths::CONVERSIONS, &visitor).await
}

/// `POST /work/conversions/take`: takes the file that was looked at.
///
/// # Errors
/// [`PageError::NotFound`] for a file that has lapsed.
pub async fn take(Query(kept): Query<Kept>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    person.actor.approving().ok_or(PageError::NotAllowed)?;
    let mut form = FormState::kept(&kept, &visitor).await?.ok_or(PageError::NotFound)?;
    match take_conversions(&visitor.app.ctx, &person.actor, form.value(FILE)).await {
        Ok(_) => {
            visitor.flash(Flash::ConversionsTaken).await?;
            // Looked at once more, the same file shows what is taken.
            Ok(go(&paths::CONVERSIONS.with_form(form.keep(&visitor).await?)))
        }
        Err(ActError::Store(error)) => Err(error.into()),
        Err(error) => {
            form.refuse("file", error.to_string());
            form.back_to(&paths::CONVERSIONS, &visitor).await
        }
    }
}
