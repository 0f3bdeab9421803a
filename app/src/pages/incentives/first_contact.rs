//! Where an account manager may make the first contact: nowhere, until marketing has written down why they may.

use axum::extract::Query;
use domain::consent::FirstContactChannel;
use leptos::prelude::*;
use services::{
    consent::{FirstContactRule, rules_of},
    referrals::programme,
};
use words::keys;

use crate::{
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult, referrals::form::COUNTRIES},
    paths,
    shell::{Head, Nav, page},
    ui::{self, Choice, Field},
    visitor::{SignedIn, Visitor},
};

/// `GET /manage/program/first-contact`
///
/// # Errors
/// For anybody but staff.
pub async fn show(Query(kept): Query<Kept>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    if !person.actor.sees_programs() {
        return Err(PageError::NotAllowed);
    }
    let edits = person.actor.program_managing().is_some();
    let ctx = &visitor.app.ctx;
    let programme = programme(ctx).await?.ok_or(PageError::NotFound)?;
    let rules = rules_of(ctx, programme.program.id).await?;
    let names = ctx.store.referrals().names(rules.iter().map(|rule| rule.recorded_by).collect()).await?;
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_default();
    let words = visitor.words;
    let rows = rules
        .iter()
        .map(|rule| row(&visitor, rule, names.get(&rule.recorded_by).map_or("", String::as_str)))
        .collect_view();
    let list = if rules.is_empty() {
        view! { <p>{words.say(keys::FIRST_CONTACT_OFF)}</p> }.into_markup()
    } else {
        view! { <ul class="stack">{rows}</ul> }.into_markup()
    };
    let view = view! {
        <header class="page-head">
            <p class="crumb"><a href=paths::PROGRAM.to_string()>{words.say(keys::PROGRAM_TITLE)}</a></p>
            <h1>{words.say(keys::FIRST_CONTACT_TITLE)}</h1>
            <p class="lede">{words.say(keys::FIRST_CONTACT_LEDE)}</p>
        </header>
        <div class="split">
            <section class="panel" aria-labelledby="allowed">
                <header><h2 id="allowed">{words.say(keys::FIRST_CONTACT_ALLOWED)}</h2></header>
                <div class="body">{list}</div>
            </section>
            {edits.then(|| add(&visitor, &form))}
        </div>
    };
    let head = Head::new(words.say(keys::FIRST_CONTACT_TITLE)).in_nav(Nav::Incentives).compact();
    Ok(page(&visitor, head, ui::look_only(edits, view, words)))
}

fn row(visitor: &Visitor, rule: &FirstContactRule, by: &str) -> Markup {
    let words = visitor.words;
    let country = words.code("country", &rule.country.to_string().to_lowercase());
    let channel = words.code("first-contact", rule.channel.as_str());
    let recorded = words.with(
        keys::CONFLICT_BY,
        [("name", by.into()), ("when", visitor.formats().moment(rule.recorded_at).into())],
    );
    view! {
        <li class="stack-tight">
            <strong>{country}": "{channel}</strong>
            <p>{rule.ground.clone()}</p>
            <p class="small muted">{recorded}</p>
            <form method="post" action=paths::FIRST_CONTACT_END.to_string()>
                <input type="hidden" name="rule" value=rule.id.to_string()/>
                <button class="button" data-kind="plain" type="submit">{words.say(keys::FIRST_CONTACT_END)}</button>
            </form>
        </li>
    }
    .into_markup()
}

fn add(visitor: &Visitor, form: &FormState) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let field = |name, key| Field { name, label: words.say(key).into_owned(), ..Field::default() };
    let countries = COUNTRIES
        .iter()
        .map(|code| Choice {
            value: (*code).to_owned(),
            label: words.code("country", &code.to_lowercase()).into_owned(),
        })
        .collect();
    let ground = Field {
        help: Some(words.say(keys::FIRST_CONTACT_GROUND_HELP).into_owned()),
        full: true,
        maxlength: 1000,
        ..field("ground", keys::FIRST_CONTACT_GROUND)
    };
    view! {
        <section class="panel" aria-labelledby="allow">
            <header><h2 id="allow">{words.say(keys::FIRST_CONTACT_ALLOW)}</h2></header>
            <form class="form body" method="post" action=paths::FIRST_CONTACT.to_string() novalidate=true>
                {ui::error_summary(form, words)}
                <div class="fields">
                    {ui::select_field(&field("country", keys::REFER_COUNTRY), countries, form, words, assets)}
                    {ui::select_field(
                        &field("channel", keys::FIRST_CONTACT_CHANNEL),
                        channels(visitor),
                        form,
                        words,
                        assets,
                    )}
                    {ui::text_area(&ground, form, words, assets)}
                </div>
                <div><button class="button" type="submit">{words.say(keys::FIRST_CONTACT_ALLOW)}</button></div>
            </form>
        </section>
    }
    .into_markup()
}

/// The channels as options.
pub(crate) fn channels(visitor: &Visitor) -> Vec<Choice> {
    FirstContactChannel::ALL
        .iter()
        .map(|channel| Choice {
            value: channel.as_str().to_owned(),
            label: visitor.words.code("first-contact", channel.as_str()).into_owned(),
        })
        .collect()
}
