//! What staff do to people.

use axum::{Form, extract::Path};
use domain::{
    consent::{Basis, Channel},
    ids::{AccountId, MemberId},
    members::{Role, RoleSet},
    text::{CompanyName, EmailAddress, Language, PermissionSource, PersonName},
};
use services::members::{self, Invite, PeopleError, PersonChange, RecordPermission};

use crate::{
    forms::{Flash, FormState, Pairs},
    pages::{
        PageError, PageResult,
        members::people::{failed, permissions, role_field},
    },
    paths::{self, PersonAct},
    shell::go,
    visitor::{SignedIn, Visitor},
};

fn ticked_roles(form: &FormState) -> RoleSet {
    Role::ALL.iter().copied().filter(|role| form.ticked(role_field(*role))).collect()
}

/// The field that an error belongs to.
fn field_of(error: &PeopleError) -> &'static str {
    match error {
        PeopleError::Taken => "email",
        PeopleError::Deputy => "deputy",
        PeopleError::Source => "source",
        PeopleError::NoRole | PeopleError::LastAdministrator | PeopleError::StaffHasNoAccount => "roles",
        PeopleError::AdvocateNeedsAccount => "account",
        _ => "",
    }
}

/// The company that a name or a domain stands for, if it is one only.
async fn find_account(visitor: &Visitor, typed: &str) -> Result<Result<AccountId, &'static str>, PageError> {
    let found = visitor.app.ctx.store.accounts().suggest(typed, 20).await?;
    let key = CompanyName::parse(typed).map(|name| name.key()).unwrap_or_default();
    let exact: Vec<_> = found
        .iter()
        .filter(|(_, name)| CompanyName::parse(name).is_ok_and(|name| name.key() == key))
        .collect();
    Ok(match (exact.as_slice(), found.as_slice()) {
        ([one], _) => Ok(one.0),
        ([], [one]) => Ok(one.0),
        (_, []) => Err("account_not_found"),
        _ => Err("account_ambiguous"),
    })
}

/// `POST /manage/people/invite`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who invite nobody.
pub async fn invite(SignedIn { visitor, person: me }: SignedIn, Form(pairs): Form<Pairs>) -> PageResult {
    let inviting = me.actor.inviting().ok_or(PageError::NotAllowed)?;
    let mut form = FormState::of(&pairs);
    let name = form.parse("name", PersonName::parse);
    let email = form.parse("email", EmailAddress::parse);
    let language = form.parse("language", |code| Language::parse(code).ok_or("malformed"));
    let typed = form.value("account").trim().to_owned();
    let account = if typed.is_empty() {
        None
    } else {
        match find_account(&visitor, &typed).await? {
            Ok(id) => Some(id),
            Err(code) => {
                form.refuse("account", code);
                None
            }
        }
    };
    let (Some(name), Some(email), Some(language), true) = (name, email, language, form.is_sound()) else {
        return form.back_to(&paths::INVITE, &visitor).await;
    };
    let roles = ticked_roles(&form);
    let command = Invite { account, name, email, language, roles };
    match members::invite(&visitor.app.ctx, inviting, me.actor.administering(), command).await {
        Ok(id) => {
            visitor.flash(Flash::Invited).await?;
            Ok(go(&PersonAct::Letter.of(id)))
        }
        Err(PeopleError::Store(error)) => Err(error.into()),
        Err(error) => {
            form.refuse(field_of(&error), error.to_string());
            form.back_to(&paths::INVITE, &visitor).await
        }
    }
}

/// Sends the form back with what is wrong with it; where somebody else was faster, with their version beside it.
async fn refused(
    mut form: FormState,
    which: &str,
    error: PeopleError,
    id: MemberId,
    visitor: &Visitor,
) -> PageResult {
    match error {
        PeopleError::Store(error) => return Err(error.into()),
        PeopleError::NotFound => return Err(PageError::NotFound),
        PeopleError::Stale => {
            let now = visitor.app.ctx.store.members().details(id).await?.ok_or(PageError::NotFound)?;
            form.overtaken(now.version);
        }
        _ => {}
    }
    form.set("form", which);
    form.refuse(field_of(&error), error.to_string());
    form.back_to(&paths::person(id), visitor).await
}

async fn saved(
    result: Result<(), PeopleError>,
    form: FormState,
    which: &str,
    id: MemberId,
    visitor: &Visitor,
    flash: Flash,
) -> PageResult {
    match result {
        Ok(()) => {
            visitor.flash(flash).await?;
            Ok(go(&paths::person(id)))
        }
        Err(error) => refused(form, which, error, id, visitor).await,
    }
}

