//! `POST /manage/program`

use std::ops::RangeInclusive;

use axum::Form;
use chrono::TimeDelta;
use domain::{
    incentives::{Amount, Unit},
    referrals::WonMeans,
    text::{Bilingual, Currency},
    touches::{AttributionSettings, TouchRule},
    triple_win::WinKind,
};
use services::{
    incentives::{self, Program, SaveProgramError},
    referrals::programme,
};

use crate::{
    forms::{Flash, FormState, Pairs, minor_units},
    pages::{
        PageError, PageResult,
        incentives::program::{BENEFITS, NO_BENEFIT},
    },
    paths,
    shell::go,
    visitor::SignedIn,
};

/// How long a touch may count, in days.
const WINDOW_DAYS: RangeInclusive<i64> = 1..=365;

/// `POST /manage/program`
///
/// # Errors
/// For anybody but marketing.
pub async fn save_program(SignedIn { visitor, person }: SignedIn, Form(pairs): Form<Pairs>) -> PageResult {
    let power = person.actor.program_managing().ok_or(PageError::NotAllowed)?;
    let current = programme(&visitor.app.ctx).await?.ok_or(PageError::NotFound)?.program;
    let mut form = FormState::of(&pairs);
    let rule = form.parse("attribution", |code| TouchRule::parse(code).ok_or("choice_missing"));
    let days = form.parse("window_days", |typed| {
        let days = typed.trim().parse().ok().filter(|days| WINDOW_DAYS.contains(days));
        days.ok_or("window_days")
    });
    let won_means = form.parse("won_means", |code| WonMeans::parse(code).ok_or("choice_missing"));
    let benefit_kind = form.parse("benefit_kind", |code| match code {
        NO_BENEFIT => Ok(None),
        _ => BENEFITS.into_iter().find(|kind| kind.as_str() == code).map(Some).ok_or("choice_missing"),
    });
    let benefit_amount = benefit_amount(&mut form, benefit_kind, visitor.app.ctx.host.currency);
    let (Some(rule), Some(days), Some(won_means), Some(benefit_kind), true) =
        (rule, days, won_means, benefit_kind, form.is_sound())
    else {
        return form.back_to(&paths::PROGRAM, &visitor).await;
    };
    let both = |name: &str| {
        let text = |language: &str| form.value(&format!("{name}_{language}")).trim().to_owned();
        Bilingual::new(text("de"), text("en"))
    };
    let destination = form.value("destination_url").trim();
    let changed = Program {
        open: form.ticked("open"),
        name: both("name"),
        headline: both("headline"),
        pitch: both("pitch"),
        benefit: both("benefit"),
        destination_url: (!destination.is_empty()).then(|| destination.to_owned()),
        attribution: AttributionSettings { rule, window: TimeDelta::days(days) },
        won_means,
        benefit_kind,
        benefit_amount,
        version: form.version(),
        ..current
    };
    match incentives::save_program(&visitor.app.ctx, &power, &changed).await {
        Ok(()) => {
            visitor.flash(Flash::Saved).await?;
            Ok(go(&paths::INCENTIVES))
        }
        Err(SaveProgramError::Store(error)) => Err(error.into()),
        Err(error) => {
            let field = match error {
                SaveProgramError::Missing(field) => field,
                SaveProgramError::Destination => "destination_url",
                _ => "",
            };
            form.refuse(field, error.to_string());
            if matches!(error, SaveProgramError::Stale) {
                let latest = programme(&visitor.app.ctx).await?.map_or(0, |latest| latest.program.version);
                form.overtaken(latest);
            }
            form.back_to(&paths::PROGRAM, &visitor).await
        }
    }
}

/// What the benefit is worth, where that was typed; only money and savings have an amount.
fn benefit_amount(form: &mut FormState, kind: Option<Option<WinKind>>, currency: Currency) -> Option<Amount> {
    let typed = form.value("benefit_amount").trim().to_owned();
    if typed.is_empty() {
        return None;
    }
    if !matches!(kind, Some(Some(WinKind::Money | WinKind::Saving))) {
        form.refuse("benefit_amount", "benefit_amount_kind");
        return None;
    }
    let amount = minor_units(&typed).and_then(|minor| Amount::new(minor, Unit::Money(currency)).ok());
    if amount.is_none() {
        form.refuse("benefit_amount", "not_an_amount");
    }
    amount
}
