//! What was taken back after its delivery: all that is to be returned, and the decision about one.

use axum::extract::{Path as Segment, Query};
use domain::{ids::ShortfallId, incentives::Amount, rewards::ShortfallState};
use leptos::prelude::*;
use services::rewards::{StoredShortfall, shortfall, shortfalls};
use words::{Key, keys};

use super::parts;
use crate::{
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    ui::{self, Column, Field, error_summary, icon, list_table, saved_meanwhile, text_area, text_field},
    visitor::{SignedIn, Visitor},
};

/// `GET /work/shortfalls`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who may not decide about rewards.
pub async fn list(SignedIn { visitor, person }: SignedIn) -> PageResult {
    let found = shortfalls(&visitor.app.ctx, &person.actor).await?.ok_or(PageError::NotAllowed)?;
    let words = visitor.words;
    let rows = found.iter().map(|one| row(one, &visitor)).collect();
    let columns = [
        keys::SHORTFALLS_RECEIVER.into(),
        keys::SHORTFALLS_FROM.into(),
        Column::number(keys::SHORTFALLS_REST),
        keys::SHORTFALLS_STATE.into(),
        keys::SHORTFALLS_SINCE.into(),
    ];
    let empty = (keys::SHORTFALLS_EMPTY, keys::SHORTFALLS_EMPTY_HELP);
    let view = view! {
        <header class="page-head">
            <p class="crumb"><a href=paths::WORK_REWARDS.to_string()>{words.say(keys::NAV_ALL_REWARDS)}</a></p>
            <h1>{words.say(keys::SHORTFALLS_TITLE)}</h1>
            <p class="lede">{words.say(keys::SHORTFALLS_LEDE)}</p>
        </header>
        {list_table(keys::SHORTFALLS_TITLE, columns, rows, empty, words)}
    };
    let head = Head::new(words.say(keys::SHORTFALLS_TITLE)).in_nav(Nav::AllRewards).compact();
    Ok(page(&visitor, head, view))
}

fn row(one: &StoredShortfall, visitor: &Visitor) -> Markup {
    let (words, formats) = (visitor.words, visitor.formats());
    let today = visitor.app.ctx.now().with_timezone(&visitor.app.ctx.host.zone).date_naive();
    let late = one.shortfall.until.is_some_and(|until| until < today);
    let state = words.code("shortfall", one.shortfall.state.as_str());
    let until = one.shortfall.until.map(|until| {
        view! {
            <span class="clock" data-state=late.then_some("broken")>
                {icon(&visitor.app.assets, if late { "alert" } else { "clock" })}
                <span>{words.with(keys::SHORTFALLS_UNTIL, [("date", formats.calendar_day(until).into())])}</span>
            </span>
        }
    });
    view! {
        <tr>
            <th scope="row">
                <a href=paths::shortfall(one.shortfall.id).to_string()>{receiver(one, visitor)}</a>
            </th>
            <td>{one.company.clone()}</td>
            <td class="n">{left(one, visitor)}</td>
            <td>{state} " " {until}</td>
            <td>
                <time datetime=one.created_at.to_rfc3339()>{formats.date(one.created_at)}</time>
            </td>
        </tr>
    }
    .into_markup()
}

/// With whom it is.
fn receiver(one: &StoredShortfall, visitor: &Visitor) -> String {
    let person = matches!(one.receiver, domain::rewards::Receiver::Person(_));
    match &one.organisation {
        Some(organisation) => visitor.words.with(
            keys::REWARDS_IN_NAME_OF,
            [("organisation", organisation.as_str().into()), ("account", one.account_name.as_str().into())],
        ),
        None if person => format!("{}, {}", one.advocate_name, one.account_name),
        None => one.account_name.clone(),
    }
}

fn say(amount: Amount, visitor: &Visitor) -> String {
    ui::amount(amount, visitor.words, visitor.formats())
}

/// What is left of it; a dash once nothing is.
fn left(one: &StoredShortfall, visitor: &Visitor) -> String {
    one.shortfall.left().map_or_else(|| "–".to_owned(), |left| say(left, visitor))
}

