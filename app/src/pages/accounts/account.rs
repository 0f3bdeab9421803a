//! One company, and the form of a new one.

use axum::extract::{Path, Query};
use domain::{
    accounts::{AccountStatus, RecipientKind},
    ids::AccountId,
    members::Role,
};
use leptos::prelude::*;
use services::{
    accounts,
    members::{self, PeopleFilter},
};
use words::keys;

use super::{
    form::{account_form, filled},
    kind_key, status_key,
};
use crate::{
    forms::{FormState, Kept},
    markup::IntoMarkup,
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    ui::icon,
    visitor::SignedIn,
};

/// People shown on their company's page; the rest stands in the list of people.
const PEOPLE: u64 = 50;

/// `GET /manage/accounts/new`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who may not add companies.
pub async fn new(SignedIn { visitor, person }: SignedIn, Query(kept): Query<Kept>) -> PageResult {
    person.actor.inviting().ok_or(PageError::NotAllowed)?;
    let words = visitor.words;
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_else(|| {
        FormState::filled([
            ("country", "DE".to_owned()),
            ("status", AccountStatus::Customer.as_str().to_owned()),
            ("kind", RecipientKind::Unknown.as_str().to_owned()),
        ])
    });
    let managers = visitor.app.ctx.store.members().with_role(Role::AccountManager).await?;
    let view = view! {
        <p class="crumb"><a href=paths::ACCOUNTS.to_string()>{words.say(keys::ACCOUNT_BACK)}</a></p>
        <header class="page-head"><h1>{words.say(keys::ACCOUNTS_NEW)}</h1></header>
        {account_form(&paths::NEW_ACCOUNT, keys::ACCOUNT_ADD, &form, None, managers, &visitor)}
    };
    Ok(page(&visitor, Head::new(words.say(keys::ACCOUNTS_NEW)).in_nav(Nav::Accounts).compact(), view))
}

/// `GET /manage/accounts/{id}`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who may not see companies, [`PageError::NotFound`] when there is none.
pub async fn show(
    SignedIn { visitor, person }: SignedIn,
    Path(id): Path<AccountId>,
    Query(kept): Query<Kept>,
) -> PageResult {
    let (ctx, words) = (&visitor.app.ctx, visitor.words);
    if !person.actor.sees_people() {
        return Err(PageError::NotAllowed);
    }
    let account = accounts::account(ctx, &person.actor, id).await?.ok_or(PageError::NotFound)?;
    let filter = PeopleFilter { account: Some(id), ..PeopleFilter::default() };
    let people = members::people(ctx, &person.actor, &filter, PEOPLE).await?.unwrap_or_default();
    let managers = ctx.store.members().with_role(Role::AccountManager).await?;
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_else(|| filled(&account));
    let name = account.fields.name.as_str().to_owned();
    let manager = managers.iter().find(|one| Some(one.id) == account.manager).map(|one| one.name.clone());
    let manager = manager.unwrap_or_else(|| words.say(keys::ACCOUNT_NO_MANAGER).into_owned());
    let lede = format!(
        "{} · {} · {}",
        account.fields.country,
        words.say(status_key(account.fields.status)),
        words.say(kind_key(account.fields.recipient_kind)),
    );
    let edits = person.actor.inviting().is_some().then(|| {
        let theirs = form.is_overtaken().then_some(&account);
        account_form(&paths::account(id), keys::ACCOUNT_SAVE, &form, theirs, managers, &visitor)
    });
    let invite = person.actor.inviting().map(|_| {
        let href = paths::INVITE.with_query([("account", &id.to_string())]).to_string();
        view! { <a class="button" data-kind="plain" href=href>{words.say(keys::PEOPLE_INVITE)}</a> }
    });
    let list = if people.is_empty() {
        view! { <p class="small muted">{words.say(keys::ACCOUNT_NO_PEOPLE)}</p> }.into_markup()
    } else {
        let items = people
            .into_iter()
            .map(|line| {
                view! {
                    <li>
                        {icon(&visitor.app.assets, "people")}
                        <span><a href=paths::person(line.id).to_string()>{line.name}</a> " " {line.email}</span>
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="plainlist">{items}</ul> }.into_markup()
    };
    let view = view! {
        <p class="crumb"><a href=paths::ACCOUNTS.to_string()>{words.say(keys::ACCOUNT_BACK)}</a></p>
        <header class="page-head">
            <h1>{name.clone()}</h1>
            <p class="lede">{lede}</p>
            <p class="small muted">{words.say(keys::ACCOUNT_MANAGER)} ": " {manager}</p>
        </header>
        <div class="split">
            <div class="stack">{edits}</div>
            <section class="panel" aria-labelledby="people">
                <header><h2 id="people">{words.say(keys::ACCOUNT_PEOPLE)}</h2></header>
                <div class="body">{list}<div class="cluster">{invite}</div></div>
            </section>
        </div>
    };
    Ok(page(&visitor, Head::new(name).in_nav(Nav::Accounts).compact(), view))
}
