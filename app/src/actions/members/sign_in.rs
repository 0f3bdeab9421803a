//! The three posts of signing in.

use axum::{Form, response::Response};
use domain::{ids::MemberId, text::EmailAddress};
use services::members::{SignInError, request_sign_in, sign_in_by_code, sign_in_by_link};
use uuid::Uuid;

use crate::{
    forms::{FormState, Pairs},
    pages::{PageError, PageResult},
    paths::{self, Path},
    shell::go,
    visitor::{Visitor, session_keys},
};

/// `POST /sign-in`
///
/// # Errors
/// When the memory fails.
pub async fn request(visitor: Visitor, Form(pairs): Form<Pairs>) -> PageResult {
    let mut form = FormState::of(&pairs);
    let Some(email) = form.parse("email", EmailAddress::parse) else {
        return form.back_to(&paths::SIGN_IN, &visitor).await;
    };
    let browser = visitor.browser().await?;
    match request_sign_in(&visitor.app.ctx, &email, &browser, &visitor.source).await {
        Ok(attempt) => {
            visitor.session.insert(session_keys::ATTEMPT, attempt).await?;
            Ok(go(&paths::SIGN_IN_CODE))
        }
        Err(error) => refuse(form, "email", error, &paths::SIGN_IN, &visitor).await,
    }
}

/// `POST /sign-in/code`
///
/// # Errors
/// When the memory fails.
pub async fn with_code(visitor: Visitor, Form(pairs): Form<Pairs>) -> PageResult {
    let form = FormState::of(&pairs);
    let attempt: Uuid = visitor.session.get(session_keys::ATTEMPT).await?.unwrap_or_default();
    let browser = visitor.browser().await?;
    match sign_in_by_code(&visitor.app.ctx, attempt, form.value("code"), &browser).await {
        Ok(member) => enter(&visitor, member).await,
        Err(error) => refuse(form, "code", error, &paths::SIGN_IN_CODE, &visitor).await,
    }
}

/// `POST /sign-in/link`
///
/// # Errors
/// When the memory fails.
pub async fn with_link(visitor: Visitor, Form(pairs): Form<Pairs>) -> PageResult {
    let mut form = FormState::of(&pairs);
    let browser = visitor.browser().await?;
    match sign_in_by_link(&visitor.app.ctx, form.value("token"), &browser).await {
        Ok(member) => enter(&visitor, member).await,
        Err(error) => {
            form.forget("token");
            let page =
                if matches!(error, SignInError::OtherBrowser) { paths::SIGN_IN_CODE } else { paths::SIGN_IN };
            refuse(form, "", error, &page, &visitor).await
        }
    }
}

pub(super) async fn enter(visitor: &Visitor, member: MemberId) -> PageResult {
    let wanted = visitor.take_wanted().await?;
    visitor.become_member(member).await?;
    Ok(go(&wanted))
}

pub(super) async fn refuse(
    mut form: FormState,
    field: &str,
    error: SignInError,
    page: &Path,
    visitor: &Visitor,
) -> Result<Response, PageError> {
    if let SignInError::Store(error) = error {
        return Err(error.into());
    }
    form.refuse(field, error.to_string());
    form.back_to(page, visitor).await
}
