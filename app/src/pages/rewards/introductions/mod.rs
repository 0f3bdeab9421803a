//! Introductions: staff's forms on the deliveries, and the account of what two companies have given each other.

pub mod own;
pub mod staff;
pub(super) mod work;

use domain::rewards::IntroductionState;
use leptos::prelude::*;
use services::rewards::{IntroductionLine, Reciprocity, StoredIntroduction};
use words::keys;

use crate::{
    markup::{IntoMarkup, Markup},
    ui::icon,
    visitor::Visitor,
};

/// Whom the host introduces.
fn whom(stored: &StoredIntroduction, visitor: &Visitor) -> String {
    let whom = &stored.introduction.whom;
    visitor.words.with(
        keys::INTRODUCTION_WHOM,
        [("company", whom.company.as_str().into()), ("role", whom.role.as_str().into())],
    )
}

/// Where it stands, with its date.
fn standing(stored: Option<&StoredIntroduction>, objection_days: u16, visitor: &Visitor) -> String {
    let (words, formats) = (visitor.words, visitor.formats());
    let Some(stored) = stored else { return words.say(keys::INTRODUCTION_OPEN).into_owned() };
    let host = visitor.app.ctx.host.name.as_str();
    match &stored.introduction.state {
        IntroductionState::Promised => words.with(keys::INTRODUCTION_PROMISED, [("host", host.into())]),
        IntroductionState::Introduced { on, .. } => {
            let until = stored.introduction.objection_until(objection_days);
            let until = until.map_or_else(String::new, |until| formats.date(until));
            words.with(
                keys::INTRODUCTION_MADE,
                [("date", formats.calendar_day(*on).into()), ("until", until.into())],
            )
        }
        IntroductionState::Disputed { at, .. } => {
            words.with(keys::INTRODUCTION_DISPUTED, [("date", formats.date(*at).into())])
        }
        IntroductionState::Confirmed { on, answer, .. } => {
            let key = if answer.is_some() { keys::INTRODUCTION_CONFIRMED } else { keys::INTRODUCTION_SILENT };
            words.with(key, [("date", formats.calendar_day(*on).into())])
        }
    }
}

/// What the advocate said: the stars with their sentence and the note, or why they dispute it.
fn said(stored: &StoredIntroduction, visitor: &Visitor) -> Option<Markup> {
    let words = visitor.words;
    match &stored.introduction.state {
        IntroductionState::Disputed { reason, .. } => {
            Some(view! { <p class="prose">{reason.as_str().to_owned()}</p> }.into_markup())
        }
        IntroductionState::Confirmed { answer: Some(answer), .. } => {
            let stars = answer.fit.stars();
            let label = words.with(keys::INTRODUCTION_STARS, [("n", i64::from(stars).into())]);
            let sentence = words.code("introduction-fit", answer.fit.as_str());
            let drawn: String = (1..=5).map(|star| if star <= stars { '★' } else { '☆' }).collect();
            let note =
                answer.note.as_ref().map(|note| view! { <p class="prose">{note.as_str().to_owned()}</p> });
            Some(
                view! {
                    <p>
                        <span role="img" aria-label=label>{drawn}</span>
                        " " {sentence}
                    </p>
                    {note}
                }
                .into_markup(),
            )
        }
        _ => None,
    }
}

/// The figures, each with what it counts.
fn figures(figures: &Reciprocity, visitor: &Visitor) -> Markup {
    let (words, formats) = (visitor.words, visitor.formats());
    let rows = [
        (keys::RECIPROCITY_ACCEPTED, figures.accepted),
        (keys::RECIPROCITY_WON, figures.won),
        (keys::RECIPROCITY_RECEIVED, figures.received),
        (keys::RECIPROCITY_OWED, figures.open),
        (keys::RECIPROCITY_OVERDUE, figures.overdue),
    ]
    .into_iter()
    .map(|(key, count)| view! { <dt>{words.say(key)}</dt><dd>{formats.number(count)}</dd> })
    .collect_view();
    view! {
        <section class="panel" aria-labelledby="figures">
            <header><h2 id="figures">{words.say(keys::RECIPROCITY_FIGURES)}</h2></header>
            <div class="body"><dl class="facts">{rows}</dl></div>
            <footer>{words.say(keys::RECIPROCITY_FORMULA)}</footer>
        </section>
    }
    .into_markup()
}

/// One introduction in the list of an account; `acts` stands below it.
fn row(line: &IntroductionLine, objection_days: u16, acts: Option<Markup>, visitor: &Visitor) -> Markup {
    let (words, formats) = (visitor.words, visitor.formats());
    let now = visitor.app.ctx.now();
    let stored = line.stored.as_ref();
    let heading = match (stored, &line.before) {
        (Some(stored), _) => whom(stored, visitor),
        (None, Some(before)) => before.clone(),
        (None, None) => words.say(keys::INTRODUCTION_UNNAMED).into_owned(),
    };
    let standing = match (stored, &line.before) {
        (None, Some(_)) => words.say(keys::INTRODUCTION_BEFORE).into_owned(),
        _ => standing(stored, objection_days, visitor),
    };
    let waits = stored.is_some_and(work::is_answered_next);
    let done = line.before.is_some()
        || stored
            .is_some_and(|known| matches!(known.introduction.state, IntroductionState::Confirmed { .. }));
    let due = line.due_at.filter(|_| !waits && !done).map(|due| {
        let late = due < now;
        let key = if late { keys::DELIVERIES_OVERDUE } else { keys::DELIVERIES_DUE };
        view! {
            <span class="clock" data-state=late.then_some("broken")>
                {icon(&visitor.app.assets, if late { "alert" } else { "clock" })}
                <span>{words.with(key, [("date", formats.day(due, now).into())])}</span>
            </span>
        }
    });
    let owner = line.owner_name.clone().filter(|_| !done).map(|owner| {
        view! { <span class="small muted">{words.say(keys::DELIVERIES_OWNER)} ": " {owner}</span> }
    });
    let mine = (acts.is_some() && waits).then_some("");
    let for_whom = words.with(
        keys::INTRODUCTION_FOR,
        [("advocate", line.advocate_name.as_str().into()), ("company", line.company.as_str().into())],
    );
    view! {
        <li>
            <article class="referral" id=super::parts::field_id("reward", line.reward)
                data-mine=mine>
                <div class="who"><h3>{heading}</h3><p>{for_whom}</p></div>
                <div class="where">{due}{owner}</div>
                <div class="ball">
                    <p>{standing}</p>
                    {stored.and_then(|stored| said(stored, visitor))}
                    {acts}
                </div>
            </article>
        </li>
    }
    .into_markup()
}

/// A list of introductions with its heading, or what stands in its place.
fn list(
    id: &'static str,
    title: words::Key,
    empty: words::Key,
    rows: Vec<Markup>,
    visitor: &Visitor,
) -> Markup {
    let words = visitor.words;
    let body = if rows.is_empty() {
        view! { <div class="body"><p class="muted">{words.say(empty)}</p></div> }.into_markup()
    } else {
        view! { <ul class="rows">{rows}</ul> }.into_markup()
    };
    view! {
        <section class="panel" aria-labelledby=id>
            <header><h2 id=id>{words.say(title)}</h2></header>
            {body}
        </section>
    }
    .into_markup()
}
