//! What is known about a company, to edit.

use domain::accounts::{AccountStatus, GiftPolicy, RecipientKind, WorkDomain};
use leptos::prelude::*;
use services::{accounts::AccountDetails, members::Colleague};
use words::{Key, keys};

use super::{gifts_key, kind_key, status_key};
use crate::{
    forms::FormState,
    markup::{IntoMarkup, Markup},
    paths,
    ui::{Choice, Field, choices, error_summary, saved_meanwhile, select_field, text_area, text_field},
    visitor::Visitor,
};

fn domain_lines(domains: &[WorkDomain]) -> String {
    domains.iter().map(WorkDomain::as_str).collect::<Vec<_>>().join("\n")
}

pub(super) fn filled(account: &AccountDetails) -> FormState {
    let fields = &account.fields;
    FormState::filled([
        ("name", fields.name.as_str().to_owned()),
        ("country", fields.country.to_string()),
        ("industry", fields.industry.clone().unwrap_or_default()),
        ("kind", fields.recipient_kind.as_str().to_owned()),
        ("status", fields.status.as_str().to_owned()),
        ("since", fields.customer_since.map(|date| date.to_string()).unwrap_or_default()),
        ("gifts", fields.gift_policy.as_str().to_owned()),
        ("domains", domain_lines(&account.domains)),
        ("manager", account.manager.map(|id| id.to_string()).unwrap_or_default()),
        ("version", account.version.to_string()),
    ])
}

pub(super) fn account_form(
    action: &paths::Path,
    submit: Key,
    form: &FormState,
    theirs: Option<&AccountDetails>,
    managers: Vec<Colleague>,
    visitor: &Visitor,
) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let field = |name, key| Field {
        name,
        label: words.say(key).into_owned(),
        autocomplete: "off",
        ..Field::default()
    };
    let name = Field { maxlength: 160, full: true, ..field("name", keys::ACCOUNT_NAME) };
    let country = Field {
        maxlength: 2,
        help: Some(words.say(keys::ACCOUNT_COUNTRY_HELP).into_owned()),
        ..field("country", keys::ACCOUNT_COUNTRY)
    };
    let industry = Field { maxlength: 100, optional: true, ..field("industry", keys::ACCOUNT_INDUSTRY) };
    let kind = Field {
        help: Some(words.say(keys::ACCOUNT_KIND_HELP).into_owned()),
        ..field("kind", keys::ACCOUNT_KIND)
    };
    let status = field("status", keys::ACCOUNT_STATUS);
    let since = Field { kind: "date", optional: true, ..field("since", keys::ACCOUNT_SINCE) };
    let gifts = field("gifts", keys::ACCOUNT_GIFTS);
    let domains = Field {
        optional: true,
        full: true,
        help: Some(words.say(keys::ACCOUNT_DOMAINS_HELP).into_owned()),
        ..field("domains", keys::ACCOUNT_DOMAINS)
    };
    let manager = Field { optional: true, ..field("manager", keys::ACCOUNT_MANAGER) };
    let nobody = words.say(keys::ACCOUNT_NO_MANAGER).into_owned();
    let theirs = theirs.map(|account| {
        let fields = &account.fields;
        let manager = managers.iter().find(|one| Some(one.id) == account.manager);
        let saved = vec![
            (keys::ACCOUNT_NAME, fields.name.as_str().to_owned()),
            (keys::ACCOUNT_COUNTRY, fields.country.to_string()),
            (keys::ACCOUNT_INDUSTRY, fields.industry.clone().unwrap_or_default()),
            (keys::ACCOUNT_KIND, words.say(kind_key(fields.recipient_kind)).into_owned()),
            (keys::ACCOUNT_STATUS, words.say(status_key(fields.status)).into_owned()),
            (keys::ACCOUNT_SINCE, fields.customer_since.map(|date| date.to_string()).unwrap_or_default()),
            (keys::ACCOUNT_GIFTS, words.say(gifts_key(fields.gift_policy)).into_owned()),
            (keys::ACCOUNT_DOMAINS, domain_lines(&account.domains).replace('\n', ", ")),
            (keys::ACCOUNT_MANAGER, manager.map_or_else(|| nobody.clone(), |one| one.name.clone())),
        ];
        saved_meanwhile(saved, visitor)
    });
    let manager_choices = std::iter::once(Choice { value: String::new(), label: nobody.clone() })
        .chain(managers.iter().map(|one| Choice { value: one.id.to_string(), label: one.name.clone() }))
        .collect();
    let kinds = choices(RecipientKind::ALL, RecipientKind::as_str, kind_key, words);
    let statuses = choices(AccountStatus::ALL, AccountStatus::as_str, status_key, words);
    let policies = choices(GiftPolicy::ALL, GiftPolicy::as_str, gifts_key, words);
    view! {
        <section class="panel" aria-labelledby="details">
            <header><h2 id="details">{words.say(keys::PERSON_DETAILS)}</h2></header>
            <form class="form body" method="post" action=action.to_string() novalidate=true>
                {error_summary(form, words)}
                {theirs}
                <input type="hidden" name="version" value=form.value("version").to_owned()/>
                <div class="fields">
                    {text_field(&name, form, words, assets)}
                    {text_field(&country, form, words, assets)}
                    {text_field(&industry, form, words, assets)}
                    {select_field(&kind, kinds, form, words, assets)}
                    {select_field(&status, statuses, form, words, assets)}
                    {text_field(&since, form, words, assets)}
                    {select_field(&gifts, policies, form, words, assets)}
                    {select_field(&manager, manager_choices, form, words, assets)}
                    {text_area(&domains, form, words, assets)}
                </div>
                <div class="cluster"><button class="button" type="submit">{words.say(submit)}</button></div>
            </form>
        </section>
    }
    .into_markup()
}
