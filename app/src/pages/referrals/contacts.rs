//! The referred people of a referral, as whoever looks after it may see them.

use domain::{consent::ConsentState, ids::ReferralId, text::Language};
use leptos::prelude::*;
use services::consent::SeenContact;
use words::keys;

use crate::{
    markup::{IntoMarkup, Markup},
    pages::consent::fields::{preferred_name, recipient_name},
    paths,
    ui::{self, Party},
    visitor::Visitor,
};

/// One panel for all of them; nothing before anybody has filled in the form.
pub(super) fn contacts(visitor: &Visitor, seen: &[SeenContact], id: ReferralId) -> Option<Markup> {
    let words = visitor.words;
    (!seen.is_empty()).then(|| {
        view! {
            <section class="panel" data-party="customer" aria-labelledby="contacts">
                <header><h2 id="contacts">{words.say(keys::CONTACTS_TITLE)}</h2></header>
                {seen.iter().map(|one| contact(visitor, one, id)).collect_view()}
            </section>
        }
        .into_markup()
    })
}

fn contact(visitor: &Visitor, seen: &SeenContact, id: ReferralId) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let contact = &seen.contact;
    let language = match contact.language {
        Language::German => keys::CONSENT_LANGUAGE_DE,
        Language::English => keys::CONSENT_LANGUAGE_EN,
    };
    let row = |label, value: String| {
        (!value.is_empty()).then(|| view! { <dt>{words.say(label)}</dt><dd>{value}</dd> })
    };
    // A contact who was spoken to has a number and no address.
    let mail = if contact.email.contains('@') { contact.email.clone() } else { String::new() };
    // Whoever agreed aloud has no page of their own, and takes it back the same way.
    let stop = (contact.email.is_empty() && contact.consent == ConsentState::Given).then(|| {
        view! {
            <form class="stack-tight" method="post" action=paths::work_stop(id).to_string()>
                <p class="small muted">{words.say(keys::FIRST_CONTACT_STOP_HELP)}</p>
                <div>
                    <button class="button" data-kind="plain" type="submit">{words.say(keys::FIRST_CONTACT_STOP)}</button>
                </div>
            </form>
        }
    });
    view! {
        <div class="body" data-contact=contact.consent.as_str()>
            <p><strong>{contact.name.clone()}</strong></p>
            {ui::party(assets, Party::Customer, words.code("consent", contact.consent.as_str()))}
            <dl class="facts">
                {row(keys::CONSENT_FIELD_ROLE, contact.role_title.clone().unwrap_or_default())}
                {row(keys::CONTACTS_MAIL, mail)}
                {row(keys::CONSENT_FIELD_PHONE, contact.phone.clone().unwrap_or_default())}
                {row(keys::CONTACTS_KIND, words.say(recipient_name(contact.recipient_kind)).into_owned())}
                {row(keys::CONTACTS_PREFERRED, words.say(preferred_name(contact.preferred)).into_owned())}
                {row(keys::CONTACTS_TIME, contact.best_time.clone().unwrap_or_default())}
                {row(keys::CONSENT_FIELD_LANGUAGE, words.say(language).into_owned())}
            </dl>
            {seen.masked.then(|| view! { <p class="small muted">{words.say(keys::CONTACTS_MASKED)}</p> })}
            {stop}
        </div>
    }
    .into_markup()
}
