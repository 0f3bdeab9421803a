//! What whoever is in charge does for an introduction, on the page of deliveries.

use domain::rewards::IntroductionState;
use leptos::prelude::*;
use services::rewards::{RewardLine, StoredIntroduction};
use words::keys;

use super::{said, standing, whom};
use crate::{
    forms::FormState,
    markup::{IntoMarkup, Markup},
    pages::rewards::{
        deliveries::day,
        parts::{self, LineField},
    },
    paths,
    visitor::Visitor,
};

/// Whether it is the advocate's turn.
pub(in crate::pages::rewards) fn is_answered_next(stored: &StoredIntroduction) -> bool {
    matches!(stored.introduction.state, IntroductionState::Introduced { .. })
}

/// Where the introduction stands, and the forms of what comes next.
pub(in crate::pages::rewards) fn forms(
    visitor: &Visitor,
    line: &RewardLine,
    stored: Option<&StoredIntroduction>,
    objection_days: u16,
    form: &FormState,
) -> Markup {
    let about = stored.map(|stored| {
        view! { <p><strong>{whom(stored, visitor)}</strong></p> }
    });
    let said = stored.and_then(|stored| said(stored, visitor));
    let open = !stored.is_some_and(is_answered_next);
    let made = stored.filter(|_| open).map(|stored| made_form(visitor, line, stored, form));
    let promise = open.then(|| promise_form(visitor, line, stored, form));
    view! {
        {about}
        <p>{standing(stored, objection_days, visitor)}</p>
        {said}
        {made}
        {promise}
    }
    .into_markup()
}

fn promise_form(
    visitor: &Visitor,
    line: &RewardLine,
    stored: Option<&StoredIntroduction>,
    form: &FormState,
) -> Markup {
    let words = visitor.words;
    let field = |name, key, kind, value| LineField {
        name,
        reward: line.id,
        optional: false,
        label: words.say(key).into_owned(),
        help: None,
        kind,
        value,
    };
    let known = stored.map(|stored| &stored.introduction.whom);
    let company = known.map_or_else(String::new, |whom| whom.company.as_str().to_owned());
    let role = known.map_or_else(String::new, |whom| whom.role.as_str().to_owned());
    let now = visitor.app.ctx.now();
    let due = line.delivery.as_ref().map_or(now, |delivery| delivery.due_at.max(now));
    let due = LineField {
        help: Some(words.say(keys::INTRODUCTION_DUE_HELP).into_owned()),
        ..field("due", keys::DELIVERIES_DUE_DAY, "date", day(due, visitor))
    };
    let whom = LineField {
        help: Some(words.say(keys::INTRODUCTION_COMPANY_HELP).into_owned()),
        ..field("whom", keys::INTRODUCTION_COMPANY, "text", company)
    };
    let typed = parts::typed(form, line, "whom").is_some() && form.value("act") == "promise";
    let summary =
        if stored.is_some() { keys::INTRODUCTION_PROMISE_AGAIN } else { keys::INTRODUCTION_PROMISE_FOLD };
    view! {
        <details class="fold" open=typed>
            <summary>{words.say(summary)}</summary>
            <form class="stack-tight" method="post" action=paths::introduction_promise(line.id).to_string()>
                {parts::hidden(line.id, version(stored), "promise")}
                {parts::line_field(whom, form, visitor)}
                {parts::line_field(field("role", keys::INTRODUCTION_ROLE, "text", role), form, visitor)}
                {parts::line_field(due, form, visitor)}
                <button class="button" data-kind="plain" type="submit">
                    {words.say(keys::INTRODUCTION_PROMISE)}
                </button>
            </form>
        </details>
    }
    .into_markup()
}

fn made_form(visitor: &Visitor, line: &RewardLine, stored: &StoredIntroduction, form: &FormState) -> Markup {
    let words = visitor.words;
    let on = LineField {
        name: "on",
        reward: line.id,
        optional: false,
        label: words.say(keys::PROOF_ON).into_owned(),
        help: Some(words.say(keys::INTRODUCTION_ON_HELP).into_owned()),
        kind: "date",
        value: day(visitor.app.ctx.now(), visitor),
    };
    let typed = parts::typed(form, line, "on").is_some() && form.value("act") == "introduce";
    view! {
        <details class="fold" open=typed>
            <summary>{words.say(keys::INTRODUCTION_MADE_FOLD)}</summary>
            <form class="stack-tight" method="post" action=paths::introduction_made(line.id).to_string()>
                {parts::hidden(line.id, version(Some(stored)), "introduce")}
                {parts::line_field(on, form, visitor)}
                <button class="button" type="submit">{words.say(keys::INTRODUCTION_MADE_SAVE)}</button>
            </form>
        </details>
    }
    .into_markup()
}

/// The version of the introduction that the reader of a form saw.
fn version(stored: Option<&StoredIntroduction>) -> i32 {
    stored.map_or(-1, |stored| stored.version)
}
