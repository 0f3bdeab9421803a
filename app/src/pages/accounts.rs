//! Customers' companies as staff see them.

use axum::extract::{Path, Query};
use domain::{
    accounts::{AccountStatus, GiftPolicy, RecipientKind, WorkDomain},
    ids::AccountId,
    members::Role,
};
use leptos::prelude::*;
use serde::Deserialize;
use services::{
    accounts::{self, AccountDetails, AccountsFilter},
    members::{self, Colleague, PeopleFilter},
};
use words::{Key, keys};

use crate::{
    forms::{FormState, Kept},
    pages::{
        PageError, PageResult,
        members::people::{pager, saved_meanwhile},
    },
    paths,
    shell::{Head, Nav, page},
    ui::{Choice, Field, error_summary, icon, select_field, text_area, text_field},
    visitor::{SignedIn, Visitor},
};

/// Lines of a page.
const LINES: u64 = 50;
/// People shown on their company's page; the rest stands in the list of people.
const PEOPLE: u64 = 50;

fn status_key(status: AccountStatus) -> Key {
    match status {
        AccountStatus::Customer => keys::STATUS_CUSTOMER,
        AccountStatus::OpenDeal => keys::STATUS_OPEN_DEAL,
        AccountStatus::Former => keys::STATUS_FORMER,
        AccountStatus::Prospect => keys::STATUS_PROSPECT,
    }
}

fn kind_key(kind: RecipientKind) -> Key {
    match kind {
        RecipientKind::PrivateCompany => keys::KIND_PRIVATE_COMPANY,
        RecipientKind::PublicBody => keys::KIND_PUBLIC_BODY,
        RecipientKind::HealthProfessional => keys::KIND_HEALTH_PROFESSIONAL,
        RecipientKind::RegulatedFinancial => keys::KIND_REGULATED_FINANCIAL,
        RecipientKind::LegalProfession => keys::KIND_LEGAL_PROFESSION,
        RecipientKind::Unknown => keys::KIND_UNKNOWN,
    }
}

fn gifts_key(policy: GiftPolicy) -> Key {
    match policy {
        GiftPolicy::Any => keys::GIFTS_ANY,
        GiftPolicy::NonMonetary => keys::GIFTS_NON_MONETARY,
        GiftPolicy::None => keys::GIFTS_NONE,
    }
}

/// The query of the list.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ListQuery {
    #[serde(default)]
    q: String,
    #[serde(default)]
    status: String,
    after: Option<String>,
}

