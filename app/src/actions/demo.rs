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
    let ctx = &visitor.app.ctx;
    let faces = if ctx.demo { services::demo::faces(ctx).await? } else { Vec::new() };
    let face = faces.into_iter().find(|face| Some(face.member) == wanted).ok_or(PageError::NotFound)?;
    let wanted = visitor.take_wanted().await?;
    visitor.become_member(face.member).await?;
    Ok(go(&wanted))
}
