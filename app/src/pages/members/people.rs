//! People as staff see them: the list, the invitation, one person.

use axum::extract::{Path, Query};
use domain::{
    consent::{Basis, Channel},
    ids::{AccountId, MemberId},
    members::{Role, RoleSet},
    text::Language,
};
use leptos::prelude::*;
use serde::Deserialize;
use services::members::{self, Colleague, PeopleError, PeopleFilter, PermissionRow, PersonDetails};
use words::{Key, Words, keys};

use crate::{
    forms::{FormState, Kept},
    pages::{PageError, PageResult},
    paths::{self, PersonAct},
    shell::{Head, Nav, page},
    ui::{Choice, Field, error_summary, icon, select_field, text_field, tick_box},
    visitor::{SignedIn, Visitor},
};

/// Lines of a page.
const LINES: u64 = 50;

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

fn channel_key(channel: Channel) -> Key {
    match channel {
        Channel::Mail => keys::CHANNEL_MAIL,
        Channel::Phone => keys::CHANNEL_PHONE,
        Channel::Post => keys::CHANNEL_POST,
    }
}

fn basis_key(basis: Basis) -> Key {
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

/// The query of the list.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ListQuery {
    #[serde(default)]
    q: String,
    #[serde(default)]
    role: String,
    after: Option<String>,
}

