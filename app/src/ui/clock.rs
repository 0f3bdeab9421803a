//! Clocks: what remains in words, and a bar that runs out.

use chrono::{DateTime, TimeDelta, Utc};
use domain::moments::ClockState;
use leptos::prelude::*;
use words::{Formats, Words, keys};

use super::marks::icon;
use crate::{
    markup::{IntoMarkup, Markup},
    state::Assets,
};

/// A clock that counts down a promise, such as the first contact within 24 hours.
pub fn promise(
    state: ClockState,
    limit: TimeDelta,
    words: Words,
    formats: Formats,
    assets: &Assets,
) -> Markup {
    let share = |left: TimeDelta| {
        let used = (limit - left).num_seconds().max(0) * 100 / limit.num_seconds().max(1);
        used.min(100)
    };
    let (name, mark, text, bar) = match state {
        ClockState::Paused => ("paused", "pause", words.say(keys::CLOCK_PAUSED).into_owned(), None),
        ClockState::Calm { remaining } | ClockState::Soon { remaining } => {
            let left = [("left", formats.span(remaining).into()), ("limit", formats.span(limit).into())];
            let name = if matches!(state, ClockState::Soon { .. }) { "soon" } else { "calm" };
            (name, "clock", words.with(keys::CLOCK_LEFT, left), Some(share(remaining)))
        }
        ClockState::Broken { overdue } => {
            let over = [("over", formats.span(overdue).into())];
            ("broken", "alert", words.with(keys::CLOCK_BROKEN, over), Some(100))
        }
        ClockState::Done { kept: true } => ("calm", "check", words.say(keys::CLOCK_KEPT).into_owned(), None),
        ClockState::Done { kept: false } => ("calm", "check", words.say(keys::CLOCK_LATE).into_owned(), None),
    };
    shown(name, mark, text, bar, None, assets)
}

/// A date until which somebody has the turn.
pub fn until(
    due: DateTime<Utc>,
    now: DateTime<Utc>,
    words: Words,
    formats: Formats,
    assets: &Assets,
) -> Markup {
    let left = due - now;
    let values = [("date", formats.day(due, now).into()), ("left", formats.span(left).into())];
    if left < TimeDelta::zero() {
        shown("broken", "alert", words.with(keys::CLOCK_WAS_DUE, values), None, Some(due), assets)
    } else {
        shown("calm", "clock", words.with(keys::CLOCK_UNTIL, values), None, Some(due), assets)
    }
}

fn shown(
    state: &'static str,
    mark: &'static str,
    text: String,
    bar: Option<i64>,
    exact: Option<DateTime<Utc>>,
    assets: &Assets,
) -> Markup {
    let text = match exact {
        Some(exact) => view! { <time datetime=exact.to_rfc3339()>{text}</time> }.into_markup(),
        None => view! { <span>{text}</span> }.into_markup(),
    };
    let bar = bar.map(|width| {
        view! {
            <svg class="bar" viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true">
                <rect width="100" height="3"></rect>
                <rect width=width height="3"></rect>
            </svg>
        }
    });
    view! { <div class="clock" data-state=state>{icon(assets, mark)}{text}{bar}</div> }.into_markup()
}
