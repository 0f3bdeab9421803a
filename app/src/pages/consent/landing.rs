//! The landing page: who recommends, what everybody gets, what happens next, and the contact's own form.

use axum::extract::{Path as UrlPath, Query};
use domain::{
    ids::TouchId,
    text::{LinkCode, SpeakableCode},
    touches::CodeKind,
};
use leptos::prelude::*;
use serde::Deserialize;
use services::{
    consent::{Advertised, WORDING_VERSION, advertised, advertised_in, carried, wording},
    referrals::settings,
    touches::{Counts, Target, counts, remembered as remembered_touch},
};
use uuid::Uuid;
use words::{Words, keys};

use super::{
    answers, benefits,
    fields::{contact_fields, steps_field},
    pass_on, remembered,
};
use crate::{
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult, touches::unknown},
    paths,
    shell::{Head, initials, page},
    state::Assets,
    ui::{Party, error_summary, icon, note, party},
    visitor::Visitor,
};

/// The query of a landing page.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Arrival {
    c: Option<Uuid>,
}

/// Where a landing page's code leads: a link's code, or one that was typed.
pub(crate) async fn target(visitor: &Visitor, code: &str) -> Result<Option<Target>, PageError> {
    let touches = visitor.app.ctx.store.touches();
    if SpeakableCode::parse(code).is_ok_and(|spoken| spoken.as_str() == code) {
        return Ok(touches.target(code, CodeKind::Spoken).await?);
    }
    match LinkCode::parse(code) {
        Ok(code) => Ok(touches.target(code.as_str(), CodeKind::Link).await?),
        Err(_) => Ok(None),
    }
}

