//! The language switch: a form, so that no link changes anything.

use axum::{
    Form,
    http::{HeaderValue, header},
};
use domain::text::Language;

use crate::{
    forms::{FormState, Pairs},
    pages::PageResult,
    paths::{self, Path},
    shell::go,
    visitor::{LANGUAGE_COOKIE, Visitor},
};

/// `POST /language`
///
/// # Errors
/// When the memory fails.
pub async fn change_language(visitor: Visitor, Form(pairs): Form<Pairs>) -> PageResult {
    let form = FormState::of(&pairs);
    let back = Path::of_request(form.value("back")).unwrap_or(paths::HOME);
    let mut response = go(&back);
    if let Some(language) = Language::parse(form.value("language")) {
        if let Some(person) = &visitor.person {
            services::members::change_language(&visitor.app.ctx, person.actor.member, language).await?;
        }
        let cookie = format!(
            "{LANGUAGE_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly",
            language.as_str()
        );
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    Ok(response)
}
