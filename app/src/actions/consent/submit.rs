//! The form of the landing page.

use axum::{Form, extract::Path as UrlPath};
use domain::{
    accounts::RecipientKind,
    consent::PreferredChannel,
    ids::TouchId,
    text::{BestTime, CompanyName, EmailAddress, Language, PersonName, Phone, RoleTitle},
};
use services::{
    consent::{Answer, Entry, Origin, SubmitEntryError, submit_entry},
    touches::{Counts, counts},
};

use crate::{
    forms::{ErrorCode, FormState, Pairs},
    pages::{PageResult, consent::answers, consent::landing, touches::unknown},
    paths::{self, Path},
    shell::go,
    visitor::Visitor,
};

/// `POST /l/{code}`
///
/// # Errors
/// When the memory fails.
pub async fn submit_own(
    UrlPath(code): UrlPath<String>,
    visitor: Visitor,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    let Some(target) = landing::target(&visitor, &code).await? else {
        return unknown::show(None, visitor).await;
    };
    let mut form = FormState::of(&pairs);
    let touch: Option<TouchId> = form.value("touch").parse().ok();
    let page = paths::landing(&target.code, touch);
    // Where another recommendation counts, the page says so; the contact must read what that advocate gets.
    let touch = match counts(&visitor.app.ctx, &target, touch, visitor.remembered).await? {
        Counts::Here(touch) => touch,
        Counts::Remembered(..) => return form.back_to(&page, &visitor).await,
    };
    let company = form.parse("company", CompanyName::parse);
    match entry(&mut form, company, &visitor) {
        Some(entry) => send(&visitor, Origin::OwnShare { target, touch }, entry, form, &page).await,
        None => form.back_to(&page, &visitor).await,
    }
}

/// `POST /i/{token}`
///
/// # Errors
/// When the memory fails.
pub async fn submit_carried(
    UrlPath(token): UrlPath<String>,
    visitor: Visitor,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    let mut form = FormState::of(&pairs);
    let page = paths::carried(&token);
    match entry(&mut form, None, &visitor) {
        Some(entry) => send(&visitor, Origin::CarriedLink { token }, entry, form, &page).await,
        None => form.back_to(&page, &visitor).await,
    }
}

/// One of a list.
pub(super) fn one_of<T>(
    form: &mut FormState,
    field: &str,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Option<T> {
    form.parse(field, |value| parse(value).ok_or(ErrorCode::from("choose_one")))
}

/// What the form says, or `None` with everything that is wrong noted.
fn entry(form: &mut FormState, company: Option<CompanyName>, visitor: &Visitor) -> Option<Entry> {
    let name = form.parse("name", PersonName::parse);
    let role = form.parse_given("role", RoleTitle::parse);
    let email = form.parse("email", EmailAddress::parse);
    let phone = form.parse_given("phone", Phone::parse);
    let kind = one_of(form, "kind", |value| {
        RecipientKind::parse(value).filter(|kind| *kind != RecipientKind::Unknown)
    });
    let preferred = one_of(form, "preferred", PreferredChannel::parse);
    let language = one_of(form, "language", Language::parse);
    let best_time = form.parse_given("time", BestTime::parse);
    if !form.ticked("consent") {
        form.refuse("consent", "consent_missing_tick");
    }
    if !form.is_sound() {
        return None;
    }
    Some(Entry {
        name: name?,
        company,
        role,
        email: email?,
        phone,
        recipient_kind: kind?,
        preferred: preferred?,
        best_time,
        language: language?,
        shows_steps: form.ticked("steps"),
        read_in: visitor.words.language(),
        // A form without its key is one of its own each time.
        form_key: match form.value("key") {
            "" => visitor.app.ctx.new_id::<uuid::Uuid>().to_string(),
            key => key.chars().take(100).collect(),
        },
        source: visitor.source.clone(),
    })
}

async fn send(
    visitor: &Visitor,
    origin: Origin,
    entry: Entry,
    mut form: FormState,
    page: &Path,
) -> PageResult {
    match submit_entry(&visitor.app.ctx, &origin, &entry).await {
        Ok(Answer::MailSent) => Ok(go(&paths::CONSENT_SENT)),
        Ok(Answer::Neutral) => Ok(go(&paths::CONSENT_NEUTRAL)),
        Err(SubmitEntryError::Store(error)) => Err(error.into()),
        Err(SubmitEntryError::Gone) => Ok(answers::gone(visitor)),
        Err(error) => {
            let field = if matches!(error, SubmitEntryError::CompanyMissing) { "company" } else { "" };
            form.refuse(field, error.to_string());
            form.back_to(page, visitor).await
        }
    }
}
