//! Home: what is waiting for whoever is signed in.

use leptos::prelude::*;
use words::keys;

use crate::{
    pages::PageResult,
    shell::{Head, Nav, page},
    visitor::SignedIn,
};

/// `GET /`
///
/// # Errors
/// When the memory fails.
pub async fn show(SignedIn { visitor, person }: SignedIn) -> PageResult {
    let words = visitor.words;
    let greeting = words.with(keys::HOME_GREETING, [("name", person.name.as_str().into())]);
    let view = view! {
        <header class="page-head"><h1>{greeting}</h1></header>
    };
    Ok(page(&visitor, Head::new(words.say(keys::NAV_HOME)).in_nav(Nav::Home), view))
}
