//! Credits handed to the billing system, and its bookings handed in.

use axum::{
    extract::{Multipart, Query},
    http::StatusCode,
};
use services::{
    imports::text::decode,
    rewards::{ActError, book_credits, export_credits},
};

use crate::{
    forms::{Flash, FormState, HandedIn, Kept},
    pages::{PageError, PageResult, csv},
    paths,
    shell::go,
    visitor::SignedIn,
};

/// Largest file: some thousand bookings.
pub const LARGEST_BODY: usize = 256 * 1024;

/// `POST /work/credits/export`: noted, because it is the billing system's turn from then on.
///
/// # Errors
/// When the memory fails, or the actor may not.
pub async fn export(SignedIn { visitor, person }: SignedIn) -> PageResult {
    match export_credits(&visitor.app.ctx, &person.actor).await {
        Ok(file) => Ok(csv::file(file, "credits.csv")),
        Err(ActError::Store(error)) => Err(error.into()),
        Err(_) => Err(PageError::NotAllowed),
    }
}

/// The form with the text of a file that was handed in, under this name.
///
/// # Errors
/// When the file is too large.
pub(super) async fn handed_in(multipart: Multipart, name: &str) -> Result<FormState, PageError> {
    let mut handed_in = HandedIn::default();
    let complete = handed_in.read(multipart).await;
    if complete.as_ref().is_err_and(|error| error.status() == StatusCode::PAYLOAD_TOO_LARGE) {
        return Err(PageError::TooLarge);
    }
    let mut form = FormState::default();
    let text = decode(&handed_in.bytes);
    if text.trim().is_empty() {
        form.refuse("file", "import_no_file");
    } else {
        form.set(name, text);
    }
    Ok(form)
}

/// `POST /work/credits`: looks only.
///
/// # Errors
/// When the file is too large, or the actor may not.
pub async fn check(SignedIn { visitor, person }: SignedIn, multipart: Multipart) -> PageResult {
    person.actor.approving().ok_or(PageError::NotAllowed)?;
    let form = handed_in(multipart, "bookings").await?;
    form.back_to(&paths::CREDITS, &visitor).await
}

/// `POST /work/credits/book`: books the file that was looked at.
///
/// # Errors
/// [`PageError::NotFound`] for a file that has lapsed.
pub async fn book(Query(kept): Query<Kept>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    person.actor.approving().ok_or(PageError::NotAllowed)?;
    let mut form = FormState::kept(&kept, &visitor).await?.ok_or(PageError::NotFound)?;
    match book_credits(&visitor.app.ctx, &person.actor, form.value("bookings")).await {
        Ok(_) => {
            visitor.flash(Flash::CreditsBooked).await?;
            // Looked at once more, the same file shows what is booked.
            Ok(go(&paths::CREDITS.with_form(form.keep(&visitor).await?)))
        }
        Err(ActError::Store(error)) => Err(error.into()),
        Err(error) => {
            form.refuse("file", error.to_string());
            form.back_to(&paths::CREDITS, &visitor).await
        }
    }
}