/// `POST /manage/people/{id}/change`
///
/// # Errors
/// [`PageError::NotAllowed`] for everybody but administrators.
pub async fn change(
    SignedIn { visitor, person: me }: SignedIn,
    Path(id): Path<MemberId>,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    let administering = me.actor.administering().ok_or(PageError::NotAllowed)?;
    let mut form = FormState::of(&pairs);
    let name = form.parse("name", PersonName::parse);
    let email = form.parse("email", EmailAddress::parse);
    let language = form.parse("language", |code| Language::parse(code).ok_or("malformed"));
    let deputy = match form.value("deputy") {
        "" => None,
        given => given.parse().ok(),
    };
    let (Some(name), Some(email), Some(language)) = (name, email, language) else {
        form.set("form", "change");
        return form.back_to(&paths::person(id), &visitor).await;
    };
    let version = form.version();
    let command = PersonChange { id, name, email, language, deputy, version };
    let result = members::change_person(&visitor.app.ctx, administering, command).await;
    saved(result, form, "change", id, &visitor, Flash::Saved).await
}

/// `POST /manage/people/{id}/roles`
///
/// # Errors
/// [`PageError::NotAllowed`] for everybody but administrators.
pub async fn roles(
    SignedIn { visitor, person: me }: SignedIn,
    Path(id): Path<MemberId>,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    let administering = me.actor.administering().ok_or(PageError::NotAllowed)?;
    let form = FormState::of(&pairs);
    let version = form.version();
    let result =
        members::change_roles(&visitor.app.ctx, administering, id, ticked_roles(&form), version).await;
    saved(result, form, "roles", id, &visitor, Flash::Saved).await
}

async fn access(me: SignedIn, id: MemberId, active: bool) -> PageResult {
    let SignedIn { visitor, person } = me;
    let administering = person.actor.administering().ok_or(PageError::NotAllowed)?;
    let result = members::set_access(&visitor.app.ctx, administering, id, active).await;
    let flash = if active { Flash::AccessGiven } else { Flash::AccessEnded };
    saved(result, FormState::default(), "access", id, &visitor, flash).await
}

/// `POST /manage/people/{id}/deactivate`
///
/// # Errors
/// [`PageError::NotAllowed`] for everybody but administrators.
pub async fn deactivate(me: SignedIn, Path(id): Path<MemberId>) -> PageResult {
    access(me, id, false).await
}

/// `POST /manage/people/{id}/reactivate`
///
/// # Errors
/// [`PageError::NotAllowed`] for everybody but administrators.
pub async fn reactivate(me: SignedIn, Path(id): Path<MemberId>) -> PageResult {
    access(me, id, true).await
}

/// `POST /manage/people/{id}/letter`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who invite nobody.
pub async fn letter(SignedIn { visitor, person: me }: SignedIn, Path(id): Path<MemberId>) -> PageResult {
    let inviting = me.actor.inviting().ok_or(PageError::NotAllowed)?;
    let result = members::renew_invitation(&visitor.app.ctx, inviting, me.actor.administering(), id).await;
    match result {
        Ok(()) => {
            visitor.flash(Flash::Invited).await?;
            Ok(go(&PersonAct::Letter.of(id)))
        }
        Err(error) => refused(FormState::default(), "access", error, id, &visitor).await,
    }
}

/// `POST /manage/people/{id}/permission`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who invite nobody.
pub async fn permission(
    SignedIn { visitor, person: me }: SignedIn,
    Path(member): Path<MemberId>,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    let inviting = me.actor.inviting().ok_or(PageError::NotAllowed)?;
    let mut form = FormState::of(&pairs);
    form.set("form", permissions::FORM);
    let ctx = &visitor.app.ctx;
    let channel = Channel::parse(form.value("channel")).ok_or(PageError::NotFound)?;
    let result = if form.value("act") == "object" {
        members::record_objection(ctx, inviting.member(), member, channel).await
    } else {
        let basis = Basis::parse(form.value("basis")).ok_or(PageError::NotFound)?;
        let source = form.parse_given("source", PermissionSource::parse);
        if !form.is_sound() {
            return form.back_to(&paths::person(member), &visitor).await;
        }
        let record = RecordPermission { member, channel, basis, source };
        members::record_permission(ctx, inviting, record).await
    };
    if let Err(error) = result {
        let field = field_of(&error);
        if field.is_empty() {
            return Err(failed(error));
        }
        form.refuse(field, error.to_string());
        return form.back_to(&paths::person(member), &visitor).await;
    }
    visitor.flash(Flash::Saved).await?;
    Ok(go(&paths::person(member)))
}
