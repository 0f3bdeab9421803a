//! A button that copies, for browsers that run our script; the text itself stands selectable beside it.

use leptos::prelude::*;
use words::{Words, keys};

use crate::markup::{IntoMarkup, Markup};

/// Copies `text` and says so. Style hides it where no script runs.
pub fn copy_button(text: String, words: Words) -> Markup {
    view! {
        <button class="button" type="button" data-copy=text data-done=words.say(keys::SHARE_COPIED) aria-live="polite">
            {words.say(keys::SHARE_COPY)}
        </button>
    }
    .into_markup()
}
