//! Remembering a recommendation on this device: the offer, what is remembered, and the way to take it back.

use domain::ids::TouchId;
use leptos::prelude::*;
use words::keys;

use crate::{
    markup::{IntoMarkup, Markup},
    paths,
    ui::icon,
    visitor::Visitor,
};

/// Offers to remember this recommendation, or says that it is remembered.
pub(super) fn offer(visitor: &Visitor, code: &str, touch: Option<TouchId>, remembered: bool) -> Markup {
    let words = visitor.words;
    if remembered {
        return view! {
            <section class="notice" aria-labelledby="remembered">
                {icon(&visitor.app.assets, "check")}
                <div class="stack-tight">
                    <h2 id="remembered" class="small">{words.say(keys::REMEMBERED_TITLE)}</h2>
                    <p>{words.say(keys::REMEMBERED_TEXT)}</p>
                    {forget(visitor, &paths::landing(code, None))}
                </div>
            </section>
        }
        .into_markup();
    }
    view! {
        <details class="fold">
            <summary>{words.say(keys::REMEMBER_TITLE)}</summary>
            <form class="stack-tight" method="post" action=paths::landing_remember(code).to_string()>
                <p class="small">{words.say(keys::REMEMBER_TEXT)}</p>
                {touch.map(|touch| view! { <input type="hidden" name="touch" value=touch.to_string()/> })}
                <div>
                    <button class="button" data-kind="plain" type="submit">{words.say(keys::REMEMBER_DO)}</button>
                </div>
            </form>
        </details>
    }
    .into_markup()
}

/// The button that deletes the cookie.
pub(super) fn forget(visitor: &Visitor, back: &paths::Path) -> Markup {
    view! {
        <form method="post" action=paths::FORGET.to_string()>
            <input type="hidden" name="back" value=back.to_string()/>
            <button class="button" data-kind="plain" type="submit">{visitor.words.say(keys::REMEMBERED_FORGET)}</button>
        </form>
    }
    .into_markup()
}

/// In place of the form: another recommendation is remembered here, and by the programme's rule it counts.
pub(super) fn another_counts(visitor: &Visitor, here: &str, other: &str, touch: TouchId) -> Markup {
    let words = visitor.words;
    view! {
        <section class="notice" aria-labelledby="another" data-another="">
            {icon(&visitor.app.assets, "people")}
            <div class="stack-tight">
                <h2 id="another" class="small">{words.say(keys::REMEMBERED_ANOTHER)}</h2>
                <p>{words.say(keys::REMEMBERED_ANOTHER_TEXT)}</p>
                <div class="cluster">
                    <a class="button" href=paths::landing(other, Some(touch)).to_string()>
                        {words.say(keys::REMEMBERED_ANOTHER_GO)}
                    </a>
                    {forget(visitor, &paths::landing(here, None))}
                </div>
            </div>
        </section>
    }
    .into_markup()
}
