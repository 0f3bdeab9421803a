//! Campaigns: marketing's pages, and what advocates are told of one.

mod form;
pub mod manage;
pub mod own;

use std::collections::BTreeSet;

use domain::{
    campaigns::{Boost, Boosted, CampaignState},
    text::Bilingual,
};
use leptos::prelude::*;
use services::campaigns::{NamedCampaign, local};
use words::{Key, Words, keys};

pub(crate) use form::{BUDGET, INCENTIVE, budget_units};

use crate::{
    markup::{IntoMarkup, Markup},
    paths,
    ui::icon,
    visitor::Visitor,
};

fn state_key(state: CampaignState) -> Key {
    match state {
        CampaignState::Draft => keys::CAMPAIGN_STATE_DRAFT,
        CampaignState::Pilot => keys::CAMPAIGN_STATE_PILOT,
        CampaignState::Running => keys::CAMPAIGN_STATE_RUNNING,
        CampaignState::Closed => keys::CAMPAIGN_STATE_CLOSED,
    }
}

/// `doppelt`, `dreifach`, `1,5-fach`.
fn times(boost: Boost, words: Words) -> String {
    match boost.hundredths() {
        200 => words.say(keys::CAMPAIGN_TIMES_DOUBLE).into_owned(),
        300 => words.say(keys::CAMPAIGN_TIMES_TRIPLE).into_owned(),
        _ => words.with(keys::CAMPAIGN_TIMES, [("factor", factor(boost, words).into())]),
    }
}

/// `2`, `1,5`, `1,25`.
fn factor(boost: Boost, words: Words) -> String {
    let (whole, rest) = (boost.hundredths() / 100, boost.hundredths() % 100);
    let separator = match words.language() {
        domain::text::Language::German => ',',
        domain::text::Language::English => '.',
    };
    match rest {
        0 => whole.to_string(),
        tens if tens % 10 == 0 => format!("{whole}{separator}{}", tens / 10),
        rest => format!("{whole}{separator}{rest:02}"),
    }
}

/// A campaign's moment by the clock on its wall, with the zone.
fn moment(named: &NamedCampaign, end: bool, visitor: &Visitor) -> String {
    let one = &named.campaign;
    let at = local(&named.zone, if end { one.ends_at } else { one.starts_at }, end);
    format!("{} ({})", visitor.formats().on_the_wall(at), named.zone)
}

/// That a thank-you brings more, until when, and by which campaign.
pub(crate) fn note(boosted: &Boosted, known: &[NamedCampaign], visitor: &Visitor) -> Markup {
    let words = visitor.words;
    let times = times(boosted.boost, words);
    let named = known.iter().find(|named| named.campaign.id == boosted.campaign);
    let said = match named {
        None => words.with(keys::CAMPAIGN_NOTE_KEPT, [("times", times.into())]),
        Some(named) => {
            let unit = boosted.normal.maximum().map(|most| most.unit());
            let limited = unit.is_some_and(|unit| named.campaign.budget.contains_key(&unit));
            let key = if limited { keys::CAMPAIGN_NOTE_BUDGET } else { keys::CAMPAIGN_NOTE };
            words.with(key, [("times", times.into()), ("until", moment(named, true, visitor).into())])
        }
    };
    let link = named.map(|named| {
        let name = named.name.to(words.language()).to_owned();
        view! { " " <a href=paths::own_campaign(named.campaign.id).to_string()>{name}</a> }
    });
    view! { <p class="why">{icon(&visitor.app.assets, "clock")}<span>{said}</span>{link}</p> }.into_markup()
}

/// The campaigns of what an advocate may choose now, with what each does for the first thank-you that it is for.
pub(crate) fn on(boosts: &[Boosted], known: &[NamedCampaign], visitor: &Visitor) -> Vec<Markup> {
    let mut seen = BTreeSet::new();
    let first = boosts.iter().filter(|boosted| seen.insert(boosted.campaign));
    first
        .map(|boosted| view! { <div class="notice">{note(boosted, known, visitor)}</div> }.into_markup())
        .collect()
}

/// That a referral keeps what a campaign promised when it was submitted.
pub(crate) fn kept(boosted: &Boosted, name: Option<&Bilingual>, visitor: &Visitor) -> String {
    let words = visitor.words;
    let times = times(boosted.boost, words);
    match name {
        None => words.with(keys::CAMPAIGN_NOTE_KEPT, [("times", times.into())]),
        Some(name) => {
            let name = name.to(words.language()).to_owned();
            words.with(keys::CAMPAIGN_KEPT, [("times", times.into()), ("name", name.into())])
        }
    }
}
