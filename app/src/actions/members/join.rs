//! Coming in by the code of a letter.

use axum::Form;
use services::members::JoinError;

use super::sign_in::enter;
use crate::{
    forms::{FormState, Pairs},
    pages::PageResult,
    paths,
    visitor::Visitor,
};

/// `POST /join`
///
/// # Errors
/// When the memory fails.
pub async fn join(visitor: Visitor, Form(pairs): Form<Pairs>) -> PageResult {
    let mut form = FormState::of(&pairs);
    match services::members::join(&visitor.app.ctx, form.value("code"), &visitor.source).await {
        Ok(member) => enter(&visitor, member).await,
        Err(JoinError::Store(error)) => Err(error.into()),
        Err(error) => {
            form.refuse("code", error.to_string());
            form.back_to(&paths::JOIN, &visitor).await
        }
    }
}
