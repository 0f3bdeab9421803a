//! Everybody's benefit, in sentences. The name never begins a sentence, so that "die empfehlende Person" can stand in
//! its place.

use std::borrow::Cow;

use domain::{
    consent::Disclosure,
    incentives::{Amount, Incentive, IncentiveKind, PartValue, PayingStep},
};
use leptos::prelude::*;
use services::consent::Advertised;
use words::{Formats, Words, keys};

use crate::{
    markup::{IntoMarkup, Markup},
    state::Assets,
    ui::{Party, amount, icon, note},
};

/// What a kind of thank-you is called.
pub fn kind_name(kind: IncentiveKind, words: Words) -> Cow<'static, str> {
    words.code("consent-kind", kind.as_str())
}

/// The most the advocate may get, by unit: `500 € or 3 months`.
pub fn most(disclosure: &Disclosure, words: Words, formats: Formats) -> Option<String> {
    disclosure
        .maximum
        .amounts()
        .map(|one| amount(one, words, formats))
        .reduce(|a, b| words.with(keys::CONSENT_OR, [("a", a.into()), ("b", b.into())]))
}

/// The advocate, as a contact reads of them in the middle of a sentence.
pub fn advocate_name(advertised: &Advertised, words: Words) -> String {
    advertised.name.clone().unwrap_or_else(|| words.say(keys::CONSENT_SOMEBODY).into_owned())
}

fn other_kinds(advertised: &Advertised, words: Words) -> Option<String> {
    let disclosure = &advertised.terms.disclosure;
    let names: Vec<_> = disclosure
        .kinds
        .iter()
        .filter(|kind| Some(**kind) != disclosure.chosen && !kind.is_nothing())
        .map(|kind| kind_name(*kind, words).into_owned())
        .collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// What the advocate says about themselves in a text they share.
pub fn in_share_text(advertised: &Advertised, host: &str, words: Words, formats: Formats) -> String {
    let disclosure = &advertised.terms.disclosure;
    // With a choice its own maximum, without one the highest of all.
    let highest = match advertised.offer() {
        Some(offer) => offer.scheme.maximum().map(|one| amount(one, words, formats)),
        None => most(disclosure, words, formats),
    };
    let most =
        highest.map_or_else(String::new, |most| words.with(keys::SHARE_TEXT_MOST, [("amount", most.into())]));
    match disclosure.chosen {
        Some(kind) => {
            words.with_code("share-text", kind.as_str(), [("host", host.into()), ("most", most.into())])
        }
        None => match other_kinds(advertised, words) {
            Some(kinds) => words.with(
                keys::SHARE_TEXT_OPEN,
                [("host", host.into()), ("most", most.clone().into()), ("kinds", kinds.into())],
            ),
            None => words.say(keys::SHARE_TEXT_NONE).into_owned(),
        },
    }
}

fn sentence(advertised: &Advertised, host: &str, words: Words) -> String {
    let name = advocate_name(advertised, words);
    match advertised.terms.disclosure.chosen {
        Some(kind) => {
            let organisation = advertised.organisation.as_ref().map_or_else(String::new, |(_, to)| {
                words.with(keys::CONSENT_GETS_DONATION_TO, [("organisation", to.as_str().into())])
            });
            let values =
                [("name", name.into()), ("host", host.into()), ("organisation", organisation.into())];
            words.with_code("consent-gets", kind.as_str(), values)
        }
        None => words.with(keys::CONSENT_GETS_OPEN, [("name", name.into())]),
    }
}

fn parts(offer: &Incentive, host: &str, words: Words, formats: Formats) -> Vec<String> {
    let up_to = |value: Amount| {
        words.with(keys::CONSENT_PART_UP_TO, [("amount", amount(value, words, formats).into())])
    };
    offer
        .scheme
        .parts()
        .iter()
        .filter_map(|part| {
            let worth = match &part.value {
                PartValue::Fixed(value) => amount(*value, words, formats),
                PartValue::Bands(bands) => {
                    up_to(bands.iter().map(|band| band.amount).max_by_key(|one| one.value())?)
                }
                PartValue::Percent { at_most, .. } => up_to(*at_most),
            };
            Some(match part.step {
                PayingStep::Accepted => {
                    words.with(keys::CONSENT_PART_ACCEPTED, [("amount", worth.into()), ("host", host.into())])
                }
                PayingStep::Meeting => words.with(keys::CONSENT_PART_MEETING, [("amount", worth.into())]),
                PayingStep::Qualified => words.with(keys::CONSENT_PART_QUALIFIED, [("amount", worth.into())]),
                PayingStep::Won => words.with(keys::CONSENT_PART_WON, [("amount", worth.into())]),
            })
        })
        .collect()
}

/// The two panels: what the advocate gets, and what the contact's company gets.
pub fn both_sides(
    advertised: &Advertised,
    host: &str,
    words: Words,
    formats: Formats,
    assets: &Assets,
) -> Markup {
    let name = advocate_name(advertised, words);
    let disclosure = &advertised.terms.disclosure;
    let lines: Vec<_> =
        advertised.offer().map(|offer| parts(offer, host, words, formats)).unwrap_or_default();
    let list = (!lines.is_empty()).then(|| {
        let lines = lines
            .into_iter()
            .map(|line| view! { <li>{icon(assets, "check")}<span>{line}</span></li> })
            .collect_view();
        view! { <ul class="plainlist">{lines}</ul> }
    });
    let most = most(disclosure, words, formats)
        .map(|most| words.with(keys::CONSENT_MOST, [("amount", most.into())]));
    let others = other_kinds(advertised, words)
        .map(|kinds| words.with(keys::CONSENT_ALSO_POSSIBLE, [("kinds", kinds.into())]));
    let limits = [most, others].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let yours = match &disclosure.benefit {
        None => view! { <p>{words.say(keys::CONSENT_BENEFIT_NONE)}</p> }.into_markup(),
        Some(benefit) => {
            let kind = words.code("benefit-kind", benefit.kind.as_str());
            let worth = benefit.amount.map(|worth| amount(worth, words, formats));
            let kind = match worth {
                Some(worth) => {
                    words.with(keys::CONSENT_BENEFIT_WORTH, [("kind", kind.into()), ("amount", worth.into())])
                }
                None => words.with(keys::CONSENT_BENEFIT_KIND, [("kind", kind.into())]),
            };
            view! {
                <p>{benefit.text.to(words.language()).trim().to_owned()}</p>
                <p class="small muted">{kind}" "{words.say(keys::CONSENT_BENEFIT_COMPANY)}</p>
            }
            .into_markup()
        }
    };
    view! {
        <div class="two">
            <section class="panel" data-party="advocate" aria-labelledby="gets">
                <div class="body">
                    <h2 id="gets">
                        {note(assets, Party::Advocate)}
                        {words.with(keys::CONSENT_WHAT_GETS, [("name", name.into())])}
                    </h2>
                    <p>{sentence(advertised, host, words)}</p>
                    {list}
                    {(!limits.is_empty()).then(|| view! { <p class="small muted">{limits}</p> })}
                </div>
            </section>
            <section class="panel" data-party="customer" aria-labelledby="yours">
                <div class="body">
                    <h2 id="yours">{note(assets, Party::Customer)}{words.say(keys::CONSENT_WHAT_YOU_GET)}</h2>
                    {yours}
                </div>
            </section>
        </div>
    }
    .into_markup()
}
