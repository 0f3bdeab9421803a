//! Deciding a case of suspected misuse.

use axum::{Form, extract::Path as Segment};
use domain::{fraud::CaseVerdict, ids::CaseId, text::Reason};
use services::fraud::{DecideError, case, decide};

use crate::{
    forms::{Flash, FormState, Pairs},
    pages::{PageError, PageResult},
    paths,
    shell::go,
    visitor::SignedIn,
};

/// `POST /work/cases/{id}/decision`
///
/// # Errors
/// When the memory fails, there is no such case, or for those who may not decide about rewards.
pub async fn settle(
    Segment(id): Segment<CaseId>,
    SignedIn { visitor, person }: SignedIn,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    person.actor.approving().ok_or(PageError::NotAllowed)?;
    let page = paths::case(id);
    let mut form = FormState::of(&pairs);
    let verdict = form.parse("verdict", |code| CaseVerdict::parse(code).ok_or("verdict_missing"));
    let reason = form.parse("reason", Reason::parse);
    let (Some(verdict), Some(reason)) = (verdict, reason) else {
        return form.back_to(&page, &visitor).await;
    };
    let ctx = &visitor.app.ctx;
    match decide(ctx, &person.actor, (id, form.version()), verdict, &reason).await {
        Ok(()) => {
            visitor.flash(Flash::CaseDecided).await?;
            Ok(go(&page))
        }
        Err(DecideError::NotAllowed) => Err(PageError::NotAllowed),
        Err(DecideError::NotFound) => Err(PageError::NotFound),
        Err(DecideError::Store(error)) => Err(error.into()),
        Err(error) => {
            if matches!(error, DecideError::Stale) {
                let now = case(ctx, &person.actor, id).await?;
                form.overtaken(now.map_or(-1, |found| found.case.version));
            }
            form.refuse("", error.to_string());
            form.back_to(&page, &visitor).await
        }
    }
}