/// `GET /manage/people`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who may not see people.
pub async fn list(
    SignedIn { visitor, person }: SignedIn,
    Query(ListQuery { q, role, after }): Query<ListQuery>,
) -> PageResult {
    let words = visitor.words;
    let role = Role::parse(&role);
    let paged = after.is_some();
    let filter = PeopleFilter { search: q.clone(), role, account: None, after };
    let mut lines = members::people(&visitor.app.ctx, &person.actor, &filter, LINES + 1)
        .await?
        .ok_or(PageError::NotAllowed)?;
    let here = paths::PEOPLE.with_query([("q", &q), ("role", role.map_or("", Role::as_str))]);
    let more = u64::try_from(lines.len()).is_ok_and(|count| count > LINES);
    lines.truncate(usize::try_from(LINES).unwrap_or(usize::MAX));
    let next = lines.last().filter(|_| more).map(|last| here.with_query([("after", &last.cursor())]));
    let empty = lines.is_empty();
    let rows = lines
        .into_iter()
        .map(|line| {
            let state = match (line.active, line.joined_at) {
                (false, _) => keys::PEOPLE_INACTIVE,
                (true, None) => keys::PEOPLE_INVITED,
                (true, Some(_)) => keys::PEOPLE_ACTIVE,
            };
            let company = match line.account {
                Some((id, name)) => view! { <a href=paths::account(id).to_string()>{name}</a> }.into_any(),
                None => view! { <span class="muted">{words.say(keys::PEOPLE_STAFF)}</span> }.into_any(),
            };
            view! {
                <tr>
                    <th scope="row"><a href=paths::person(line.id).to_string()>{line.name}</a></th>
                    <td>{company}</td>
                    <td>{role_names(line.roles, words)}</td>
                    <td>{words.say(state)}</td>
                    <td>{line.email}</td>
                </tr>
            }
        })
        .collect_view();
    let invite = person.actor.inviting().map(|_| {
        view! { <a class="button" href=paths::INVITE.to_string()>{words.say(keys::PEOPLE_INVITE)}</a> }
    });
    let view = view! {
        <header class="page-head">
            <div class="spread"><h1>{words.say(keys::NAV_PEOPLE)}</h1><div class="cluster">{invite}</div></div>
            <p class="lede">{words.say(keys::PEOPLE_LEDE)}</p>
        </header>
        <form class="filters" method="get" action=paths::PEOPLE.to_string() role="search">
            <div class="field">
                <label for="q">{words.say(keys::PEOPLE_SEARCH)}</label>
                <input id="q" name="q" type="search" maxlength="100" value=q/>
            </div>
            <div class="field">
                <label for="role">{words.say(keys::PEOPLE_ROLE)}</label>
                <select id="role" name="role">
                    <option value="">{words.say(keys::PEOPLE_ANY_ROLE)}</option>
                    {Role::ALL
                        .iter()
                        .map(|one| {
                            let selected = Some(*one) == role;
                            view! {
                                <option value=one.as_str() selected=selected>{words.say(role_key(*one))}</option>
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
                    <p><strong>{words.say(keys::PEOPLE_EMPTY)}</strong></p>
                    <p class="muted">{words.say(keys::PEOPLE_EMPTY_HELP)}</p>
                </div></div>
            }
            .into_any()
        } else {
            view! {
                <section class="panel">
                    <div class="scroll" tabindex="0" role="region" aria-label=words.say(keys::NAV_PEOPLE)>
                        <table class="table">
                            <thead><tr>
                                <th scope="col">{words.say(keys::PEOPLE_NAME)}</th>
                                <th scope="col">{words.say(keys::PEOPLE_COMPANY)}</th>
                                <th scope="col">{words.say(keys::PEOPLE_ROLES)}</th>
                                <th scope="col">{words.say(keys::PEOPLE_STATE)}</th>
                                <th scope="col">{words.say(keys::PEOPLE_EMAIL)}</th>
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
    Ok(page(&visitor, Head::new(words.say(keys::NAV_PEOPLE)).in_nav(Nav::People).compact(), view))
}

/// The way through a long list.
pub fn pager(here: &paths::Path, next: Option<paths::Path>, paged: bool, words: Words) -> AnyView {
    view! {
        <p class="cluster">
            {paged.then(|| view! {
                <a class="button" data-kind="plain" href=here.to_string()>{words.say(keys::PEOPLE_FIRST)}</a>
            })}
            {next.map(|next| view! {
                <a class="button" data-kind="plain" rel="next" href=next.to_string()>{words.say(keys::PEOPLE_NEXT)}</a>
            })}
        </p>
    }
    .into_any()
}

fn language_choices(words: Words) -> Vec<Choice> {
    vec![
        Choice { value: "de".to_owned(), label: words.say(keys::LEGAL_GERMAN).into_owned() },
        Choice { value: "en".to_owned(), label: words.say(keys::LEGAL_ENGLISH).into_owned() },
    ]
}

fn role_boxes(form: &FormState, visitor: &Visitor, offered: &[Role]) -> AnyView {
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
    .into_any()
}

/// The query of an invitation that was begun on a company's page.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct InviteQuery {
    account: Option<AccountId>,
}

/// `GET /manage/people/invite`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who invite nobody.
pub async fn invite(
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
        view! { <input type="hidden" name="role-advocate" value="yes"/> }.into_any()
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

/// `GET /manage/people/{id}`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who may not see people, [`PageError::NotFound`] when there is none.
pub async fn person(
    SignedIn { visitor, person: me }: SignedIn,
    Path(id): Path<MemberId>,
    Query(kept): Query<Kept>,
) -> PageResult {
    let ctx = &visitor.app.ctx;
    if !me.actor.sees_people() {
        return Err(PageError::NotAllowed);
    }
    let person = members::person(ctx, &me.actor, id).await?.ok_or(PageError::NotFound)?;
    let permissions = ctx.store.permissions().of(id).await?;
    let agreed = ctx.store.legal().agreed(id).await?;
    let form = FormState::kept(&kept, &visitor).await?;
    let words = visitor.words;
    let administers = me.actor.administering().is_some();
    let inviting = me.actor.inviting();
    let letter = match inviting {
        Some(inviting) => members::invitation(ctx, inviting, me.actor.administering(), id)
            .await
            .map_err(failed)?
            .map(|_| ()),
        None => None,
    };
    let deputies = if administers && person.account.is_none() {
        ctx.store.members().with_role(Role::AccountManager).await?
    } else {
        Vec::new()
    };
    let formats = visitor.formats();
    let joined = match person.joined_at {
        Some(at) => words.with(keys::PERSON_JOINED, [("date", formats.date(at).into())]),
        None => words.say(keys::PERSON_NOT_JOINED).into_owned(),
    };
    let company = person.account.clone().map(|(account, name)| {
        view! { <a href=paths::account(account).to_string()>{name}</a> " · " }
    });
    let terms = agreed.first().map(|(version, at)| {
        let values = [("version", i64::from(*version).into()), ("date", formats.date(*at).into())];
        view! { <p class="small muted">{words.with(keys::PERSON_TERMS, values)}</p> }
    });
    let may_print = inviting.is_some() && person.active && person.joined_at.is_none();
    let letters = may_print.then(|| {
        view! {
            <section class="panel">
                <header><h2>{words.say(keys::LETTER_TITLE)}</h2></header>
                <div class="body">
                    <p class="small muted">{words.say(keys::PERSON_LETTER_HELP)}</p>
                    <div class="cluster">
                        {letter.map(|()| view! {
                            <a class="button" href=PersonAct::Letter.of(id).to_string()>
                                {words.say(keys::PERSON_LETTER)}
                            </a>
                        })}
                        <form method="post" action=PersonAct::Letter.of(id).to_string()>
                            <button class="button" data-kind="plain" type="submit">
                                {words.say(keys::PERSON_LETTER_NEW)}
                            </button>
                        </form>
                    </div>
                </div>
            </section>
        }
    });
    let edits = administers.then(|| {
        let state = |of: &str| {
            form.clone().filter(|form| form.value("form") == of).unwrap_or_else(|| filled(&person))
        };
        view! {
            {details_form(&person, &state("change"), deputies, &visitor)}
            {roles_form(&person, &state("roles"), &visitor)}
            {access_form(&person, &state("access"), &visitor)}
        }
    });
    let view = view! {
        <p class="crumb"><a href=paths::PEOPLE.to_string()>{words.say(keys::PERSON_BACK)}</a></p>
        <header class="page-head">
            <h1>{person.name.as_str().to_owned()}</h1>
            <p class="lede">{company}{role_names(person.roles, words)}</p>
            <p class="small muted">{person.email.as_str().to_owned()} " · " {joined}</p>
            {terms}
        </header>
        <div class="stack">
            {letters}
            {edits}
            {permission_panel(id, &permissions, inviting.is_some(), &visitor)}
        </div>
    };
    Ok(page(&visitor, Head::new(person.name.as_str()).in_nav(Nav::People).compact(), view))
}

fn filled(person: &PersonDetails) -> FormState {
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
fn theirs(form: &FormState, visitor: &Visitor, saved: Vec<(Key, String)>) -> Option<AnyView> {
    form.ticked("theirs").then(|| saved_meanwhile(saved, visitor))
}

/// What somebody else has saved meanwhile, to stand beside what was typed.
pub fn saved_meanwhile(saved: Vec<(Key, String)>, visitor: &Visitor) -> AnyView {
    let words = visitor.words;
    let rows: Vec<AnyView> = saved
        .into_iter()
        .map(|(key, value)| {
            view! { <tr><th scope="row">{words.say(key)}</th><td>{value}</td></tr> }.into_any()
        })
        .collect();
    view! {
        <div class="notice">
            {icon(&visitor.app.assets, "people")}
            <div class="stack-tight">
                <strong>{words.say(keys::CHANGED_THEIRS)}</strong>
                <table class="table"><tbody>{rows}</tbody></table>
                <p>{words.say(keys::CHANGED_THEIRS_HELP)}</p>
            </div>
        </div>
    }
    .into_any()
}

fn language_name(language: Language, words: Words) -> String {
    let key = match language {
        Language::German => keys::LEGAL_GERMAN,
        Language::English => keys::LEGAL_ENGLISH,
    };
    words.say(key).into_owned()
}

fn details_form(
    person: &PersonDetails,
    form: &FormState,
    deputies: Vec<Colleague>,
    visitor: &Visitor,
) -> AnyView {
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
            (keys::PERSON_LANGUAGE, language_name(person.language, words)),
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
    .into_any()
}

fn roles_form(person: &PersonDetails, form: &FormState, visitor: &Visitor) -> AnyView {
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
    .into_any()
}

fn access_form(person: &PersonDetails, form: &FormState, visitor: &Visitor) -> AnyView {
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
    .into_any()
}

fn permission_panel(id: MemberId, rows: &[PermissionRow], edits: bool, visitor: &Visitor) -> AnyView {
    let (words, assets, formats) = (visitor.words, &visitor.app.assets, visitor.formats());
    let list = if rows.is_empty() {
        view! { <p class="small muted">{words.say(keys::PERSON_NO_PERMISSION)}</p> }.into_any()
    } else {
        let rows = rows
            .iter()
            .map(|row| {
                let basis = match row.objected_at {
                    Some(at) => words.with(keys::PERMISSION_OBJECTED, [("date", formats.date(at).into())]),
                    None => words.say(basis_key(row.basis)).into_owned(),
                };
                view! {
                    <tr>
                        <th scope="row">{words.say(channel_key(row.channel))}</th>
                        <td>{basis}</td>
                        <td>{row.source.clone()}</td>
                        <td>{formats.date(row.recorded_at)}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <div class="scroll" tabindex="0" role="region" aria-label=words.say(keys::PERSON_PERMISSIONS)>
                <table class="table">
                    <thead><tr>
                        <th scope="col">{words.say(keys::PERMISSION_CHANNEL)}</th>
                        <th scope="col">{words.say(keys::PERMISSION_BASIS)}</th>
                        <th scope="col">{words.say(keys::PERMISSION_SOURCE)}</th>
                        <th scope="col">{words.say(keys::PERMISSION_WHEN)}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    let form = edits.then(|| {
        let empty = FormState::default();
        let channel = Field {
            name: "channel",
            label: words.say(keys::PERMISSION_CHANNEL).into_owned(),
            ..Field::default()
        };
        let channels = Channel::ALL
            .iter()
            .map(|one| Choice {
                value: one.as_str().to_owned(),
                label: words.say(channel_key(*one)).into_owned(),
            })
            .collect();
        let basis = Field {
            name: "basis",
            label: words.say(keys::PERMISSION_BASIS).into_owned(),
            ..Field::default()
        };
        let bases = Basis::ALL
            .iter()
            .map(|one| Choice {
                value: one.as_str().to_owned(),
                label: words.say(basis_key(*one)).into_owned(),
            })
            .collect();
        let source = Field {
            name: "source",
            label: words.say(keys::PERMISSION_SOURCE).into_owned(),
            help: Some(words.say(keys::PERMISSION_SOURCE_HELP).into_owned()),
            optional: true,
            full: true,
            maxlength: 200,
            ..Field::default()
        };
        view! {
            <form class="form" method="post" action=PersonAct::Permission.of(id).to_string()>
                <div class="fields">
                    {select_field(&channel, channels, &empty, words, assets)}
                    {select_field(&basis, bases, &empty, words, assets)}
                    {text_field(&source, &empty, words, assets)}
                </div>
                <div class="cluster">
                    <button class="button" type="submit" name="act" value="record">
                        {words.say(keys::PERMISSION_SAVE)}
                    </button>
                    <button class="button" data-kind="plain" type="submit" name="act" value="object">
                        {words.say(keys::PERMISSION_OBJECT)}
                    </button>
                </div>
            </form>
        }
    });
    view! {
        <section class="panel" aria-labelledby="permissions">
            <header><h2 id="permissions">{words.say(keys::PERSON_PERMISSIONS)}</h2></header>
            <div class="body">
                <p class="small muted">{words.say(keys::PERSON_PERMISSIONS_HELP)}</p>
                {list}
                {form}
            </div>
        </section>
    }
    .into_any()
}
