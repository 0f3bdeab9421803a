//! `POST /code`

use std::sync::Arc;

use axum::{
    Form,
    http::{HeaderMap, header},
};
use domain::touches::{Channel, RequestSigns, visitor as visitor_of};
use services::touches::{Click, TypedCodeError, find_typed_code};

use crate::{
    forms::{FormState, Pairs},
    pages::{PageError, PageResult},
    paths,
    shell::go,
    visitor::Visitor,
};

/// Leads to the landing page behind a typed code, and keeps the touch.
///
/// # Errors
/// When the memory fails.
pub async fn enter_code(visitor: Visitor, headers: HeaderMap, Form(pairs): Form<Pairs>) -> PageResult {
    let mut form = FormState::of(&pairs);
    let target = match find_typed_code(&visitor.app.ctx, form.value("code"), &visitor.source).await {
        Ok(target) => Arc::new(target),
        Err(TypedCodeError::Store(error)) => return Err(error.into()),
        Err(error) => {
            form.refuse("code", error.to_string());
            return form.back_to(&paths::CODE, &visitor).await;
        }
    };
    let user_agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    let click = Click {
        target: target.clone(),
        channel: Channel::Link,
        visitor: visitor_of(RequestSigns { user_agent, ..RequestSigns::default() }),
        visitor_signs: format!("{}\0{}", visitor.source, user_agent.unwrap_or_default()),
    };
    let touch = visitor.app.clicks.keep(click).await.map_err(|_| PageError::Unavailable)?;
    Ok(go(&paths::landing(&target.code, Some(touch))))
}
