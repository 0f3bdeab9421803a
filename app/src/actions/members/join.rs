//! Coming in by the code of a letter.

use axum::Form;
use services::members::{JoinError, joining};

use super::sign_in::enter;
use crate::{
    forms::{FormState, Pairs},
    pages::PageResult,
    paths,
    shell::go,
    visitor::Visitor,
};

/// `POST /join`
///
/// # Errors
/// When the memory fails.
pub async fn join(visitor: Visitor, Form(pairs): Form<Pairs>) -> PageResult {
    let mut form = FormState::of(&pairs);
    let ctx = &visitor.app.ctx;
    match services::members::join(ctx, form.value("code"), &visitor.source).await {
        Ok(member) => enter(&visitor, member).await,
        Err(JoinError::Store(error)) => Err(error.into()),
        // The same field takes the code that a colleague has passed on.
        Err(JoinError::UnknownCode) if joining::invites(ctx, form.value("code")).await?.is_some() => {
            Ok(go(&paths::join_with(form.value("code"))))
        }
        Err(error) => {
            form.refuse("code", error.to_string());
            form.back_to(&paths::JOIN, &visitor).await
        }
    }
}
