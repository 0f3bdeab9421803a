//! Moving a referral on, to an end, or back; taking one back.

use axum::{Form, extract::Path as Segment};
use domain::{
    ids::ReferralId,
    incentives::{Amount, Unit},
    referrals::{Closing, DisqualifyReason, LossReason, Move, Pipeline, Stage, Step, Stop},
    text::{Currency, Reason},
};
use services::referrals::{self, MoveStage, MoveStageError, detail_for_staff};

use crate::{
    forms::{Flash, FormState, Pairs, minor_units},
    pages::{PageError, PageResult, referrals::stages::Stages},
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
    let pipeline = Stages::of(&visitor).await?.pipeline;
    let Some(action) = action(&mut form, &pipeline) else { return form.back_to(&page, &visitor).await };
    let deal = deal(&mut form, "deal", visitor.app.ctx.host.currency);
    let note = form.parse_given("note", Reason::parse);
    if !form.is_sound() {
        return form.back_to(&page, &visitor).await;
    }
    let command = MoveStage { referral: id, action, deal, note, version: form.version() };
    let ctx = &visitor.app.ctx;
    let moved = match form.value("key") {
        "" => referrals::move_stage(ctx, &power, command).await,
        key => referrals::move_by_form(ctx, &power, command, key).await,
    };
    if matches!(moved, Err(MoveStageError::Stale)) {
        // Both versions are shown where the move was made; sent once more, it is made on what is stored now.
        let now = detail_for_staff(ctx, &power, id).await?.ok_or(PageError::NotFound)?;
        form.overtaken(now.stored.version);
        form.set("referral", id.to_string());
        form.refuse("", MoveStageError::Stale.to_string());
        return form.back_to(&back, &visitor).await;
    }
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
    let moved = referrals::withdraw(&visitor.app.ctx, &referrer, id, form.version()).await;
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
            let field = match error {
                MoveStageError::DealNotWon | MoveStageError::Currency => "deal",
                _ => field,
            };
            form.refuse(field, error.to_string());
            form.back_to(page, visitor).await
        }
    }
}

/// The move that the form asks for; what is missing is noted.
fn action(form: &mut FormState, pipeline: &Pipeline) -> Option<Move> {
    let code = form.value("move").to_owned();
    if let Some(back) = code.strip_prefix("back-") {
        let reason = form.parse("note", Reason::parse)?;
        return Some(Move::Correct { to: Step::parse(back)?, reason });
    }
    match Stop::parse(&code) {
        Some(Stop::Step(step)) => return Some(Move::Forward(step)),
        Some(Stop::Between(id)) => {
            let stage = pipeline.sub_stage(id).cloned();
            if stage.is_none() {
                form.refuse("move", MoveStageError::StageGone.to_string());
            }
            return stage.map(Move::Enter);
        }
        None => {}
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
pub(super) fn deal(form: &mut FormState, field: &str, currency: Currency) -> Option<Amount> {
    let typed = form.value(field).to_owned();
    if typed.trim().is_empty() {
        return None;
    }
    let amount = minor_units(&typed).and_then(|minor| Amount::new(minor, Unit::Money(currency)).ok());
    if amount.is_none() {
        form.refuse(field, "not_an_amount");
    }
    amount
}
