//! The fields of a contact's form, on the landing page and on their private page.

use domain::{accounts::RecipientKind, consent::PreferredChannel, text::Language};
use leptos::prelude::*;
use services::consent::{Advertised, steps_wording};
use words::{Key, Words, keys};

use crate::{
    forms::FormState,
    markup::{IntoMarkup, Markup},
    state::Assets,
    ui::{Choice, Field, select_field, text_field, tick_box},
};

pub(crate) fn recipient_name(kind: RecipientKind) -> Key {
    match kind {
        RecipientKind::PrivateCompany => keys::CONSENT_RECIPIENT_PRIVATE_COMPANY,
        RecipientKind::PublicBody => keys::CONSENT_RECIPIENT_PUBLIC_BODY,
        RecipientKind::HealthProfessional => keys::CONSENT_RECIPIENT_HEALTH_PROFESSIONAL,
        RecipientKind::RegulatedFinancial => keys::CONSENT_RECIPIENT_REGULATED_FINANCIAL,
        RecipientKind::LegalProfession => keys::CONSENT_RECIPIENT_LEGAL_PROFESSION,
        RecipientKind::Unknown => keys::CONSENT_KIND_CHOOSE,
    }
}

pub(crate) fn preferred_name(channel: PreferredChannel) -> Key {
    match channel {
        PreferredChannel::Mail => keys::CONSENT_PREFERRED_MAIL,
        PreferredChannel::Video => keys::CONSENT_PREFERRED_VIDEO,
        PreferredChannel::PhoneMorning => keys::CONSENT_PREFERRED_PHONE_MORNING,
        PreferredChannel::PhoneAfternoon => keys::CONSENT_PREFERRED_PHONE_AFTERNOON,
    }
}

/// The box by which a contact lets the advocate see more than the five states.
pub(super) fn steps_field(form: &FormState, shown: &Advertised, words: Words, assets: &Assets) -> Markup {
    let field = Field {
        name: "steps",
        label: steps_wording(shown, words),
        help: Some(words.say(keys::CONSENT_SHOWS_STEPS_HELP).into_owned()),
        optional: true,
        ..Field::default()
    };
    tick_box(&field, form, words, assets)
}

/// Name, role, telephone, kind of organisation, preferred way, language; with company and address where `new`.
pub(super) fn contact_fields(
    form: &FormState,
    new: bool,
    company: bool,
    words: Words,
    assets: &Assets,
) -> Markup {
    let say = |key: Key| words.say(key).into_owned();
    let text = |field: Field| text_field(&field, form, words, assets);
    let name = text(Field {
        name: "name",
        label: say(keys::CONSENT_FIELD_NAME),
        autocomplete: "name",
        maxlength: 120,
        ..Field::default()
    });
    let role = text(Field {
        name: "role",
        label: say(keys::CONSENT_FIELD_ROLE),
        autocomplete: "organization-title",
        optional: true,
        maxlength: 120,
        ..Field::default()
    });
    let company = company.then(|| {
        text(Field {
            name: "company",
            label: say(keys::CONSENT_FIELD_COMPANY),
            autocomplete: "organization",
            maxlength: 160,
            ..Field::default()
        })
    });
    let email = new.then(|| {
        text(Field {
            name: "email",
            label: say(keys::CONSENT_FIELD_EMAIL),
            help: Some(say(keys::CONSENT_FIELD_EMAIL_HELP)),
            kind: "email",
            autocomplete: "email",
            inputmode: "email",
            ..Field::default()
        })
    });
    let phone = text(Field {
        name: "phone",
        label: say(keys::CONSENT_FIELD_PHONE),
        kind: "tel",
        autocomplete: "tel",
        inputmode: "tel",
        optional: true,
        maxlength: 60,
        ..Field::default()
    });
    let time = text(Field {
        name: "time",
        label: say(keys::CONSENT_FIELD_TIME),
        help: Some(say(keys::CONSENT_FIELD_TIME_HELP)),
        autocomplete: "off",
        optional: true,
        maxlength: 120,
        ..Field::default()
    });
    let select = |name, label, options| {
        let field = Field { name, label: say(label), ..Field::default() };
        select_field(&field, options, form, words, assets)
    };
    let kinds = std::iter::once(Choice { value: String::new(), label: say(keys::CONSENT_KIND_CHOOSE) })
        .chain(
            RecipientKind::ALL
                .iter()
                .filter(|kind| **kind != RecipientKind::Unknown)
                .map(|kind| Choice { value: kind.as_str().to_owned(), label: say(recipient_name(*kind)) }),
        )
        .collect();
    let channels = PreferredChannel::ALL
        .iter()
        .map(|channel| Choice { value: channel.as_str().to_owned(), label: say(preferred_name(*channel)) })
        .collect();
    let languages = vec![
        Choice { value: Language::German.as_str().to_owned(), label: say(keys::CONSENT_LANGUAGE_DE) },
        Choice { value: Language::English.as_str().to_owned(), label: say(keys::CONSENT_LANGUAGE_EN) },
    ];
    view! {
        <div class="fields">
            {name}
            {role}
            {company}
            {email}
            {phone}
            {select("kind", keys::CONSENT_FIELD_KIND, kinds)}
            {select("preferred", keys::CONSENT_FIELD_PREFERRED, channels)}
            {time}
            {select("language", keys::CONSENT_FIELD_LANGUAGE, languages)}
        </div>
    }
    .into_markup()
}
