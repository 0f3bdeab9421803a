//! Handing in a file of customers, and taking it.

use axum::{Form, extract::Multipart, http::StatusCode};
use domain::text::Country;
use services::imports::{self, ImportError, Importing};

use crate::{
    forms::{FormState, HandedIn, Pairs},
    pages::{PageError, PageResult},
    paths,
    shell::go,
    visitor::SignedIn,
};

/// Largest body: a file of 20 MB and the few fields beside it.
pub const LARGEST_BODY: usize = 20 * 1024 * 1024 + 64 * 1024;

/// `POST /manage/import`: looks only.
///
/// # Errors
/// [`PageError::NotAllowed`] for everybody but administrators.
pub async fn check(SignedIn { visitor, person }: SignedIn, multipart: Multipart) -> PageResult {
    let by = person.actor.administering().ok_or(PageError::NotAllowed)?;
    let mut handed_in = HandedIn::default();
    let complete = handed_in.read(multipart).await;
    let mut form = FormState::of(&handed_in.fields);
    if let Err(error) = complete {
        let large = error.status() == StatusCode::PAYLOAD_TOO_LARGE;
        form.refuse("file", if large { "import_too_large" } else { "import_no_file" });
        return form.back_to(&paths::IMPORT, &visitor).await;
    }
    let country = form.parse("country", |code| match code.trim() {
        "" => Ok(None),
        code => Country::parse(code).map(Some),
    });
    let mapping: Vec<_> = form
        .value("mapping")
        .lines()
        .filter_map(|line| line.split_once('='))
        .map(|(heading, column)| (heading.trim().to_owned(), column.trim().to_owned()))
        .collect();
    if handed_in.name.is_empty() {
        form.refuse("file", "import_no_file");
    } else if handed_in.bytes.is_empty() {
        form.refuse("file", "import_empty");
    }
    let (Some(country), true) = (country, form.is_sound()) else {
        return form.back_to(&paths::IMPORT, &visitor).await;
    };
    let importing = Importing { mapping, country, dry_run: true, by: Some(by.member()) };
    let text = imports::text::decode(&handed_in.bytes);
    match imports::keep(&visitor.app.ctx, by, handed_in.name, &text, &importing).await {
        Ok(id) => Ok(go(&paths::IMPORT.with_query([("file", &id.to_string())]))),
        Err(ImportError::Store(error)) => Err(error.into()),
        Err(ImportError::Layout(error)) => {
            form.refuse("file", error.to_string());
            form.back_to(&paths::IMPORT, &visitor).await
        }
    }
}

/// `POST /manage/import/confirm`
///
/// # Errors
/// [`PageError::NotFound`] for a file that has lapsed.
pub async fn confirm(SignedIn { visitor, person }: SignedIn, Form(pairs): Form<Pairs>) -> PageResult {
    let by = person.actor.administering().ok_or(PageError::NotAllowed)?;
    let form = FormState::of(&pairs);
    let id = form.value("file").parse().map_err(|_| PageError::NotFound)?;
    match imports::start_kept(&visitor.app.ctx, by, id).await {
        Ok(true) => Ok(go(&paths::IMPORT.with_query([("file", form.value("file"))]))),
        Ok(false) | Err(ImportError::Layout(_)) => Err(PageError::NotFound),
        Err(ImportError::Store(error)) => Err(error.into()),
    }
}
