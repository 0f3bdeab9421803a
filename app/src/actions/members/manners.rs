//! What members say about themselves: how they take part, and what they want to be written about.

use axum::{Form, extract::Path};
use domain::{
    consent::{Channel, Transactional},
    members::{Actor, Duties},
};
use services::{
    mail,
    members::{self, Manners, Wishes},
};
use uuid::Uuid;

use crate::{
    forms::{Flash, FormState, Pairs},
    pages::{PageError, PageResult, members::stop::ended},
    paths,
    shell::go,
    visitor::{SignedIn, Visitor},
};

/// The two choices of a form, each of which somebody has to make.
pub fn read(form: &mut FormState) -> Option<Manners> {
    let mut either = |field: &str, yes: &str, no: &str| {
        form.parse(field, |value| match value {
            value if value == yes => Ok(true),
            value if value == no => Ok(false),
            _ => Err("choose_one"),
        })
    };
    let shares_name = either("share", "name", "nobody");
    let refuses_gifts = either("gifts", "none", "any");
    Some(Manners { shares_name: shares_name?, refuses_gifts: refuses_gifts? })
}

/// `POST /profile/manners`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who recommend nobody.
pub async fn change(SignedIn { visitor, person }: SignedIn, Form(pairs): Form<Pairs>) -> PageResult {
    let by = person.actor.referrer().ok_or(PageError::NotAllowed)?;
    let mut form = FormState::of(&pairs);
    let Some(manners) = read(&mut form) else { return form.back_to(&paths::PROFILE, &visitor).await };
    members::change_manners(&visitor.app.ctx, by.member(), manners).await?;
    visitor.flash(Flash::Saved).await?;
    Ok(go(&paths::PROFILE))
}

/// The box of a kind of mail.
pub fn kind_field(kind: Transactional) -> &'static str {
    match kind {
        Transactional::Silence => "mail-silence",
        Transactional::Message => "mail-message",
        Transactional::Thanks => "mail-thanks",
        Transactional::Reward => "mail-reward",
        Transactional::Tier => "mail-tier",
        _ => "mail-state",
    }
}

/// The mails that somebody is asked about: those that they may get and do without.
pub fn asked(actor: &Actor) -> impl Iterator<Item = Transactional> + use<> {
    let recommends = actor.referrer().is_some();
    let answers = actor.account_managing(Duties::default()).is_some();
    Transactional::mutable().filter(move |kind| recommends || answers && *kind == Transactional::Message)
}

/// The box of an objection.
pub fn objection_field(channel: Channel) -> &'static str {
    match channel {
        Channel::Mail => "object-mail",
        Channel::Phone => "object-phone",
        Channel::Post => "object-post",
    }
}

/// `POST /profile/messages`
///
/// # Errors
/// When the memory fails.
pub async fn wishes(SignedIn { visitor, person }: SignedIn, Form(pairs): Form<Pairs>) -> PageResult {
    let form = FormState::of(&pairs);
    let wishes = Wishes {
        muted: asked(&person.actor).filter(|kind| !form.ticked(kind_field(*kind))).collect(),
        objected: Channel::ALL
            .iter()
            .copied()
            .filter(|channel| form.ticked(objection_field(*channel)))
            .collect(),
    };
    members::change_wishes(&visitor.app.ctx, person.actor.member, &wishes).await?;
    visitor.flash(Flash::Saved).await?;
    Ok(go(&paths::PROFILE))
}

/// `POST /mail/{id}/stop/{token}`: the page's button, and the mail program's own, which follows no redirect (RFC 8058).
/// Pressed twice, it is ended once.
///
/// # Errors
/// [`PageError::NotFound`] when the link leads nowhere.
pub async fn stop(visitor: Visitor, Path((id, token)): Path<(Uuid, String)>) -> PageResult {
    let stopped = mail::stop(&visitor.app.ctx, id, &token).await?.ok_or(PageError::NotFound)?;
    Ok(ended(&visitor, stopped))
}
