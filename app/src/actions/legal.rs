//! Agreeing to terms, and publishing new ones.

use axum::{Form, extract::Path};
use domain::consent::LegalKind;
use services::legal::{self, AgreeError, Publish, PublishError};

use crate::{
    actions::members::manners,
    forms::{Flash, FormState, Pairs},
    pages::{PageError, PageResult},
    paths,
    shell::go,
    visitor::{SignedIn, Visitor},
};

/// `POST /welcome/terms`
///
/// # Errors
/// When the memory fails.
pub async fn agree(visitor: Visitor, Form(pairs): Form<Pairs>) -> PageResult {
    let Some(person) = visitor.person.clone() else { return Ok(visitor.to_sign_in(&paths::TERMS).await) };
    let mut form = FormState::of(&pairs);
    let manners = if person.agreed_terms == 0 { manners::read(&mut form) } else { None };
    if !form.ticked("agree") {
        form.refuse("agree", "terms_not_agreed");
    }
    if !form.is_sound() {
        return form.back_to(&paths::TERMS, &visitor).await;
    }
    let version = form.value("version").parse().unwrap_or(0);
    match legal::agree(&visitor.app.ctx, person.actor.member, version, manners).await {
        Ok(()) => Ok(go(&visitor.take_wanted().await?)),
        Err(AgreeError::Store(error)) => Err(error.into()),
        Err(error) => {
            // What was ticked was another text.
            form.forget("agree");
            form.refuse("agree", error.to_string());
            form.back_to(&paths::TERMS, &visitor).await
        }
    }
}

/// `POST /manage/legal/{kind}`
///
/// # Errors
/// [`PageError::NotAllowed`] for everybody but administrators.
pub async fn publish(
    SignedIn { visitor, person }: SignedIn,
    Path(kind): Path<String>,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    let by = person.actor.administering().ok_or(PageError::NotAllowed)?;
    let kind = LegalKind::parse(&kind).ok_or(PageError::NotFound)?;
    let mut form = FormState::of(&pairs);
    let command = Publish {
        kind,
        german: form.value("german").to_owned(),
        english: form.value("english").to_owned(),
        after: form.version(),
    };
    match legal::publish(&visitor.app.ctx, by, command).await {
        Ok(_) => {
            visitor.flash(Flash::Published).await?;
            Ok(go(&paths::LEGAL_TEXTS))
        }
        Err(PublishError::Store(error)) => Err(error.into()),
        Err(error) => {
            if matches!(error, PublishError::Stale) {
                let now = visitor.app.ctx.store.legal().newest_version(kind).await?;
                form.overtaken(now);
            }
            let field = match error {
                PublishError::Empty if form.value("german").trim().is_empty() => "german",
                PublishError::Empty => "english",
                _ => "",
            };
            form.refuse(field, error.to_string());
            form.back_to(&paths::legal_text(kind), &visitor).await
        }
    }
}