/// `GET /manage/accounts`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who may not see companies.
pub async fn list(
    SignedIn { visitor, person }: SignedIn,
    Query(ListQuery { q, status, after }): Query<ListQuery>,
) -> PageResult {
    let words = visitor.words;
    let status = AccountStatus::parse(&status);
    let paged = after.is_some();
    let filter = AccountsFilter { search: q.clone(), status, after };
    let mut lines = accounts::accounts(&visitor.app.ctx, &person.actor, &filter, LINES + 1)
        .await?
        .ok_or(PageError::NotAllowed)?;
    let here = paths::ACCOUNTS.with_query([("q", &q), ("status", status.map_or("", AccountStatus::as_str))]);
    let more = u64::try_from(lines.len()).is_ok_and(|count| count > LINES);
    lines.truncate(usize::try_from(LINES).unwrap_or(usize::MAX));
    let next = lines.last().filter(|_| more).map(|last| here.with_query([("after", &last.cursor())]));
    let empty = lines.is_empty();
    let rows = lines
        .into_iter()
        .map(|line| {
            view! {
                <tr>
                    <th scope="row"><a href=paths::account(line.id).to_string()>{line.name}</a></th>
                    <td>{line.country}</td>
                    <td>{words.say(status_key(line.status))}</td>
                    <td>{line.manager.unwrap_or_else(|| words.say(keys::ACCOUNT_NO_MANAGER).into_owned())}</td>
                </tr>
            }
        })
        .collect_view();
    let add = person.actor.inviting().map(|_| {
        view! { <a class="button" href=paths::NEW_ACCOUNT.to_string()>{words.say(keys::ACCOUNTS_NEW)}</a> }
    });
    let view = view! {
        <header class="page-head">
            <div class="spread"><h1>{words.say(keys::NAV_ACCOUNTS)}</h1><div class="cluster">{add}</div></div>
            <p class="lede">{words.say(keys::ACCOUNTS_LEDE)}</p>
        </header>
        <form class="filters" method="get" action=paths::ACCOUNTS.to_string() role="search">
            <div class="field">
                <label for="q">{words.say(keys::ACCOUNTS_SEARCH)}</label>
                <input id="q" name="q" type="search" maxlength="100" value=q/>
            </div>
            <div class="field">
                <label for="status">{words.say(keys::ACCOUNT_STATUS)}</label>
                <select id="status" name="status">
                    <option value="">{words.say(keys::ACCOUNT_ANY_STATUS)}</option>
                    {AccountStatus::ALL
                        .iter()
                        .map(|one| {
                            let selected = Some(*one) == status;
                            view! {
                                <option value=one.as_str() selected=selected>{words.say(status_key(*one))}</option>
                            }
                        })
                        .collect_view()}
                </select>
            </div>
            <button class="button" data-kind="plain" type="submit">{words.say(keys::PEOPLE_FIND)}</button>
        </form>
        {if empty {
            view! {
                <div class="panel"><div class="body">
                    <p><strong>{words.say(keys::ACCOUNTS_EMPTY)}</strong></p>
                    <p class="muted">{words.say(keys::ACCOUNTS_EMPTY_HELP)}</p>
                </div></div>
            }
            .into_any()
        } else {
            view! {
                <section class="panel">
                    <div class="scroll" tabindex="0" role="region" aria-label=words.say(keys::NAV_ACCOUNTS)>
                        <table class="table">
                            <thead><tr>
                                <th scope="col">{words.say(keys::ACCOUNT_NAME)}</th>
                                <th scope="col">{words.say(keys::ACCOUNT_COUNTRY)}</th>
                                <th scope="col">{words.say(keys::ACCOUNT_STATUS)}</th>
                                <th scope="col">{words.say(keys::ACCOUNT_MANAGER)}</th>
                            </tr></thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                </section>
            }
            .into_any()
        }}
        {pager(&here, next, paged, words)}
    };
    Ok(page(&visitor, Head::new(words.say(keys::NAV_ACCOUNTS)).in_nav(Nav::Accounts).compact(), view))
}

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
pub async fn account(
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
        let theirs = form.ticked("theirs").then_some(&account);
        account_form(&paths::account(id), keys::ACCOUNT_SAVE, &form, theirs, managers, &visitor)
    });
    let invite = person.actor.inviting().map(|_| {
        let href = paths::INVITE.with_query([("account", &id.to_string())]).to_string();
        view! { <a class="button" data-kind="plain" href=href>{words.say(keys::PEOPLE_INVITE)}</a> }
    });
    let list = if people.is_empty() {
        view! { <p class="small muted">{words.say(keys::ACCOUNT_NO_PEOPLE)}</p> }.into_any()
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
        view! { <ul class="plainlist">{items}</ul> }.into_any()
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

fn domain_lines(domains: &[WorkDomain]) -> String {
    domains.iter().map(WorkDomain::as_str).collect::<Vec<_>>().join("\n")
}

fn filled(account: &AccountDetails) -> FormState {
    let fields = &account.fields;
    FormState::filled([
        ("name", fields.name.as_str().to_owned()),
        ("country", fields.country.to_string()),
        ("industry", fields.industry.clone().unwrap_or_default()),
        ("kind", fields.recipient_kind.as_str().to_owned()),
        ("status", fields.status.as_str().to_owned()),
        ("since", fields.customer_since.map(|date| date.to_string()).unwrap_or_default()),
        ("gifts", fields.gift_policy.as_str().to_owned()),
        ("domains", domain_lines(&account.domains)),
        ("manager", account.manager.map(|id| id.to_string()).unwrap_or_default()),
        ("version", account.version.to_string()),
    ])
}

fn choices<T: Copy>(
    all: &[T],
    code: fn(T) -> &'static str,
    key: fn(T) -> Key,
    visitor: &Visitor,
) -> Vec<Choice> {
    all.iter()
        .map(|one| Choice { value: code(*one).to_owned(), label: visitor.words.say(key(*one)).into_owned() })
        .collect()
}

fn account_form(
    action: &paths::Path,
    submit: Key,
    form: &FormState,
    theirs: Option<&AccountDetails>,
    managers: Vec<Colleague>,
    visitor: &Visitor,
) -> AnyView {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let field = |name, key| Field {
        name,
        label: words.say(key).into_owned(),
        autocomplete: "off",
        ..Field::default()
    };
    let name = Field { maxlength: 160, full: true, ..field("name", keys::ACCOUNT_NAME) };
    let country = Field {
        maxlength: 2,
        help: Some(words.say(keys::ACCOUNT_COUNTRY_HELP).into_owned()),
        ..field("country", keys::ACCOUNT_COUNTRY)
    };
    let industry = Field { maxlength: 100, optional: true, ..field("industry", keys::ACCOUNT_INDUSTRY) };
    let kind = Field {
        help: Some(words.say(keys::ACCOUNT_KIND_HELP).into_owned()),
        ..field("kind", keys::ACCOUNT_KIND)
    };
    let status = field("status", keys::ACCOUNT_STATUS);
    let since = Field { kind: "date", optional: true, ..field("since", keys::ACCOUNT_SINCE) };
    let gifts = field("gifts", keys::ACCOUNT_GIFTS);
    let domains = Field {
        optional: true,
        full: true,
        help: Some(words.say(keys::ACCOUNT_DOMAINS_HELP).into_owned()),
        ..field("domains", keys::ACCOUNT_DOMAINS)
    };
    let manager = Field { optional: true, ..field("manager", keys::ACCOUNT_MANAGER) };
    let nobody = words.say(keys::ACCOUNT_NO_MANAGER).into_owned();
    let theirs = theirs.map(|account| {
        let fields = &account.fields;
        let manager = managers.iter().find(|one| Some(one.id) == account.manager);
        let saved = vec![
            (keys::ACCOUNT_NAME, fields.name.as_str().to_owned()),
            (keys::ACCOUNT_COUNTRY, fields.country.to_string()),
            (keys::ACCOUNT_INDUSTRY, fields.industry.clone().unwrap_or_default()),
            (keys::ACCOUNT_KIND, words.say(kind_key(fields.recipient_kind)).into_owned()),
            (keys::ACCOUNT_STATUS, words.say(status_key(fields.status)).into_owned()),
            (keys::ACCOUNT_SINCE, fields.customer_since.map(|date| date.to_string()).unwrap_or_default()),
            (keys::ACCOUNT_GIFTS, words.say(gifts_key(fields.gift_policy)).into_owned()),
            (keys::ACCOUNT_DOMAINS, domain_lines(&account.domains).replace('\n', ", ")),
            (keys::ACCOUNT_MANAGER, manager.map_or_else(|| nobody.clone(), |one| one.name.clone())),
        ];
        saved_meanwhile(saved, visitor)
    });
    let manager_choices = std::iter::once(Choice { value: String::new(), label: nobody.clone() })
        .chain(managers.iter().map(|one| Choice { value: one.id.to_string(), label: one.name.clone() }))
        .collect();
    let kinds = choices(RecipientKind::ALL, RecipientKind::as_str, kind_key, visitor);
    let statuses = choices(AccountStatus::ALL, AccountStatus::as_str, status_key, visitor);
    let policies = choices(GiftPolicy::ALL, GiftPolicy::as_str, gifts_key, visitor);
    view! {
        <section class="panel" aria-labelledby="details">
            <header><h2 id="details">{words.say(keys::PERSON_DETAILS)}</h2></header>
            <form class="form body" method="post" action=action.to_string() novalidate=true>
                {error_summary(form, words)}
                {theirs}
                <input type="hidden" name="version" value=form.value("version").to_owned()/>
                <div class="fields">
                    {text_field(&name, form, words, assets)}
                    {text_field(&country, form, words, assets)}
                    {text_field(&industry, form, words, assets)}
                    {select_field(&kind, kinds, form, words, assets)}
                    {select_field(&status, statuses, form, words, assets)}
                    {text_field(&since, form, words, assets)}
                    {select_field(&gifts, policies, form, words, assets)}
                    {select_field(&manager, manager_choices, form, words, assets)}
                    {text_area(&domains, form, words, assets)}
                </div>
                <div class="cluster"><button class="button" type="submit">{words.say(submit)}</button></div>
            </form>
        </section>
    }
    .into_any()
}
