//! Moving a referral on, to an end, or back; taking one back.

use axum::{Form, extract::Path as Segment};
use domain::{
    ids::ReferralId,
    incentives::{Amount, Unit},
    referrals::{Closing, DisqualifyReason, LossReason, Move, Stage, Step},
    text::{Currency, Reason},
};
use services::referrals::{self, MoveStage, MoveStageError};

use crate::{
    forms::{Flash, FormState, Pairs},
    pages::{PageError, PageResult},
    paths::{self, Path},
    shell::go,
    visitor::{SignedIn, Visitor},
};

/// `POST /work/referrals/{id}/stage`
///
/// # Errors
/// [`PageError::NotFound`] for a referral that somebody else looks after.
pub async fn move_stage(
    Segment(id): Segment<ReferralId>,
    SignedIn { visitor, person }: SignedIn,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    let duties = referrals::duties(&visitor.app.ctx, person.actor.member).await?;
    let power = person.actor.account_managing(duties).ok_or(PageError::NotFound)?;
    let mut form = FormState::of(&pairs);
    let back = if form.value("from") == "board" { paths::BOARD } else { paths::work_referral(id) };
    let page = paths::work_referral(id);
    let Some(action) = action(&mut form) else { return form.back_to(&page, &visitor).await };
    let deal = deal(&mut form, visitor.app.ctx.host.currency);
    if !form.is_sound() {
        return form.back_to(&page, &visitor).await;
    }
    let version = version(&form);
    let moved = referrals::move_stage(&visitor.app.ctx, &power, MoveStage { referral: id, action, deal, version }).await;
    answer(moved, form, "move", &page, back, Flash::StageMoved, &visitor).await
}

/// `POST /referrals/{id}/withdrawal`
///
/// # Errors
/// [`PageError::NotFound`] for somebody else's referral.
pub async fn withdraw(
    Segment(id): Segment<ReferralId>,
    SignedIn { visitor, person }: SignedIn,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    let referrer = person.actor.referrer().ok_or(PageError::NotFound)?;
    let form = FormState::of(&pairs);
    let page = paths::referral(id);
    let moved = referrals::withdraw(&visitor.app.ctx, &referrer, id, version(&form)).await;
    answer(moved, form, "", &page, page.clone(), Flash::ReferralWithdrawn, &visitor).await
}

async fn answer(
    moved: Result<(), MoveStageError>,
    mut form: FormState,
    field: &str,
    page: &Path,
    back: Path,
    flash: Flash,
    visitor: &Visitor,
) -> PageResult {
    match moved {
        Ok(()) => {
            visitor.flash(flash).await?;
            Ok(go(&back))
        }
        Err(MoveStageError::NotFound) => Err(PageError::NotFound),
        Err(MoveStageError::Store(error)) => Err(error.into()),
        Err(error) => {
            form.refuse(field, error.to_string());
            form.back_to(page, visitor).await
        }
    }
}

fn version(form: &FormState) -> i32 {
    // A missing or mangled version is no version anybody has seen.
    form.value("version").parse().unwrap_or(-1)
}

/// The move that the form asks for; what is missing is noted.
fn action(form: &mut FormState) -> Option<Move> {
    let code = form.value("move").to_owned();
    if let Some(back) = code.strip_prefix("back-") {
        let reason = form.parse("note", Reason::parse)?;
        return Some(Move::Correct { to: Step::parse(back)?, reason });
    }
    if let Some(step) = Step::parse(&code) {
        return Some(Move::Forward(step));
    }
    let closing = match Stage::parse(&code) {
        Some(Stage::Disqualified) => {
            let why = form.parse("reason", |code| DisqualifyReason::parse(code).ok_or("reason_missing"));
            Closing::Disqualified(why?, form.parse("note", Reason::parse)?)
        }
        Some(Stage::Lost) => {
            let why = form.parse("reason", |code| LossReason::parse(code).ok_or("reason_missing"));
            Closing::Lost(why?, form.parse("note", Reason::parse)?)
        }
        _ => {
            form.refuse("move", "choice_missing");
            return None;
        }
    };
    Some(Move::Close(closing))
}

/// The size of the deal, if one was typed: `12.500`, `12500,50`, `12,500.50`.
fn deal(form: &mut FormState, currency: Currency) -> Option<Amount> {
    let typed = form.value("deal").to_owned();
    if typed.trim().is_empty() {
        return None;
    }
    let amount = minor_units(&typed).and_then(|minor| Amount::new(minor, Unit::Money(currency)).ok());
    if amount.is_none() {
        form.refuse("deal", "not_an_amount");
    }
    amount
}

/// Reads money as people type it. The last separator is the decimal one if one or two digits follow it.
fn minor_units(typed: &str) -> Option<i64> {
    let typed: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '\'' && *c != '\u{2019}').collect();
    let (whole, cents) = match typed.rfind([',', '.']) {
        Some(at) if (1..=2).contains(&(typed.len() - at - 1)) => (&typed[..at], &typed[at + 1..]),
        _ => (typed.as_str(), ""),
    };
    let whole: String = whole.chars().filter(|c| !matches!(c, ',' | '.')).collect();
    if whole.is_empty() || !whole.chars().chain(cents.chars()).all(|c| c.is_ascii_digit()) {
        return None;
    }
    let cents: i64 = format!("{cents:0<2}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents)
}

#[cfg(test)]
mod tests {
    use super::minor_units;

    #[test]
    fn money_is_read_as_people_type_it() {
        for (typed, minor) in [
            ("12500", 1_250_000),
            ("12.500", 1_250_000),
            ("12.500,50", 1_250_050),
            ("12,500.5", 1_250_050),
            ("1'000", 100_000),
            (" 7,5 ", 750),
        ] {
            assert_eq!(minor_units(typed), Some(minor), "{typed}");
        }
        for typed in ["", "-5", "1e3", "abc", "12 €", "99999999999999999999"] {
            assert_eq!(minor_units(typed), None, "{typed}");
        }
    }
}
