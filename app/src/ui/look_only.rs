//! Editors, as those see them who may look and change nothing.

use leptos::prelude::*;
use words::{Words, keys};

use crate::markup::{IntoMarkup, Markup};

/// An editor's page. For whoever may only look, everything in it is shown and can't be changed; the server refuses them anyway.
pub fn look_only(edits: bool, editor: impl IntoMarkup, words: Words) -> Markup {
    if edits { editor.into_markup() } else { locked(words.say(keys::LOOK_ONLY).into_owned(), editor) }
}

/// An editor that nobody may change any more, and why.
pub fn locked(why: String, editor: impl IntoMarkup) -> Markup {
    view! {
        <p class="notice">{why}</p>
        <fieldset class="look-only" disabled=true>{editor.into_markup()}</fieldset>
    }
    .into_markup()
}
