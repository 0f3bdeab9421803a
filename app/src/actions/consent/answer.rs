//! Yes and no.

use axum::{Form, extract::Path as UrlPath};
use domain::text::Language;
use services::consent::{self, AnswerError};

use crate::{
    forms::{Flash, FormState, Pairs},
    pages::{PageResult, consent::answers},
    paths,
    shell::go,
    visitor::Visitor,
};

/// `POST /confirm/{token}`: the one button that gives consent.
///
/// # Errors
/// When the memory fails.
pub async fn give(UrlPath(token): UrlPath<String>, visitor: Visitor, Form(pairs): Form<Pairs>) -> PageResult {
    let form = FormState::of(&pairs);
    let read_in = Language::parse(form.value("read_in")).unwrap_or(visitor.words.language());
    match consent::give(&visitor.app.ctx, &token, read_in).await {
        Ok(page) => {
            visitor.flash(Flash::ConsentGiven).await?;
            Ok(go(&paths::mine(&page)))
        }
        Err(AnswerError::Gone) => Ok(answers::gone(&visitor)),
        Err(AnswerError::Store(error)) => Err(error.into()),
    }
}

/// `POST /confirm/{token}/refuse`
///
/// # Errors
/// When the memory fails.
pub async fn refuse(UrlPath(token): UrlPath<String>, visitor: Visitor) -> PageResult {
    refused(&visitor, consent::refuse(&visitor.app.ctx, &token).await)
}

/// `POST /i/{token}/refuse`
///
/// # Errors
/// When the memory fails.
pub async fn refuse_carried(UrlPath(token): UrlPath<String>, visitor: Visitor) -> PageResult {
    refused(&visitor, consent::refuse_carried(&visitor.app.ctx, &token).await)
}

/// `POST /l/{code}/refuse`: nobody knows who says no, so there is nothing to store.
///
/// # Errors
/// Never; the answer is a handler's.
pub async fn refuse_own() -> PageResult {
    Ok(go(&paths::CONSENT_REFUSED))
}

fn refused(visitor: &Visitor, answer: Result<(), AnswerError>) -> PageResult {
    match answer {
        Ok(()) => Ok(go(&paths::CONSENT_REFUSED)),
        Err(AnswerError::Gone) => Ok(answers::gone(visitor)),
        Err(AnswerError::Store(error)) => Err(error.into()),
    }
}
