//! One person.

use axum::extract::{Path, Query};
use domain::{ids::MemberId, members::Role};
use leptos::prelude::*;
use services::{
    members::{self, PeopleError, Sender},
    referrals::duties,
    tiers,
};
use words::keys;

use super::{
    failed,
    forms::{access_form, details_form, filled, roles_form},
    permissions::{self, permission_panel},
    pin::{self, pin_panel},
    release::{self, release_panel},
    role_names,
};
use crate::{
    forms::{FormState, Kept},
    pages::{PageError, PageResult, tiers::path},
    paths::{self, PersonAct},
    shell::{Head, Nav, page},
    ui::icon,
    visitor::SignedIn,
};

/// `GET /manage/people/{id}`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who may not see people, [`PageError::NotFound`] when there is none.
pub async fn show(
    SignedIn { visitor, person: me }: SignedIn,
    Path(id): Path<MemberId>,
    Query(kept): Query<Kept>,
) -> PageResult {
    let ctx = &visitor.app.ctx;
    if !me.actor.sees_people() {
        return Err(PageError::NotAllowed);
    }
    let person = members::person(ctx, &me.actor, id).await?.ok_or(PageError::NotFound)?;
    let grounds = ctx.store.permissions().of(id).await?;
    let releases = ctx.store.releases().of(id).await?;
    let agreed = ctx.store.legal().agreed(id).await?;
    let moves = tiers::history(ctx, id).await?;
    let named = if moves.is_empty() { Vec::new() } else { tiers::known(ctx).await? };
    let kept_at = tiers::kept_at(ctx, &me.actor, id).await?;
    let form = FormState::kept(&kept, &visitor).await?;
    let words = visitor.words;
    let administers = me.actor.administering().is_some();
    let inviting = me.actor.inviting();
    let sender = Sender::of(&me.actor, duties(ctx, me.actor.member).await?);
    let found = match &sender {
        Some(sender) => members::invitation(ctx, sender, id).await,
        None => Ok(None),
    };
    let objected = matches!(found, Err(PeopleError::Objected));
    let letter = if objected { None } else { found.map_err(failed)?.map(|_| ()) };
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
    let invited = person.active && person.joined_at.is_none();
    let objection = (invited && objected).then(|| {
        view! { <p class="notice">{icon(&visitor.app.assets, "shield")}<span>{words.error("letter_objected")}</span></p> }
    });
    // An account manager hands over what somebody else has made.
    let renews = inviting.is_some() && !objected;
    let letters = (invited && (renews || letter.is_some())).then(|| {
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
                        {renews.then(|| view! {
                            <form method="post" action=PersonAct::Letter.of(id).to_string()>
                                <button class="button" data-kind="plain" type="submit">
                                    {words.say(keys::PERSON_LETTER_NEW)}
                                </button>
                            </form>
                        })}
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
    let own = person.account.as_ref().is_none_or(|(account, _)| me.actor.account == Some(*account));
    let release_form = form.clone().filter(|form| form.value("form") == release::FORM).unwrap_or_default();
    let writes = (inviting.is_some() && !own && me.actor.member != id).then_some(&release_form);
    let pin_form = form.clone().filter(|form| form.value("form") == pin::FORM).unwrap_or_default();
    let pins = me.actor.program_managing().is_some() && !own && me.actor.member != id;
    let ladder = if pins { ctx.store.tiers().all().await? } else { Vec::new() };
    let pinned = pins.then(|| pin_panel(id, &ladder, kept_at.as_ref(), &pin_form, &visitor));
    let ground_form = form.filter(|form| form.value("form") == permissions::FORM).unwrap_or_default();
    let records = inviting.is_some().then_some(&ground_form);
    let released = person.account.is_some().then(|| release_panel(id, &releases, writes, &visitor));
    let view = view! {
        <p class="crumb"><a href=paths::PEOPLE.to_string()>{words.say(keys::PERSON_BACK)}</a></p>
        <header class="page-head">
            <h1>{person.name.as_str().to_owned()}</h1>
            <p class="lede">{company}{role_names(person.roles, words)}</p>
            <p class="small muted">{person.email.as_str().to_owned()} " · " {joined}</p>
            {terms}
        </header>
        <div class="stack">
            {objection}
            {letters}
            {edits}
            {released}
            {path(&visitor, &named, &moves, keys::TIERS_HISTORY_OF, None)}
            {pinned}
            {permission_panel(id, &grounds, records, &visitor)}
        </div>
    };
    Ok(page(&visitor, Head::new(person.name.as_str()).in_nav(Nav::People).compact(), view))
}
