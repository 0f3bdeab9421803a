//! Signing in as one of the demonstration's invented people.

use axum::Form;
use domain::ids::MemberId;

use crate::{
    forms::{FormState, Pairs},
    pages::{PageError, PageResult},
    shell::go,
    visitor::Visitor,
};

/// `POST /demo/sign-in`
///
/// # Errors
/// [`PageError::NotFound`] for anybody who is not one of the invented people, and wherever this is no demonstration.
pub async fn sign_in(visitor: Visitor, Form(pairs): Form<Pairs>) -> PageResult {
    let wanted: Option<MemberId> = FormState::of(&pairs).parse_optional("member");
    let faces = services::demo::faces(&visitor.app.ctx).await?;
    let face = faces.into_iter().find(|face| Some(face.member) == wanted).ok_or(PageError::NotFound)?;
    let wanted = visitor.take_wanted().await?;
    visitor.become_member(face.member).await?;
    Ok(go(&wanted))
}
