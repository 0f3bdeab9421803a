//! The form of an invitation.

use axum::extract::Query;
use domain::{ids::AccountId, members::Role};
use leptos::prelude::*;
use serde::Deserialize;
use words::keys;

use super::{forms::role_boxes, language_choices};
use crate::{
    forms::{FormState, Kept},
    markup::IntoMarkup,
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    ui::{Field, error_summary, select_field, text_field},
    visitor::SignedIn,
};

/// The query of an invitation that was begun on a company's page.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct InviteQuery {
    account: Option<AccountId>,
}

/// `GET /manage/people/invite`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who invite nobody.
pub async fn show(
    SignedIn { visitor, person }: SignedIn,
    Query(kept): Query<Kept>,
    Query(query): Query<InviteQuery>,
) -> PageResult {
    person.actor.inviting().ok_or(PageError::NotAllowed)?;
    let words = visitor.words;
    let assets = &visitor.app.assets;
    let administers = person.actor.administering().is_some();
    let form = match FormState::kept(&kept, &visitor).await? {
        Some(form) => form,
        None => {
            let company = match query.account {
                Some(id) => services::accounts::account(&visitor.app.ctx, &person.actor, id).await?,
                None => None,
            };
            let company = company.map(|account| match account.domains.first() {
                Some(domain) => domain.as_str().to_owned(),
                None => account.fields.name.as_str().to_owned(),
            });
            FormState::filled([
                ("account", company.unwrap_or_default()),
                ("language", words.language().as_str().to_owned()),
                ("role-advocate", "yes".to_owned()),
            ])
        }
    };
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
    let mut help = words.say(keys::INVITE_ACCOUNT_HELP).into_owned();
    if administers {
        help = format!("{help} {}", words.say(keys::INVITE_ACCOUNT_OPTIONAL));
    }
    let account = Field {
        name: "account",
        label: words.say(keys::PEOPLE_COMPANY).into_owned(),
        help: Some(help),
        autocomplete: "off",
        optional: administers,
        maxlength: 160,
        ..Field::default()
    };
    let language =
        Field { name: "language", label: words.say(keys::PERSON_LANGUAGE).into_owned(), ..Field::default() };
    let roles = if administers {
        role_boxes(&form, &visitor, Role::ALL)
    } else {
        view! { <input type="hidden" name="role-advocate" value="yes"/> }.into_markup()
    };
    let view = view! {
        <p class="crumb"><a href=paths::PEOPLE.to_string()>{words.say(keys::PERSON_BACK)}</a></p>
        <header class="page-head">
            <h1>{words.say(keys::PEOPLE_INVITE)}</h1>
            <p class="lede">{words.say(keys::INVITE_LEDE)}</p>
        </header>
        <section class="panel narrow">
            <form class="form body" method="post" action=paths::INVITE.to_string() novalidate=true>
                {error_summary(&form, words)}
                <div class="fields">
                    {text_field(&name, &form, words, assets)}
                    {text_field(&email, &form, words, assets)}
                    {text_field(&account, &form, words, assets)}
                    {select_field(&language, language_choices(words), &form, words, assets)}
                    {roles}
                </div>
                <div class="cluster">
                    <button class="button" data-size="large" type="submit">{words.say(keys::INVITE_SUBMIT)}</button>
                </div>
            </form>
        </section>
    };
    Ok(page(&visitor, Head::new(words.say(keys::PEOPLE_INVITE)).in_nav(Nav::People).compact(), view))
}