/// Which of the two ways led here.
enum Way<'a> {
    Own { code: &'a str, touch: Option<TouchId> },
    Carried { token: &'a str, company: String },
}

/// `GET /l/{code}`
///
/// # Errors
/// When the memory fails.
pub async fn own(
    UrlPath(code): UrlPath<String>,
    Query(arrival): Query<Arrival>,
    Query(kept): Query<Kept>,
    visitor: Visitor,
) -> PageResult {
    let Some(target) = target(&visitor, &code).await? else { return unknown::show(None, visitor).await };
    let Some(shown) = advertised(&visitor.app.ctx, target.member, target.program).await? else {
        return unknown::show(None, visitor).await;
    };
    let form = FormState::kept(&kept, &visitor).await?;
    let arrived = arrival.c.map(TouchId::from);
    let ctx = &visitor.app.ctx;
    let (touch, another) = match counts(ctx, &target, arrived, visitor.remembered).await? {
        Counts::Here(touch) => (touch, None),
        Counts::Remembered(other, touch) => {
            (arrived, Some(remembered::another_counts(&visitor, &target.code, &other.code, touch)))
        }
    };
    let kept_here = match visitor.remembered {
        Some(touch) => remembered_touch(ctx, touch).await?.is_some_and(|kept| kept.member == target.member),
        None => false,
    };
    let beside = Beside {
        another,
        remember: Some(remembered::offer(&visitor, &target.code, touch, kept_here)),
        hand_on: ctx.url(paths::link(&target.code).as_str()),
    };
    let way = Way::Own { code: &target.code, touch };
    show(&visitor, &shown, &way, form, beside)
}

/// What stands around the form.
struct Beside {
    /// In place of the form, where another recommendation counts.
    another: Option<Markup>,
    /// Remembering this one.
    remember: Option<Markup>,
    /// The link to hand on to a colleague.
    hand_on: String,
}

/// `GET /i/{token}`
///
/// # Errors
/// When the memory fails.
pub async fn carried_link(
    UrlPath(token): UrlPath<String>,
    Query(kept): Query<Kept>,
    visitor: Visitor,
) -> PageResult {
    let ctx = &visitor.app.ctx;
    let Some(stored) = carried(ctx, &token).await? else { return Ok(answers::gone(&visitor)) };
    let Some(shown) = advertised_in(ctx, &stored).await? else { return Ok(answers::gone(&visitor)) };
    let form = FormState::kept(&kept, &visitor).await?;
    let way = Way::Carried { token: &token, company: stored.facts.company.as_str().to_owned() };
    let beside = Beside { another: None, remember: None, hand_on: ctx.url(paths::carried(&token).as_str()) };
    show(&visitor, &shown, &way, form, beside)
}

fn show(
    visitor: &Visitor,
    shown: &Advertised,
    way: &Way<'_>,
    form: Option<FormState>,
    beside: Beside,
) -> PageResult {
    let words = visitor.words;
    let ctx = &visitor.app.ctx;
    let assets = &visitor.app.assets;
    let host = ctx.host.name.clone();
    let headline = shown.program.headline.to(words.language()).to_owned();
    let pitch = shown.program.pitch.to(words.language()).to_owned();
    let view = view! {
        <div class="split">
            <div class="stack">
                <div>
                    {recommender(shown, &host, words, assets)}
                    <h1>{headline.clone()}</h1>
                </div>
                {(!pitch.trim().is_empty()).then(|| view! { <p>{pitch.clone()}</p> })}
                {benefits::both_sides(shown, &host, words, visitor.formats(), assets)}
                {beside.another.unwrap_or_else(|| form_panel(visitor, shown, way, form))}
            </div>
            <aside class="stack sticky" aria-label=words.say(keys::CONSENT_NEXT)>
                {next_steps(shown, visitor)}
                {source(shown, way, words, assets)}
                {pass_on::pass_on(visitor, shown, beside.hand_on)}
                {beside.remember}
            </aside>
        </div>
    };
    let mut head = Head::new(headline.clone());
    // A person's name does not belong into a search engine, and what one referral is about never.
    if matches!(way, Way::Own { .. }) && shown.name.is_none() {
        head = head.indexed(if pitch.trim().is_empty() { headline } else { pitch });
    }
    Ok(page(visitor, head, view))
}

fn recommender(shown: &Advertised, host: &str, words: Words, assets: &Assets) -> Markup {
    let (line, mark) = match &shown.name {
        Some(name) => (
            words.with(keys::CONSENT_RECOMMENDED_BY, [("name", name.as_str().into())]),
            Some(view! {
                <span class="initials" data-party="advocate" aria-hidden="true">{initials(name)}</span>
            }),
        ),
        None => (words.with(keys::CONSENT_RECOMMENDED, [("host", host.into())]), None),
    };
    view! {
        <div class="recommender">
            {mark}
            <div>
                {party(assets, Party::Advocate, line)}
                {shown.company.clone().map(|company| view! { <p class="small muted">{company}</p> })}
            </div>
        </div>
    }
    .into_markup()
}

fn form_panel(visitor: &Visitor, shown: &Advertised, way: &Way<'_>, form: Option<FormState>) -> Markup {
    let words = visitor.words;
    let assets = &visitor.app.assets;
    let ctx = &visitor.app.ctx;
    // What was submitted while the programme was open stays valid.
    if !shown.program.open && matches!(way, Way::Own { .. }) {
        return view! {
            <p class="notice" role="status">{icon(assets, "pause")}<span>{words.say(keys::CONSENT_CLOSED)}</span></p>
        }
        .into_markup();
    }
    let form = form.unwrap_or_else(|| {
        // Made with the form: the second press of the button is the same referral.
        let key: Uuid = ctx.new_id();
        FormState::filled([
            ("key", ctx.secret.token("form-key", &key.to_string())),
            ("language", words.language().as_str().to_owned()),
        ])
    });
    let (action, refuse, refuse_text, touch) = match way {
        Way::Own { code, touch } => (
            paths::landing(code, *touch),
            paths::landing_refuse(code),
            words.say(keys::CONSENT_REFUSE_OWN).into_owned(),
            touch.map(|touch| touch.to_string()),
        ),
        Way::Carried { token, .. } => {
            let name = benefits::advocate_name(shown, words);
            (
                paths::carried(token),
                paths::carried_refuse(token),
                words.with(keys::CONSENT_REFUSE_CARRIED, [("name", name.into())]),
                None,
            )
        }
    };
    let error = form.error("consent", words);
    let invalid = error.is_some().then_some("true");
    let described = if error.is_some() { "consent-error consent-version" } else { "consent-version" };
    let version = i64::from(WORDING_VERSION);
    view! {
        <section class="panel" aria-labelledby="ask">
            <header><h2 id="ask">{words.say(keys::CONSENT_FORM_TITLE)}</h2></header>
            <div class="body">
                <form class="form" method="post" action=action.to_string() novalidate=true>
                    {error_summary(&form, words)}
                    <input type="hidden" name="key" value=form.value("key").to_owned()/>
                    {touch.map(|touch| view! { <input type="hidden" name="touch" value=touch/> })}
                    {contact_fields(&form, true, matches!(way, Way::Own { .. }), words, assets)}
                    {steps_field(&form, shown, words, assets)}
                    <div class="field">
                        <div class="consent check">
                            <input type="checkbox" id="consent" name="consent" value="yes" required=true
                                checked=form.ticked("consent") aria-invalid=invalid aria-describedby=described/>
                            <label for="consent">
                                {wording(ctx, shown, words)}
                                <span class="help" id="consent-version">
                                    {words.with(keys::CONSENT_WORDING_VERSION, [("version", version.into())])}
                                </span>
                            </label>
                        </div>
                        {error.map(|error| view! {
                            <p class="error" id="consent-error">{icon(assets, "alert")}<span>{error}</span></p>
                        })}
                    </div>
                    <div class="cluster">
                        <button class="button" data-size="large" type="submit">{words.say(keys::CONSENT_SUBMIT)}</button>
                    </div>
                </form>
                <form class="refuse" method="post" action=refuse.to_string()>
                    <p>{refuse_text}</p>
                    <div class="cluster">
                        <button class="button" data-kind="plain" data-size="large" type="submit">
                            {words.say(keys::CONSENT_REFUSE)}
                        </button>
                    </div>
                </form>
            </div>
        </section>
    }
    .into_markup()
}

/// Days until what nobody confirmed is deleted.
pub(crate) fn days(visitor: &Visitor) -> i64 {
    settings(&visitor.app.ctx).0.consent_days.get().into()
}

fn next_steps(shown: &Advertised, visitor: &Visitor) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let host = visitor.app.ctx.host.name.as_str();
    let name = benefits::advocate_name(shown, words);
    let step = |who, title: String, text: String| {
        view! { <li>{note(assets, who)}<strong>{title}</strong><p>{text}</p></li> }
    };
    let hours = settings(&visitor.app.ctx).1.first_contact.num_hours();
    view! {
        <section class="panel" aria-labelledby="next">
            <header><h2 id="next">{words.say(keys::CONSENT_NEXT)}</h2></header>
            <div class="body">
                <ol class="stem">
                    {step(
                        Party::Customer,
                        words.say(keys::CONSENT_NEXT_CONFIRM).into_owned(),
                        words.with(keys::CONSENT_NEXT_CONFIRM_TEXT, [("days", days(visitor).into())]),
                    )}
                    {step(
                        Party::Company,
                        words.with(keys::CONSENT_NEXT_CONTACT, [("host", host.into())]),
                        words.with(keys::CONSENT_NEXT_CONTACT_TEXT, [("hours", hours.into())]),
                    )}
                    {step(
                        Party::Customer,
                        words.say(keys::CONSENT_NEXT_DECIDE).into_owned(),
                        words.say(keys::CONSENT_NEXT_DECIDE_TEXT).into_owned(),
                    )}
                    {step(
                        Party::Advocate,
                        words.say(keys::CONSENT_NEXT_TOLD).into_owned(),
                        words.with(keys::CONSENT_NEXT_TOLD_TEXT, [("name", name.into())]),
                    )}
                </ol>
            </div>
        </section>
    }
    .into_markup()
}

fn source(shown: &Advertised, way: &Way<'_>, words: Words, assets: &Assets) -> Markup {
    let name = benefits::advocate_name(shown, words);
    let text = match way {
        Way::Own { .. } => words.with(keys::CONSENT_SOURCE_OWN, [("name", name.into())]),
        Way::Carried { company, .. } if shown.name.is_some() => words.with(
            keys::CONSENT_SOURCE_CARRIED,
            [("name", name.into()), ("company", company.as_str().into())],
        ),
        Way::Carried { company, .. } => {
            words.with(keys::CONSENT_SOURCE_UNNAMED, [("company", company.as_str().into())])
        }
    };
    view! {
        <section class="notice" aria-labelledby="source">
            {icon(assets, "shield")}
            <div class="stack-tight">
                <h2 id="source" class="small">{words.say(keys::CONSENT_SOURCE)}</h2>
                <p>{text}</p>
                <p>{words.say(keys::CONSENT_SOURCE_RIGHTS)}</p>
            </div>
        </section>
    }
    .into_markup()
}
