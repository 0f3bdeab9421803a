//! What administrators change about a person: a form each for details, roles and access.

use domain::members::Role;
use leptos::prelude::*;
use services::members::{Colleague, PersonDetails};
use words::{Key, keys};

use super::{language_choices, language_key, role_field, role_key, role_names};
use crate::{
    forms::FormState,
    markup::{IntoMarkup, Markup},
    paths::PersonAct,
    ui::{Choice, Field, error_summary, icon, saved_meanwhile, select_field, text_field, tick_box},
    visitor::Visitor,
};

pub(super) fn filled(person: &PersonDetails) -> FormState {
    let mut form = FormState::filled([
        ("name", person.name.as_str().to_owned()),
        ("email", person.email.as_str().to_owned()),
        ("language", person.language.as_str().to_owned()),
        ("deputy", person.deputy.map(|id| id.to_string()).unwrap_or_default()),
        ("version", person.version.to_string()),
    ]);
    for role in person.roles.iter() {
        form.set(role_field(role), "yes");
    }
    form
}

/// What somebody else has saved meanwhile, where this form came too late.
fn theirs(form: &FormState, visitor: &Visitor, saved: Vec<(Key, String)>) -> Option<Markup> {
    form.is_overtaken().then(|| saved_meanwhile(saved, visitor))
}

pub(super) fn role_boxes(form: &FormState, visitor: &Visitor, offered: &[Role]) -> Markup {
    let words = visitor.words;
    let boxes = offered
        .iter()
        .map(|role| {
            let field = Field {
                name: role_field(*role),
                label: words.say(role_key(*role)).into_owned(),
                optional: true,
                ..Field::default()
            };
            tick_box(&field, form, words, &visitor.app.assets)
        })
        .collect_view();
    let error = form.error("roles", words).map(|error| {
        view! { <p class="error">{icon(&visitor.app.assets, "alert")}<span>{error}</span></p> }
    });
    view! {
        <fieldset class="field full" id="roles">
            <legend class="label">{words.say(keys::PEOPLE_ROLES)}</legend>
            {boxes}
            {error}
        </fieldset>
    }
    .into_markup()
}

pub(super) fn details_form(
    person: &PersonDetails,
    form: &FormState,
    deputies: Vec<Colleague>,
    visitor: &Visitor,
) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let name = Field {
        name: "name",
        label: words.say(keys::PEOPLE_NAME).into_owned(),
        autocomplete: "off",
        maxlength: 120,
        ..Field::default()
    };
    let email = Field {
        name: "email",
        label: words.say(keys::PEOPLE_EMAIL).into_owned(),
        kind: "email",
        inputmode: "email",
        autocomplete: "off",
        ..Field::default()
    };
    let language =
        Field { name: "language", label: words.say(keys::PERSON_LANGUAGE).into_owned(), ..Field::default() };
    let deputy = Field {
        name: "deputy",
        label: words.say(keys::PERSON_DEPUTY).into_owned(),
        optional: true,
        ..Field::default()
    };
    let others: Vec<_> = deputies.into_iter().filter(|other| other.id != person.id).collect();
    let theirs = theirs(
        form,
        visitor,
        vec![
            (keys::PEOPLE_NAME, person.name.as_str().to_owned()),
            (keys::PEOPLE_EMAIL, person.email.as_str().to_owned()),
            (keys::PERSON_LANGUAGE, words.say(language_key(person.language)).into_owned()),
            (
                keys::PERSON_DEPUTY,
                others.iter().find(|other| Some(other.id) == person.deputy).map_or_else(
                    || words.say(keys::PERSON_NO_DEPUTY).into_owned(),
                    |other| other.name.clone(),
                ),
            ),
        ],
    );
    let deputy = (!others.is_empty()).then(|| {
        let none = Choice { value: String::new(), label: words.say(keys::PERSON_NO_DEPUTY).into_owned() };
        let choices = std::iter::once(none)
            .chain(others.into_iter().map(|other| Choice { value: other.id.to_string(), label: other.name }))
            .collect();
        select_field(&deputy, choices, form, words, assets)
    });
    view! {
        <section class="panel" aria-labelledby="details">
            <header><h2 id="details">{words.say(keys::PERSON_DETAILS)}</h2></header>
            <form class="form body" method="post" action=PersonAct::Change.of(person.id).to_string() novalidate=true>
                {error_summary(form, words)}
                {theirs}
                <input type="hidden" name="version" value=form.value("version").to_owned()/>
                <div class="fields">
                    {text_field(&name, form, words, assets)}
                    {text_field(&email, form, words, assets)}
                    {select_field(&language, language_choices(words), form, words, assets)}
                    {deputy}
                </div>
                <div class="cluster">
                    <button class="button" type="submit">{words.say(keys::PERSON_SAVE)}</button>
                </div>
            </form>
        </section>
    }
    .into_markup()
}

pub(super) fn roles_form(person: &PersonDetails, form: &FormState, visitor: &Visitor) -> Markup {
    let words = visitor.words;
    let staff = person.account.is_none();
    let offered: Vec<Role> = Role::ALL.iter().copied().filter(|role| role.is_staff() == staff).collect();
    let theirs = theirs(form, visitor, vec![(keys::PEOPLE_ROLES, role_names(person.roles, words))]);
    view! {
        <section class="panel" aria-labelledby="roles-title">
            <header><h2 id="roles-title">{words.say(keys::PEOPLE_ROLES)}</h2></header>
            <form class="form body" method="post" action=PersonAct::Roles.of(person.id).to_string()>
                {error_summary(form, words)}
                {theirs}
                <input type="hidden" name="version" value=form.value("version").to_owned()/>
                {role_boxes(form, visitor, &offered)}
                <div class="cluster">
                    <button class="button" type="submit">{words.say(keys::PERSON_ROLES_SAVE)}</button>
                </div>
            </form>
        </section>
    }
    .into_markup()
}

pub(super) fn access_form(person: &PersonDetails, form: &FormState, visitor: &Visitor) -> Markup {
    let words = visitor.words;
    let (act, label) = if person.active {
        (PersonAct::Deactivate, keys::PERSON_DEACTIVATE)
    } else {
        (PersonAct::Reactivate, keys::PERSON_REACTIVATE)
    };
    let help = person
        .active
        .then(|| words.with(keys::PERSON_DEACTIVATE_HELP, [("name", person.name.as_str().into())]));
    view! {
        <section class="panel" aria-labelledby="access">
            <header><h2 id="access">{words.say(keys::PERSON_ACCESS)}</h2></header>
            <form class="form body" method="post" action=act.of(person.id).to_string()>
                {error_summary(form, words)}
                {help.map(|help| view! { <p class="small muted">{help}</p> })}
                <div class="cluster">
                    <button class="button" data-kind="plain" type="submit">{words.say(label)}</button>
                </div>
            </form>
        </section>
    }
    .into_markup()
}
