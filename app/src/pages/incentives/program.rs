//! A programme's texts and rules.

use axum::extract::Query;
use domain::{referrals::WonMeans, text::Language, touches::TouchRule, triple_win::WinKind};
use leptos::prelude::*;
use services::{incentives::Program, referrals::programme};
use words::keys;

use crate::{
    forms::{FormState, Kept, as_typed},
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    ui::{self, Choice, Field},
    visitor::SignedIn,
};

/// What the field of the benefit's kind says where there is no benefit.
pub(crate) const NO_BENEFIT: &str = "none";

/// What a host can give a new customer's company (`core.md`, win entries).
pub(crate) const BENEFITS: [WinKind; 3] = [WinKind::Money, WinKind::Saving, WinKind::Access];

/// A programme as its form shows it.
pub(crate) fn filled(program: &Program, language: Language) -> FormState {
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
        ("window_days", program.attribution.window.num_days().to_string()),
        ("won_means", program.won_means.as_str().to_owned()),
        (
            "benefit_amount",
            program
                .benefit_amount
                .map(|worth| as_typed(worth.value(), worth.unit(), language))
                .unwrap_or_default(),
        ),
        ("benefit_kind", program.benefit_kind.map_or(NO_BENEFIT, WinKind::as_str).to_owned()),
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
/// For anybody but staff.
pub async fn show(Query(kept): Query<Kept>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    if !person.actor.sees_programs() {
        return Err(PageError::NotAllowed);
    }
    let edits = person.actor.program_managing().is_some();
    let programme = programme(&visitor.app.ctx).await?.ok_or(PageError::NotFound)?;
    let form = FormState::kept(&kept, &visitor)
        .await?
        .unwrap_or_else(|| filled(&programme.program, visitor.words.language()));
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
    let window = Field {
        help: Some(words.say(keys::PROGRAM_WINDOW_HELP).into_owned()),
        inputmode: "numeric",
        maxlength: 3,
        ..line("window_days", keys::PROGRAM_WINDOW, false)
    };
    let won = Field {
        help: Some(words.say(keys::PROGRAM_WON_HELP).into_owned()),
        ..line("won_means", keys::PROGRAM_WON, false)
    };
    let wons = WonMeans::ALL
        .iter()
        .map(|means| Choice {
            value: means.as_str().to_owned(),
            label: words.code("won-means", means.as_str()).into_owned(),
        })
        .collect();
    let benefit = line("benefit_kind", keys::PROGRAM_BENEFIT_KIND, false);
    let worth = Field {
        label: words.with(
            keys::PROGRAM_BENEFIT_AMOUNT,
            [("currency", visitor.app.ctx.host.currency.as_str().into())],
        ),
        help: Some(words.say(keys::PROGRAM_BENEFIT_AMOUNT_HELP).into_owned()),
        inputmode: "decimal",
        maxlength: 20,
        ..line("benefit_amount", keys::PROGRAM_BENEFIT_KIND, true)
    };
    let benefits = std::iter::once(NO_BENEFIT)
        .chain(BENEFITS.map(WinKind::as_str))
        .map(|kind| Choice { value: kind.to_owned(), label: words.code("benefit-kind", kind).into_owned() })
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
    let theirs = form.is_overtaken().then(|| {
        let now = &programme.program;
        let saved = vec![
            (keys::PROGRAM_NAME_DE, ui::both(&now.name)),
            (keys::PROGRAM_HEADLINE_DE, ui::both(&now.headline)),
            (keys::PROGRAM_PITCH_DE, ui::both(&now.pitch)),
            (keys::PROGRAM_BENEFIT_DE, ui::both(&now.benefit)),
            (keys::PROGRAM_DESTINATION, now.destination_url.clone().unwrap_or_default()),
            (
                keys::PROGRAM_BENEFIT_KIND,
                words.code("benefit-kind", now.benefit_kind.map_or(NO_BENEFIT, WinKind::as_str)).into_owned(),
            ),
            (keys::PROGRAM_RULE, words.code("touch", now.attribution.rule.as_str()).into_owned()),
            (keys::PROGRAM_WINDOW, now.attribution.window.num_days().to_string()),
            (keys::PROGRAM_WON, words.code("won-means", now.won_means.as_str()).into_owned()),
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
            <p class="cluster">
                <a href=paths::STAGES.to_string()>{words.say(keys::STAGES_TITLE)}</a>
                <a href=paths::PROGRAM_QUESTIONS.to_string()>{words.say(keys::QUESTIONS_TITLE)}</a>
                <a href=paths::FIRST_CONTACT.to_string()>{words.say(keys::FIRST_CONTACT_TITLE)}</a>
            </p>
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
                {ui::select_field(&benefit, benefits, &form, words, assets)}
                {ui::text_field(&worth, &form, words, assets)}
                {ui::text_field(&destination, &form, words, assets)}
                {ui::select_field(&rule, rules, &form, words, assets)}
                {ui::text_field(&window, &form, words, assets)}
                {ui::select_field(&won, wons, &form, words, assets)}
                {ui::tick_box(&open, &form, words, assets)}
            </div>
            <div><button class="button" type="submit">{words.say(keys::PROGRAM_SAVE)}</button></div>
        </form>
    };
    Ok(page(
        &visitor,
        Head::new(words.say(keys::PROGRAM_TITLE)).in_nav(Nav::Incentives).compact(),
        ui::look_only(edits, view, words),
    ))
}