/// `GET /work/shortfalls/{id}`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who may not decide about rewards, [`PageError::NotFound`] where there is none.
pub async fn show(
    Segment(id): Segment<ShortfallId>,
    Query(kept): Query<Kept>,
    SignedIn { visitor, person }: SignedIn,
) -> PageResult {
    person.actor.approving().ok_or(PageError::NotAllowed)?;
    let (one, own) = shortfall(&visitor.app.ctx, &person.actor, id).await?.ok_or(PageError::NotFound)?;
    let words = visitor.words;
    let form = match FormState::kept(&kept, &visitor).await? {
        Some(form) => form,
        None => FormState::filled([("version", one.version.to_string())]),
    };
    let title = words.with(keys::SHORTFALL_TITLE, [("company", one.company.as_str().into())]);
    let decide = match (one.shortfall.left(), own) {
        (None, _) => {
            // Whoever was slower keeps what they had written.
            let typed = form.is_overtaken().then(|| {
                view! {
                    <p class="small muted">{words.say(keys::REWARD_LEFT_TYPED)}</p>
                    <p class="prose">{form.value("note").to_owned()}</p>
                }
            });
            view! { <p>{words.say(keys::SHORTFALL_SETTLED)}</p>{typed} }.into_markup()
        }
        (Some(_), true) => view! { <p class="muted">{words.say(keys::REWARD_PAGE_OWN)}</p> }.into_markup(),
        (Some(_), false) => decision(&one, &form, &visitor),
    };
    let view = view! {
        <header class="page-head">
            <p class="crumb"><a href=paths::SHORTFALLS.to_string()>{words.say(keys::SHORTFALLS_TITLE)}</a></p>
            <h1>{title.clone()}</h1>
            <p class="lede">{words.say(keys::SHORTFALL_LEDE)}</p>
        </header>
        {error_summary(&form, words)}
        <div class="split">
            <section class="panel" aria-labelledby="decide">
                <header><h2 id="decide">{words.say(keys::SHORTFALL_DECIDE)}</h2></header>
                <div class="body">{decide}</div>
            </section>
            <aside class="stack" aria-label=words.say(keys::REWARD_PAGE_FACTS)>{facts(&one, &visitor)}</aside>
        </div>
    };
    Ok(page(&visitor, Head::new(title).in_nav(Nav::AllRewards).compact(), view))
}

/// How it stands, in words.
fn standing(one: &StoredShortfall, visitor: &Visitor) -> Vec<(Key, String)> {
    let (words, formats) = (visitor.words, visitor.formats());
    let decided = one.decided_at.map(|at| {
        let by = one
            .decided_by
            .clone()
            .map(|name| format!(", {}", words.with(keys::REWARD_PAGE_BY, [("name", name.into())])));
        format!("{}{}", formats.date(at), by.unwrap_or_default())
    });
    let rows = [
        (keys::SHORTFALLS_RECEIVER, Some(receiver(one, visitor))),
        (keys::SHORTFALLS_AMOUNT, Some(say(one.shortfall.amount, visitor))),
        (keys::SHORTFALLS_REST, Some(left(one, visitor))),
        (keys::SHORTFALLS_SINCE, Some(formats.date(one.created_at))),
        (keys::SHORTFALLS_STATE, Some(sentence(one, visitor))),
        (keys::SHORTFALL_DECIDED, decided),
        (keys::SHORTFALL_NOTE, one.note.clone()),
    ];
    rows.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
}

fn facts(one: &StoredShortfall, visitor: &Visitor) -> Markup {
    let words = visitor.words;
    let rows = standing(one, visitor)
        .into_iter()
        .map(|(key, value)| view! { <dt>{words.say(key)}</dt><dd>{value}</dd> })
        .collect_view();
    let reward = paths::work_reward(one.shortfall.reward).to_string();
    view! {
        <section class="panel" aria-labelledby="facts">
            <header><h2 id="facts">{words.say(keys::REWARD_PAGE_FACTS)}</h2></header>
            <div class="body stack-tight">
                <dl class="facts">{rows}</dl>
                <p><a href=reward>{words.say(keys::SHORTFALL_TO_REWARD)}</a></p>
            </div>
        </section>
    }
    .into_markup()
}

/// What is decided about it, with its day or its proof.
fn sentence(one: &StoredShortfall, visitor: &Visitor) -> String {
    let (words, formats) = (visitor.words, visitor.formats());
    let known = &one.shortfall;
    let state = words.code("shortfall", known.state.as_str());
    match (known.until, &known.proof) {
        (Some(until), _) => {
            let until = words.with(keys::SHORTFALLS_UNTIL, [("date", formats.calendar_day(until).into())]);
            format!("{state} {until}")
        }
        (None, Some(proof)) => format!("{state}: {}", parts::proof(proof, visitor)),
        (None, None) => state.into_owned(),
    }
}

