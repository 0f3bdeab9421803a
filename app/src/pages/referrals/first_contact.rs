//! Whom the account manager may speak to once: masked, then shown to the assigned one alone, then answered.

use domain::consent::PreferredChannel;
use leptos::prelude::*;
use services::consent::{Advertised, FirstContactSeen, spoken_wording};
use words::keys;

use crate::{
    forms::FormState,
    markup::{IntoMarkup, Markup},
    pages::{consent::fields::preferred_name, incentives::first_contact::channels},
    paths::{self, Path},
    ui::{self, Choice, Field, Party},
    visitor::Visitor,
};

/// The panel on the page of staff.
pub(super) fn panel(
    visitor: &Visitor,
    seen: &FirstContactSeen,
    advertised: Option<&Advertised>,
    link: Option<String>,
    form: &FormState,
) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let kept = &seen.kept;
    let until = visitor.formats().moment(kept.expires_at);
    let (name, phone) = match &seen.person {
        Some((name, phone)) => (name.clone(), phone.clone()),
        None => (kept.name_mask.clone(), kept.phone_mask.clone()),
    };
    let next = match (&seen.person, advertised) {
        (Some(_), Some(advertised)) => answer(visitor, seen, advertised, link, form),
        _ if seen.assigned => reveal(visitor, seen),
        _ => view! { <p class="small muted">{words.say(keys::ERROR_FIRST_CONTACT_NOT_ASSIGNED)}</p> }
            .into_markup(),
    };
    view! {
        <section class="panel" data-party="customer" aria-labelledby="first-contact">
            <header><h2 id="first-contact">{words.say(keys::FIRST_CONTACT_PANEL)}</h2></header>
            <div class="body">
                {ui::party(assets, Party::Customer, words.code("first-contact", kept.channel.as_str()))}
                <dl class="facts">
                    <dt>{words.say(keys::CONSENT_FIELD_NAME)}</dt>
                    <dd>{name}</dd>
                    {phone.map(|phone| view! { <dt>{words.say(keys::CONSENT_FIELD_PHONE)}</dt><dd>{phone}</dd> })}
                    <dt>{words.say(keys::FIRST_CONTACT_WHY)}</dt>
                    <dd>{kept.circumstances.clone()}</dd>
                    <dt>{words.say(keys::FIRST_CONTACT_GROUND)}</dt>
                    <dd>{seen.ground.clone()}</dd>
                </dl>
                <p class="small muted">{words.with(keys::FIRST_CONTACT_UNTIL, [("date", until.into())])}</p>
                {next}
            </div>
        </section>
    }
    .into_markup()
}

fn reveal(visitor: &Visitor, seen: &FirstContactSeen) -> Markup {
    let words = visitor.words;
    view! {
        <form class="stack-tight" method="post" action=paths::work_reveal(seen.kept.referral).to_string()>
            <p class="small">{words.say(keys::FIRST_CONTACT_REVEAL_HELP)}</p>
            <div><button class="button" type="submit">{words.say(keys::FIRST_CONTACT_REVEAL)}</button></div>
        </form>
    }
    .into_markup()
}

fn answer(
    visitor: &Visitor,
    seen: &FirstContactSeen,
    advertised: &Advertised,
    link: Option<String>,
    form: &FormState,
) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let field = |name, key| Field { name, label: words.say(key).into_owned(), ..Field::default() };
    let one = |value: &str, key| Choice { value: value.to_owned(), label: words.say(key).into_owned() };
    let answers = vec![one("yes", keys::FIRST_CONTACT_YES), one("no", keys::FIRST_CONTACT_NO)];
    let languages = vec![one("de", keys::CONSENT_LANGUAGE_DE), one("en", keys::CONSENT_LANGUAGE_EN)];
    // Without an address there is nothing to write to.
    let preferred = PreferredChannel::ALL
        .iter()
        .filter(|channel| {
            matches!(channel, PreferredChannel::PhoneMorning | PreferredChannel::PhoneAfternoon)
        })
        .map(|channel| one(channel.as_str(), preferred_name(*channel)))
        .collect();
    let said = Field { optional: true, ..field("said", keys::FIRST_CONTACT_SAID) };
    let link = link.map(|link| {
        view! {
            <p class="small">{words.say(keys::FIRST_CONTACT_LINK)}</p>
            <p><code class="hand-on">{link}</code></p>
        }
    });
    let to: Path = paths::work_answer(seen.kept.referral);
    view! {
        <p class="small muted">{words.say(keys::FIRST_CONTACT_ONCE)}</p>
        <blockquote class="said">{spoken_wording(&visitor.app.ctx, advertised, words)}</blockquote>
        <form class="form" method="post" action=to.to_string() novalidate=true>
            <div class="fields">
                {ui::choice_field(&field("answer", keys::FIRST_CONTACT_ANSWER), answers, form, words, assets)}
                {ui::select_field(&field("spoken", keys::FIRST_CONTACT_CHANNEL), channels(visitor), form, words, assets)}
                {ui::select_field(&field("spoken_in", keys::CONSENT_FIELD_LANGUAGE), languages, form, words, assets)}
                {ui::select_field(&field("preferred", keys::CONTACTS_PREFERRED), preferred, form, words, assets)}
            </div>
            {ui::tick_box(&said, form, words, assets)}
            <div><button class="button" type="submit">{words.say(keys::FIRST_CONTACT_RECORD)}</button></div>
        </form>
        {link}
    }
    .into_markup()
}
