//! What an advocate's company and the host have given each other, and the advocate's word on each introduction.

use axum::extract::Query;
use domain::rewards::IntroductionFit;
use leptos::prelude::*;
use services::rewards::{IntroductionLine, StoredIntroduction, own_reciprocity};
use words::keys;

use super::{figures, list, row, work::is_answered_next};
use crate::{
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{
        PageError, PageResult,
        rewards::parts::{self, LineField},
    },
    paths,
    shell::{Head, Nav, page},
    ui::{error_summary, icon},
    visitor::{SignedIn, Visitor},
};

/// `GET /rewards/given-and-received`
///
/// # Errors
/// When the memory fails, or for somebody who can't refer.
pub async fn show(Query(kept): Query<Kept>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    let referrer = person.actor.referrer().ok_or(PageError::NotAllowed)?;
    let own = own_reciprocity(&visitor.app.ctx, &referrer).await?.ok_or(PageError::NotFound)?;
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_default();
    let words = visitor.words;
    let days = own.objection_days;
    let open = own
        .open
        .iter()
        .map(|line| {
            let asked = line.stored.as_ref().filter(|stored| is_answered_next(stored));
            let acts = asked.map(|stored| answer_forms(line, stored, &form, &visitor));
            row(line, days, acts, &visitor)
        })
        .collect();
    let made = own.made.iter().map(|line| row(line, days, None, &visitor)).collect();
    let host = visitor.app.ctx.host.name.clone();
    let lede = words
        .with(keys::RECIPROCITY_LEDE, [("host", host.into()), ("account", own.figures.name.as_str().into())]);
    let view = view! {
        <header class="page-head">
            <p class="crumb"><a href=paths::REWARDS.to_string()>{words.say(keys::REWARDS_TITLE)}</a></p>
            <h1>{words.say(keys::RECIPROCITY_TITLE)}</h1>
            <p class="lede">{lede}</p>
        </header>
        {error_summary(&form, words)}
        <div class="split">
            <div class="stack">
                {list("open", keys::RECIPROCITY_LIST_OPEN, keys::RECIPROCITY_OPEN_EMPTY, open, &visitor)}
                {list("made", keys::RECIPROCITY_LIST_MADE, keys::RECIPROCITY_MADE_EMPTY, made, &visitor)}
            </div>
            <aside class="stack" aria-label=words.say(keys::RECIPROCITY_FIGURES)>
                {figures(&own.figures, &visitor)}
            </aside>
        </div>
    };
    Ok(page(&visitor, Head::new(words.say(keys::RECIPROCITY_TITLE)).in_nav(Nav::Rewards), view))
}

/// Whether it took place: yes with how good it was, or no with why.
fn answer_forms(
    line: &IntroductionLine,
    stored: &StoredIntroduction,
    form: &FormState,
    visitor: &Visitor,
) -> Markup {
    let words = visitor.words;
    let reward = line.reward;
    let action = paths::introduction_answer(reward).to_string();
    let note = LineField {
        name: "note",
        reward,
        optional: true,
        label: words.say(keys::INTRODUCTION_NOTE).into_owned(),
        help: None,
        kind: "textarea",
        value: String::new(),
    };
    let reason = LineField {
        name: "reason",
        reward,
        optional: false,
        label: words.say(keys::INTRODUCTION_REASON).into_owned(),
        help: None,
        kind: "textarea",
        value: String::new(),
    };
    let given = |name| parts::typed_for(form, reward, name);
    let yes = given("answer") == Some("yes");
    let no = given("answer") == Some("no");
    view! {
        <details class="fold" open=yes>
            <summary>{words.say(keys::INTRODUCTION_YES_FOLD)}</summary>
            <form class="stack-tight" method="post" action=action.clone()>
                {parts::hidden(reward, stored.version, "answer")}
                <input type="hidden" name="answer" value="yes"/>
                {fit_field(line, form, visitor)}
                {parts::line_field(note, form, visitor)}
                <button class="button" type="submit">{words.say(keys::INTRODUCTION_YES)}</button>
            </form>
        </details>
        <details class="fold" open=no>
            <summary>{words.say(keys::INTRODUCTION_NO_FOLD)}</summary>
            <form class="stack-tight" method="post" action=action>
                {parts::hidden(reward, stored.version, "answer")}
                <input type="hidden" name="answer" value="no"/>
                {parts::line_field(reason, form, visitor)}
                <button class="button" data-kind="plain" type="submit">{words.say(keys::INTRODUCTION_NO)}</button>
            </form>
        </details>
    }
    .into_markup()
}

/// From five stars to one, each with its sentence; nothing is chosen for the advocate.
fn fit_field(line: &IntroductionLine, form: &FormState, visitor: &Visitor) -> Markup {
    let words = visitor.words;
    let id = parts::field_id("fit", line.reward);
    let error = form.error(&id, words);
    let invalid = error.is_some().then_some("true");
    let described = error.is_some().then(|| format!("{id}-error"));
    let chosen = parts::typed_for(form, line.reward, "fit").unwrap_or_default().to_owned();
    let options = IntroductionFit::ALL
        .iter()
        .rev()
        .map(|fit| {
            let sentence = words.code("introduction-fit", fit.as_str());
            let stars = words.with(keys::INTRODUCTION_STARS, [("n", i64::from(fit.stars()).into())]);
            let selected = chosen == fit.as_str();
            view! { <option value=fit.as_str() selected=selected>{stars} ": " {sentence}</option> }
        })
        .collect_view();
    let error = error.map(|error| {
        view! {
            <p class="error" id=format!("{id}-error")>
                {icon(&visitor.app.assets, "alert")}<span>{error}</span>
            </p>
        }
    });
    view! {
        <div class="field">
            <label for=id.clone()>{words.say(keys::INTRODUCTION_FIT)}</label>
            <select id=id name="fit" required aria-invalid=invalid aria-describedby=described>
                <option value="">{words.say(keys::INTRODUCTION_FIT_CHOOSE)}</option>
                {options}
            </select>
            {error}
        </div>
    }
    .into_markup()
}
