//! The private page's forms.

use axum::{Form, extract::Path as UrlPath};
use domain::{
    accounts::RecipientKind,
    consent::PreferredChannel,
    text::{BestTime, Language, PersonName, Phone, RoleTitle},
};
use services::consent::{self, Correct, MyPageError};

use super::submit::one_of;
use crate::{
    forms::{Flash, FormState, Pairs},
    pages::{PageResult, consent::answers},
    paths::{self, Path},
    shell::go,
    visitor::Visitor,
};

/// `POST /my/{token}`
///
/// # Errors
/// When the memory fails.
pub async fn correct(
    UrlPath(token): UrlPath<String>,
    visitor: Visitor,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    let mut form = FormState::of(&pairs);
    let name = form.parse("name", PersonName::parse);
    let role = form.parse_given("role", RoleTitle::parse);
    let phone = form.parse_given("phone", Phone::parse);
    let kind = one_of(&mut form, "kind", RecipientKind::parse);
    let preferred = one_of(&mut form, "preferred", PreferredChannel::parse);
    let language = one_of(&mut form, "language", Language::parse);
    let best_time = form.parse_given("time", BestTime::parse);
    let page = paths::mine(&token);
    let (Some(name), Some(recipient_kind), Some(preferred), Some(language), true) =
        (name, kind, preferred, language, form.is_sound())
    else {
        return form.back_to(&page, &visitor).await;
    };
    let version = form.version();
    let command = Correct {
        name,
        role,
        phone,
        recipient_kind,
        preferred,
        best_time,
        language,
        shows_steps: form.ticked("steps"),
        version,
    };
    match consent::correct(&visitor.app.ctx, &token, command).await {
        Err(MyPageError::Stale) => {
            form.refuse("", "stale_edit");
            let latest = consent::my_page(&visitor.app.ctx, &token).await?;
            form.overtaken(latest.map_or(-1, |mine| mine.contact.version));
            form.back_to(&page, &visitor).await
        }
        done => finish(&visitor, done, Some(Flash::ContactCorrected), &page).await,
    }
}

/// `POST /my/{token}/withdraw`
///
/// # Errors
/// When the memory fails.
pub async fn withdraw(UrlPath(token): UrlPath<String>, visitor: Visitor) -> PageResult {
    let done = consent::withdraw(&visitor.app.ctx, &token, visitor.words.language()).await;
    finish(&visitor, done, Some(Flash::ConsentWithdrawn), &paths::mine(&token)).await
}

/// `POST /my/{token}/object`
///
/// # Errors
/// When the memory fails.
pub async fn object(UrlPath(token): UrlPath<String>, visitor: Visitor) -> PageResult {
    let done = consent::object(&visitor.app.ctx, &token).await;
    finish(&visitor, done, None, &paths::CONSENT_OBJECTED).await
}

/// `POST /my/{token}/erase`
///
/// # Errors
/// When the memory fails.
pub async fn erase(UrlPath(token): UrlPath<String>, visitor: Visitor) -> PageResult {
    let done = consent::erase(&visitor.app.ctx, &token).await;
    finish(&visitor, done, None, &paths::CONSENT_ERASED).await
}

async fn finish(
    visitor: &Visitor,
    done: Result<(), MyPageError>,
    flash: Option<Flash>,
    page: &Path,
) -> PageResult {
    match done {
        Ok(()) => {
            if let Some(flash) = flash {
                visitor.flash(flash).await?;
            }
            Ok(go(page))
        }
        Err(MyPageError::Gone) => Ok(answers::gone(visitor)),
        Err(MyPageError::Store(error)) => Err(error.into()),
        // Somebody moved the referral at this very moment: nothing has changed, and pressing again helps.
        Err(MyPageError::Stale) => Err(services::StoreError::Stale.into()),
    }
}
