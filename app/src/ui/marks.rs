//! Icons and the notes of the three parties: colour never comes without its shape and a word.

use leptos::prelude::*;

use crate::{
    markup::{IntoMarkup, Markup},
    state::Assets,
};

/// The three who win.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    /// The host: indigo square.
    Company,
    /// Who recommends: amber circle.
    Advocate,
    /// The referred contact and their company: teal triangle.
    Customer,
}

impl Party {
    /// The value of `data-party`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Advocate => "advocate",
            Self::Customer => "customer",
        }
    }
}

impl From<domain::referrals::Party> for Party {
    fn from(party: domain::referrals::Party) -> Self {
        match party {
            domain::referrals::Party::Company => Self::Company,
            domain::referrals::Party::Advocate => Self::Advocate,
            domain::referrals::Party::Customer => Self::Customer,
        }
    }
}

/// An icon of the sprite, by its name without `i-`.
pub fn icon(assets: &Assets, name: &str) -> Markup {
    let href = format!("{}#i-{name}", assets.icons);
    view! { <svg class="icon" aria-hidden="true"><use href=href></use></svg> }.into_markup()
}

/// A party's shape in its colour.
pub fn note(assets: &Assets, party: Party) -> Markup {
    let href = format!("{}#p-{}", assets.icons, party.as_str());
    view! { <svg class="note" data-party=party.as_str() aria-hidden="true"><use href=href></use></svg> }
        .into_markup()
}

/// A party's shape with words beside it.
pub fn party(assets: &Assets, party: Party, text: impl Into<String>) -> Markup {
    view! { <span class="party" data-party=party.as_str()>{note(assets, party)}{text.into()}</span> }
        .into_markup()
}
