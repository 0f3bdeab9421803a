//! Editors, as those see them who may look and change nothing.

use leptos::prelude::*;
use words::{Words, keys};

use crate::markup::{IntoMarkup, Markup};

/// An editor's page. For whoever may only look, everything in it is shown and can't be changed; the server refuses them anyway.
pub fn look_only(edits: bool, editor: impl IntoMarkup, words: Words) -> Markup {
    let editor = editor.into_markup();
    if edits {
        return editor;
    }
    view! {
        <p class="notice">{words.say(keys::LOOK_ONLY)}</p>
        <fieldset class="look-only" disabled=true>{editor}</fieldset>
    }
    .into_markup()
}
