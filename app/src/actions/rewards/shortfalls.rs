//! The decision about what was taken back after its delivery.

use axum::{Form, extract::Path as Segment};
use domain::{
    ids::ShortfallId,
    rewards::{Proof, ProofError, ShortfallDecision, ShortfallError, ShortfallState},
    text::Reason,
};
use services::rewards::{ActError, decide_shortfall, shortfall};

use crate::{
    forms::{Flash, FormState, Pairs, day},
    pages::{PageError, PageResult},
    paths,
    shell::go,
    visitor::SignedIn,
};

/// What the form decides, or notes at its fields.
fn read(form: &mut FormState, today: chrono::NaiveDate) -> Option<ShortfallDecision> {
    let on_day = |form: &mut FormState, name: &str| match day(form.value(name)) {
        Ok(day) => Some(day),
        Err(code) => {
            form.refuse(name, code);
            None
        }
    };
    match ShortfallState::parse(form.value("decision")) {
        Some(ShortfallState::SetOff) => Some(ShortfallDecision::SetOff),
        Some(ShortfallState::Waived) => Some(ShortfallDecision::Waive),
        Some(ShortfallState::AskedBack) => {
            on_day(form, "until").map(|until| ShortfallDecision::AskBack { until })
        }
        Some(ShortfallState::Returned) => {
            let on = on_day(form, "on")?;
            match Proof::new(form.value("reference"), Some(on), today) {
                Ok(proof) => Some(ShortfallDecision::Returned { proof }),
                Err(error) => {
                    let field = if error == ProofError::InFuture { "on" } else { "reference" };
                    form.refuse(field, error.code());
                    None
                }
            }
        }
        Some(ShortfallState::Open) | None => {
            form.refuse("decision", "choice_missing");
            None
        }
    }
}

/// `POST /work/shortfalls/{id}`
///
/// # Errors
/// When the memory fails, or the actor may not.
pub async fn decide(
    Segment(id): Segment<ShortfallId>,
    SignedIn { visitor, person }: SignedIn,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    person.actor.approving().ok_or(PageError::NotAllowed)?;
    let page = paths::shortfall(id);
    let ctx = &visitor.app.ctx;
    let mut form = FormState::of(&pairs);
    let version = form.version();
    let decision = read(&mut form, ctx.now().with_timezone(&ctx.host.zone).date_naive());
    let note = match Reason::parse(form.value("note")) {
        Ok(note) => Some(note),
        Err(error) => {
            form.refuse("note", error.code());
            None
        }
    };
    let (Some(decision), Some(note)) = (decision, note) else { return form.back_to(&page, &visitor).await };
    match decide_shortfall(ctx, &person.actor, id, version, decision, &note).await {
        Ok(()) => {
            visitor.flash(Flash::ShortfallDecided).await?;
            Ok(go(&page))
        }
        Err(ActError::NotFound) => Err(PageError::NotFound),
        Err(ActError::NotAllowed) => Err(PageError::NotAllowed),
        Err(ActError::Store(error)) => Err(error.into()),
        Err(error) => {
            if matches!(error, ActError::Stale)
                && let Some((now, _)) = shortfall(ctx, &person.actor, id).await?
            {
                form.overtaken(now.version);
            }
            let field = match error {
                ActError::Shortfall(ShortfallError::DayOver) => "until",
                _ => "decision",
            };
            form.refuse(field, error.to_string());
            form.back_to(&page, &visitor).await
        }
    }
}
