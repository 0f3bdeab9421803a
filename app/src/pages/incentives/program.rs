//! A programme's texts and rules.

use axum::extract::Query;
use domain::{text::Bilingual, touches::TouchRule};
use leptos::prelude::*;
use services::{incentives::Program, referrals::programme};
use words::keys;

use crate::{
    forms::{FormState, Kept},
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    ui::{self, Choice, Field},
    visitor::SignedIn,
};

/// A programme as its form shows it.
pub(crate) fn filled(program: &Program) -> FormState {
    let mut values = FormState::filled([
        ("name_de", program.name.de.clone()),
        ("name_en", program.name.en.clone()),
        ("headline_de", program.headline.de.clone()),
        ("headline_en", program.headline.en.clone()),
        ("pitch_de", program.pitch.de.clone()),
        ("pitch_en", program.pitch.en.clone()),
        ("benefit_de", program.benefit.de.clone()),
        ("benefit_en", program.benefit.en.clone()),
        ("destination_url", program.destination_url.clone().unwrap_or_default()),
        ("attribution", program.attribution.rule.as_str().to_owned()),
        ("version", program.version.to_string()),
    ]);
    if program.open {
        values.tick("open");
    }
    values
}

/// `GET /manage/program`
///
/// # Errors
/// For anybody but marketing.
pub async fn show(Query(kept): Query<Kept>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    person.actor.program_managing().ok_or(PageError::NotAllowed)?;
    let programme = programme(&visitor.app.ctx).await?.ok_or(PageError::NotFound)?;
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_else(|| filled(&programme.program));
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let line = |name: &'static str, key, optional| Field {
        name,
        label: words.say(key).into_owned(),
        optional,
        maxlength: 200,
        ..Field::default()
    };
    let area = |name: &'static str, key| Field {
        name,
        label: words.say(key).into_owned(),
        optional: true,
        maxlength: 1000,
        ..Field::default()
    };
    let rules = TouchRule::ALL
        .iter()
        .map(|rule| Choice {
            value: rule.as_str().to_owned(),
            label: words.code("touch", rule.as_str()).into_owned(),
        })
        .collect();
    let rule =
        Field { name: "attribution", label: words.say(keys::PROGRAM_RULE).into_owned(), ..Field::default() };
    let open = Field {
        name: "open",
        label: words.say(keys::PROGRAM_TAKES).into_owned(),
        optional: true,
        ..Field::default()
    };
    let destination = Field {
        help: Some(words.say(keys::PROGRAM_DESTINATION_HELP).into_owned()),
        inputmode: "url",
        full: true,
        ..line("destination_url", keys::PROGRAM_DESTINATION, true)
    };
    let theirs = form.ticked("theirs").then(|| {
        let now = &programme.program;
        let both = |text: &Bilingual| format!("{} / {}", text.de, text.en);
        let saved = vec![
            (keys::PROGRAM_NAME_DE, both(&now.name)),
            (keys::PROGRAM_HEADLINE_DE, both(&now.headline)),
            (keys::PROGRAM_PITCH_DE, both(&now.pitch)),
            (keys::PROGRAM_BENEFIT_DE, both(&now.benefit)),
            (keys::PROGRAM_DESTINATION, now.destination_url.clone().unwrap_or_default()),
            (keys::PROGRAM_RULE, words.code("touch", now.attribution.rule.as_str()).into_owned()),
            (
                keys::PROGRAM_TAKES,
                words.say(if now.open { keys::FORM_YES } else { keys::FORM_NO }).into_owned(),
            ),
        ];
        ui::saved_meanwhile(saved, &visitor)
    });
    let view = view! {
        <header class="page-head">
            <p class="crumb"><a href=paths::INCENTIVES.to_string()>{words.say(keys::NAV_INCENTIVES)}</a></p>
            <h1>{words.say(keys::PROGRAM_TITLE)}</h1>
            <p class="lede">{words.say(keys::PROGRAM_LEDE)}</p>
            <p><a href=paths::FIRST_CONTACT.to_string()>{words.say(keys::FIRST_CONTACT_TITLE)}</a></p>
            <p><a href=paths::PROGRAM_QUESTIONS.to_string()>{words.say(keys::QUESTIONS_TITLE)}</a></p>
        </header>
        <form class="form" method="post" action=paths::PROGRAM.to_string() novalidate=true>
            {ui::error_summary(&form, words)}
            {theirs}
            <input type="hidden" name="version" value=form.value("version").to_owned()/>
            <div class="fields">
                {ui::text_field(&line("name_de", keys::PROGRAM_NAME_DE, false), &form, words, assets)}
                {ui::text_field(&line("name_en", keys::PROGRAM_NAME_EN, false), &form, words, assets)}
                {ui::text_field(&line("headline_de", keys::PROGRAM_HEADLINE_DE, false), &form, words, assets)}
                {ui::text_field(&line("headline_en", keys::PROGRAM_HEADLINE_EN, false), &form, words, assets)}
                {ui::text_area(&area("pitch_de", keys::PROGRAM_PITCH_DE), &form, words, assets)}
                {ui::text_area(&area("pitch_en", keys::PROGRAM_PITCH_EN), &form, words, assets)}
                {ui::text_area(&area("benefit_de", keys::PROGRAM_BENEFIT_DE), &form, words, assets)}
                {ui::text_area(&area("benefit_en", keys::PROGRAM_BENEFIT_EN), &form, words, assets)}
                {ui::text_field(&destination, &form, words, assets)}
                {ui::select_field(&rule, rules, &form, words, assets)}
                {ui::tick_box(&open, &form, words, assets)}
            </div>
            <div><button class="button" type="submit">{words.say(keys::PROGRAM_SAVE)}</button></div>
        </form>
    };
    Ok(page(&visitor, Head::new(words.say(keys::PROGRAM_TITLE)).in_nav(Nav::Incentives).compact(), view))
}
