//! People as staff see them: the list, the invitation, one person.

mod forms;
pub mod invite;
pub mod list;
pub(crate) mod permissions;
pub mod person;
pub(crate) mod pin;
pub(crate) mod release;

use domain::{
    consent::{Basis, Channel},
    members::{Role, RoleSet},
    text::Language,
};
use services::members::PeopleError;
use words::{Key, Words, keys};

use crate::{
    pages::PageError,
    ui::{Choice, choices},
};

/// What a role is called.
pub fn role_key(role: Role) -> Key {
    match role {
        Role::Advocate => keys::ROLE_ADVOCATE,
        Role::AmbassadorLead => keys::ROLE_AMBASSADOR_LEAD,
        Role::AccountManager => keys::ROLE_ACCOUNT_MANAGER,
        Role::Marketing => keys::ROLE_MARKETING,
        Role::Administrator => keys::ROLE_ADMINISTRATOR,
        Role::Auditor => keys::ROLE_AUDITOR,
    }
}

/// The box of a role in a form.
pub fn role_field(role: Role) -> &'static str {
    match role {
        Role::Advocate => "role-advocate",
        Role::AmbassadorLead => "role-ambassador-lead",
        Role::AccountManager => "role-account-manager",
        Role::Marketing => "role-marketing",
        Role::Administrator => "role-administrator",
        Role::Auditor => "role-auditor",
    }
}

pub(super) fn channel_key(channel: Channel) -> Key {
    match channel {
        Channel::Mail => keys::CHANNEL_MAIL,
        Channel::Phone => keys::CHANNEL_PHONE,
        Channel::Post => keys::CHANNEL_POST,
    }
}

pub(super) fn basis_key(basis: Basis) -> Key {
    match basis {
        Basis::Consent => keys::BASIS_CONSENT,
        Basis::ExistingCustomer => keys::BASIS_EXISTING_CUSTOMER,
        Basis::None => keys::BASIS_NONE,
    }
}

/// What a page makes of an error that is not the form's.
pub fn failed(error: PeopleError) -> PageError {
    match error {
        PeopleError::Store(error) => error.into(),
        PeopleError::NotFound => PageError::NotFound,
        _ => PageError::NotAllowed,
    }
}

fn role_names(roles: RoleSet, words: Words) -> String {
    roles.iter().map(|role| words.say(role_key(role)).into_owned()).collect::<Vec<_>>().join(", ")
}

fn language_key(language: Language) -> Key {
    match language {
        Language::German => keys::LEGAL_GERMAN,
        Language::English => keys::LEGAL_ENGLISH,
    }
}

/// The languages to choose from.
pub(super) fn language_choices(words: Words) -> Vec<Choice> {
    choices(&[Language::German, Language::English], Language::as_str, language_key, words)
}
