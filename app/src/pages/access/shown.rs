//! A key that was just made: sealed for the browser that made it, as a refused form is, and on no other page.

use leptos::prelude::*;
use words::keys;

use crate::{
    forms::FormState,
    markup::{IntoMarkup, Markup},
    pages::PageResult,
    paths::Path,
    ui::copy_button,
    visitor::Visitor,
};

const KEY: &str = "key";

/// Leads to this page, which shows the key.
///
/// # Errors
/// When it can't be kept for that long.
pub(crate) async fn on(page: &Path, key: String, visitor: &Visitor) -> PageResult {
    FormState::filled([(KEY, key)]).back_to(page, visitor).await
}

/// The key that was just made; nothing where none was.
pub(super) fn key(form: &FormState, visitor: &Visitor) -> Option<Markup> {
    let (key, words) = (form.value(KEY).to_owned(), visitor.words);
    if key.is_empty() {
        return None;
    }
    Some(
        view! {
            <section class="panel" aria-labelledby="key">
                <header><h2 id="key">{words.say(keys::KEY_SHOWN)}</h2></header>
                <div class="body stack-tight">
                    <p>{words.say(keys::KEY_SHOWN_LEDE)}</p>
                    <div class="link">
                        <output aria-label=words.say(keys::KEY_SHOWN)>{key.clone()}</output>
                        {copy_button(key, words)}
                    </div>
                </div>
            </section>
        }
        .into_markup(),
    )
}
