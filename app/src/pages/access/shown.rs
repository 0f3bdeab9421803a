//! A key, shown once: it stands on this page and nowhere else.

use axum::response::Response;
use leptos::prelude::*;
use words::{Key, keys};

use crate::{
    paths::Path,
    shell::{Head, page},
    ui::copy_button,
    visitor::Visitor,
};

/// The page with the key, and the way on.
pub fn once(visitor: &Visitor, title: Key, key: String, back: &Path) -> Response {
    let words = visitor.words;
    let view = view! {
        <header class="page-head">
            <h1>{words.say(title)}</h1>
            <p class="lede">{words.say(keys::KEY_SHOWN_LEDE)}</p>
        </header>
        <section class="panel" aria-labelledby="key">
            <header><h2 id="key">{words.say(keys::KEY_SHOWN)}</h2></header>
            <div class="body stack-tight">
                <p><output><code>{key.clone()}</code></output></p>
                <div class="cluster">
                    {copy_button(key, words)}
                    <a class="button" data-kind="plain" href=back.to_string()>{words.say(keys::KEY_SHOWN_BACK)}</a>
                </div>
            </div>
        </section>
    };
    page(visitor, Head::new(words.say(title)), view)
}