/// What its advocate reads about it, below their reward.
pub(super) fn for_advocate(one: &StoredShortfall, visitor: &Visitor) -> Markup {
    let (words, formats) = (visitor.words, visitor.formats());
    let known = &one.shortfall;
    let amount = known.left().unwrap_or(known.amount);
    let until = known.until.map_or_else(String::new, |until| formats.calendar_day(until));
    let text = words.with_code(
        "shortfall-own",
        known.state.as_str(),
        [
            ("amount", say(amount, visitor).into()),
            ("host", visitor.app.ctx.host.name.as_str().into()),
            ("date", until.into()),
        ],
    );
    // All of it came off other rewards.
    let text = match (known.state, known.left()) {
        (ShortfallState::SetOff, None) => {
            words.with(keys::SHORTFALL_OWN_DONE, [("amount", say(known.amount, visitor).into())])
        }
        _ => text,
    };
    view! { <p>{text}</p> }.into_markup()
}

/// What was taken back of a reward, on its page for staff.
pub(super) fn of_reward(found: &[StoredShortfall], visitor: &Visitor) -> Option<Markup> {
    if found.is_empty() {
        return None;
    }
    let words = visitor.words;
    let rows = found
        .iter()
        .map(|one| {
            let text = format!("{}: {}", say(one.shortfall.amount, visitor), sentence(one, visitor));
            view! { <li><a href=paths::shortfall(one.shortfall.id).to_string()>{text}</a></li> }
        })
        .collect_view();
    Some(
        view! {
            <section class="panel" aria-labelledby="shortfalls">
                <header><h2 id="shortfalls">{words.say(keys::SHORTFALLS_OF_REWARD)}</h2></header>
                <div class="body"><ul class="plainlist">{rows}</ul></div>
            </section>
        }
        .into_markup(),
    )
}

/// The ways out, each with what it takes, and the reason.
fn decision(one: &StoredShortfall, form: &FormState, visitor: &Visitor) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let field =
        |name, key, kind| Field { name, label: words.say(key).into_owned(), kind, ..Field::default() };
    let until = text_field(&field("until", keys::SHORTFALL_UNTIL, "date"), form, words, assets);
    let reference = text_field(&field("reference", keys::SHORTFALL_REFERENCE, "text"), form, words, assets);
    let on = text_field(&field("on", keys::PROOF_ON, "date"), form, words, assets);
    let ways = [
        (ShortfallState::SetOff, None),
        (ShortfallState::AskedBack, Some(until)),
        (ShortfallState::Waived, None),
        (ShortfallState::Returned, Some(view! { {reference}{on} }.into_markup())),
    ];
    let ways = ways
        .into_iter()
        .map(|(way, more)| {
            let code = way.as_str();
            let id = format!("decision-{code}");
            let help = words.with_code("shortfall-help", code, [("amount", left(one, visitor).into())]);
            view! {
                <div class="choice">
                    <input type="radio" name="decision" id=id.clone() value=code checked=form.value("decision") == code/>
                    <label for=id>{words.code("shortfall-way", code)}</label>
                    <p class="why">{help}</p>
                    {more.map(|more| view! { <div class="fields">{more}</div> })}
                </div>
            }
        })
        .collect_view();
    let error = form.error("decision", words);
    let described = error.is_some().then_some("decision-error");
    let error = error.map(|error| {
        view! { <p class="error" id="decision-error">{icon(assets, "alert")}<span>{error}</span></p> }
    });
    let note = Field {
        name: "note",
        label: words.say(keys::SHORTFALL_NOTE).into_owned(),
        help: Some(words.with(keys::SHORTFALL_NOTE_HELP, [("advocate", one.advocate_name.as_str().into())])),
        full: true,
        maxlength: 500,
        ..Field::default()
    };
    let theirs = form.is_overtaken().then(|| saved_meanwhile(standing(one, visitor), visitor));
    view! {
        <form class="form" method="post" action=paths::shortfall(one.shortfall.id).to_string() novalidate=true>
            {theirs}
            <input type="hidden" name="version" value=form.value("version").to_owned()/>
            <fieldset class="form-part" id="decision" aria-describedby=described>
                <legend>{words.with(keys::SHORTFALL_WAYS, [("amount", left(one, visitor).into())])}</legend>
                <div class="field">{error}</div>
                <div class="choices">{ways}</div>
            </fieldset>
            {text_area(&note, form, words, assets)}
            <div><button class="button" type="submit">{words.say(keys::SHORTFALL_SAVE)}</button></div>
        </form>
    }
    .into_markup()
}
