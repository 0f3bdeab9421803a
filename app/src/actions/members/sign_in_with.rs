//! Leaving for an identity provider and coming back. Both are GETs: the provider sends people back by one, and a form
//! may not lead elsewhere (CSP form-action). Neither changes anything without the state kept in the session.

use axum::{
    extract::{Path, Query},
    http::{HeaderValue, StatusCode, header},
    response::IntoResponse,
};
use serde::Deserialize;
use services::{
    members::{SignInError, begin_sign_in_with, sign_in_with},
    ports::KeptSignIn,
};

use super::sign_in::{enter, refuse};
use crate::{
    forms::FormState,
    pages::{PageError, PageResult},
    paths,
    visitor::{Visitor, session_keys},
};

/// `GET /sign-in/with/{provider}`
///
/// # Errors
/// [`PageError::NotFound`] for a provider nobody has set up.
pub async fn leave_for_provider(visitor: Visitor, Path(provider): Path<String>) -> PageResult {
    let ctx = &visitor.app.ctx;
    let back = ctx.url(paths::sign_in_with_back(&provider).as_str());
    match begin_sign_in_with(ctx, &provider, &back).await {
        Ok(Some(begun)) => {
            visitor.session.insert(session_keys::PROVIDER, begun.kept).await?;
            let away = HeaderValue::from_str(&begun.address).map_err(|_| PageError::NotFound)?;
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, away)]).into_response())
        }
        Ok(None) => Err(PageError::NotFound),
        Err(error) => refuse(FormState::default(), "", error, &paths::SIGN_IN, &visitor).await,
    }
}

/// What a provider sends back.
#[derive(Clone, Debug, Deserialize)]
pub struct Answer {
    state: Option<String>,
    code: Option<String>,
}

/// `GET /sign-in/with/{provider}/back`
///
/// # Errors
/// When the memory fails.
pub async fn back_from_provider(
    visitor: Visitor,
    Path(provider): Path<String>,
    Query(answer): Query<Answer>,
) -> PageResult {
    // Taken out whatever comes: an answer is used once.
    let kept: Option<KeptSignIn> = visitor.session.remove(session_keys::PROVIDER).await?;
    let back = visitor.app.ctx.url(paths::sign_in_with_back(&provider).as_str());
    let result = match (kept.filter(|kept| kept.provider == provider), answer.state, answer.code) {
        (Some(kept), Some(state), Some(code)) => {
            sign_in_with(&visitor.app.ctx, &kept, &back, &state, &code).await
        }
        _ => Err(SignInError::ProviderRefused),
    };
    match result {
        Ok(member) => enter(&visitor, member).await,
        Err(error) => refuse(FormState::default(), "", error, &paths::SIGN_IN, &visitor).await,
    }
}
