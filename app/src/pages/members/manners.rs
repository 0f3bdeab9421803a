//! How a member takes part: the choices of the first visit and of the profile.

use leptos::prelude::*;
use words::keys;

use crate::{
    forms::FormState,
    markup::{IntoMarkup, Markup},
    ui::{Choice, Field, choice_field},
    visitor::Visitor,
};

/// Who reads their name, and whether they take benefits. Nothing is chosen beforehand.
pub fn choices(form: &FormState, visitor: &Visitor) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let choice = |value: &str, key| Choice { value: value.to_owned(), label: words.say(key).into_owned() };
    let field = |name, label, help| Field {
        name,
        label: words.say(label).into_owned(),
        help: Some(words.say(help).into_owned()),
        ..Field::default()
    };
    let share = field("share", keys::MANNERS_SHARE, keys::MANNERS_SHARE_HELP);
    let shares = vec![choice("name", keys::MANNERS_SHARE_NAME), choice("nobody", keys::MANNERS_SHARE_NOBODY)];
    let gifts = field("gifts", keys::MANNERS_GIFTS, keys::MANNERS_GIFTS_HELP);
    let policies = vec![choice("any", keys::MANNERS_GIFTS_ANY), choice("none", keys::MANNERS_GIFTS_NONE)];
    view! {
        {choice_field(&share, shares, form, words, assets)}
        {choice_field(&gifts, policies, form, words, assets)}
    }
    .into_markup()
}
