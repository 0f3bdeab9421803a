//! Two people at once: what the other one has saved stands beside what was typed.

use domain::text::Bilingual;
use leptos::prelude::*;
use words::{Key, keys};

use super::marks::icon;
use crate::{
    markup::{IntoMarkup, Markup},
    visitor::Visitor,
};

/// A text in both its languages, on one line.
pub fn both(text: &Bilingual) -> String {
    format!("{} / {}", text.de, text.en)
}

/// What somebody else has saved meanwhile, name by name.
pub fn saved_meanwhile(saved: Vec<(Key, String)>, visitor: &Visitor) -> Markup {
    let named = saved.into_iter().map(|(key, value)| (visitor.words.say(key).into_owned(), value));
    saved_named(named.collect(), visitor)
}

/// The same where the names are not texts of their own.
pub fn saved_named(saved: Vec<(String, String)>, visitor: &Visitor) -> Markup {
    let words = visitor.words;
    let rows: Vec<Markup> = saved
        .into_iter()
        .map(|(name, value)| view! { <tr><th scope="row">{name}</th><td>{value}</td></tr> }.into_markup())
        .collect();
    view! {
        <div class="notice">
            {icon(&visitor.app.assets, "people")}
            <div class="stack-tight">
                <strong>{words.say(keys::CHANGED_THEIRS)}</strong>
                <table class="table"><tbody>{rows}</tbody></table>
                <p>{words.say(keys::CHANGED_THEIRS_HELP)}</p>
            </div>
        </div>
    }
    .into_markup()
}
