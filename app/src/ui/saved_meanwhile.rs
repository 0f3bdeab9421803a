//! Two people at once: what the other one has saved stands beside what was typed.

use leptos::prelude::*;
use words::{Key, keys};

use super::marks::icon;
use crate::{
    markup::{IntoMarkup, Markup},
    visitor::Visitor,
};

/// What somebody else has saved meanwhile, name by name.
pub fn saved_meanwhile(saved: Vec<(Key, String)>, visitor: &Visitor) -> Markup {
    let words = visitor.words;
    let rows: Vec<Markup> = saved
        .into_iter()
        .map(|(key, value)| {
            view! { <tr><th scope="row">{words.say(key)}</th><td>{value}</td></tr> }.into_markup()
        })
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
