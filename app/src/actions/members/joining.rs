//! Joining without a letter: people ask and confirm, members make links for colleagues, staff decide.

use axum::{Form, extract::Path};
use domain::text::{EmailAddress, Language, PersonName};
use services::members::{
    PeopleError,
    joining::{self, Ask, AskError, Confirmed, LinkError, Through},
};
use uuid::Uuid;

use super::sign_in::enter;
use crate::{
    forms::{Flash, FormState, Pairs},
    pages::{
        PageError, PageResult,
        members::{joining::lapsed, people::failed},
    },
    paths,
    shell::go,
    visitor::{SignedIn, Visitor},
};

async fn take(visitor: Visitor, pairs: Pairs, through: Through, here: paths::Path) -> PageResult {
    let mut form = FormState::of(&pairs);
    let name = form.parse("name", PersonName::parse);
    let email = form.parse("email", EmailAddress::parse);
    let language = form.parse("language", |code| Language::parse(code).ok_or("malformed"));
    let (Some(name), Some(email), Some(language)) = (name, email, language) else {
        return form.back_to(&here, &visitor).await;
    };
    let ask = Ask { through, name, email, language, source: visitor.source.clone() };
    match joining::ask_to_join(&visitor.app.ctx, &ask).await {
        Ok(()) => Ok(go(&paths::JOIN_SENT)),
        Err(AskError::Store(error)) => Err(error.into()),
        Err(AskError::Closed) => match ask.through {
            Through::Colleague(_) => Ok(lapsed(&visitor)),
            Through::Domain => Err(PageError::NotFound),
        },
        Err(error) => {
            form.refuse("", error.to_string());
            form.back_to(&here, &visitor).await
        }
    }
}

/// `POST /join/ask`
///
/// # Errors
/// [`PageError::NotFound`] where nobody may ask by themselves.
pub async fn ask(visitor: Visitor, Form(pairs): Form<Pairs>) -> PageResult {
    take(visitor, pairs, Through::Domain, paths::JOIN_ASK).await
}

/// `POST /join/with/{code}`
///
/// # Errors
/// When the memory fails.
pub async fn ask_with(visitor: Visitor, Path(code): Path<String>, Form(pairs): Form<Pairs>) -> PageResult {
    let here = paths::join_with(&code);
    take(visitor, pairs, Through::Colleague(code), here).await
}

/// `POST /join/confirm/{token}`
///
/// # Errors
/// When the memory fails.
pub async fn confirm(visitor: Visitor, Path(token): Path<String>) -> PageResult {
    match joining::confirm_request(&visitor.app.ctx, &token).await? {
        Confirmed::In(member) => enter(&visitor, member).await,
        Confirmed::Waiting => Ok(go(&paths::JOIN_WAITING)),
        Confirmed::Gone => Ok(go(&paths::JOIN_GONE)),
    }
}

/// `POST /colleagues`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who recommend nobody.
pub async fn new_link(SignedIn { visitor, person }: SignedIn) -> PageResult {
    let by = person.actor.referrer().ok_or(PageError::NotAllowed)?;
    match joining::new_colleague_link(&visitor.app.ctx, &by).await {
        Ok(()) => {
            visitor.flash(Flash::ColleagueLink).await?;
            Ok(go(&paths::COLLEAGUES))
        }
        Err(LinkError::Store(error)) => Err(error.into()),
        Err(error) => {
            let mut form = FormState::default();
            form.refuse("", error.to_string());
            form.back_to(&paths::COLLEAGUES, &visitor).await
        }
    }
}

/// `POST /colleagues/end`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who recommend nobody.
pub async fn end_link(SignedIn { visitor, person }: SignedIn) -> PageResult {
    let by = person.actor.referrer().ok_or(PageError::NotAllowed)?;
    joining::end_colleague_link(&visitor.app.ctx, &by).await?;
    visitor.flash(Flash::ColleagueLinkEnded).await?;
    Ok(go(&paths::COLLEAGUES))
}

/// `POST /manage/people/requests/setting`
///
/// # Errors
/// [`PageError::NotAllowed`] for everybody but administrators.
pub async fn setting(SignedIn { visitor, person }: SignedIn, Form(pairs): Form<Pairs>) -> PageResult {
    let by = person.actor.administering().ok_or(PageError::NotAllowed)?;
    let on = FormState::of(&pairs).value("on") == "yes";
    joining::set_join_by_domain(&visitor.app.ctx, by, on).await?;
    visitor.flash(Flash::Saved).await?;
    Ok(go(&paths::JOIN_REQUESTS))
}

async fn decided(visitor: Visitor, result: Result<(), PeopleError>, flash: Flash) -> PageResult {
    match result {
        Ok(()) => visitor.flash(flash).await?,
        Err(error @ PeopleError::Store(_)) => return Err(failed(error)),
        // Somebody else was faster; the list shows what is left to decide.
        Err(error) => {
            let mut form = FormState::default();
            form.refuse("", error.to_string());
            return form.back_to(&paths::JOIN_REQUESTS, &visitor).await;
        }
    }
    Ok(go(&paths::JOIN_REQUESTS))
}

/// `POST /manage/people/requests/{id}/approve`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who invite nobody.
pub async fn approve(SignedIn { visitor, person }: SignedIn, Path(id): Path<Uuid>) -> PageResult {
    let by = person.actor.inviting().ok_or(PageError::NotAllowed)?;
    let result = joining::approve_request(&visitor.app.ctx, by, id).await.map(|_| ());
    decided(visitor, result, Flash::RequestApproved).await
}

/// `POST /manage/people/requests/{id}/refuse`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who invite nobody.
pub async fn turn_down(SignedIn { visitor, person }: SignedIn, Path(id): Path<Uuid>) -> PageResult {
    let by = person.actor.inviting().ok_or(PageError::NotAllowed)?;
    let result = joining::refuse_request(&visitor.app.ctx, by, id).await;
    decided(visitor, result, Flash::RequestRefused).await
}
