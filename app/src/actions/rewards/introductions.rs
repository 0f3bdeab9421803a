//! The steps of an introduction: promised and made by staff, confirmed or disputed by the advocate.

use axum::{Form, extract::Path as Segment};
use domain::{
    ids::RewardId,
    rewards::{IntroductionAnswer, IntroductionError, IntroductionFit, Whom},
    text::{CompanyName, Reason, RoleTitle, TextError},
};
use services::rewards::{
    ActError, confirm_introduction, dispute_introduction, introduce, promise_introduction,
};

use super::{Act, done};
use crate::{
    forms::{Flash, Pairs},
    pages::{PageError, PageResult},
    paths::{self, Path},
    visitor::{SignedIn, Visitor},
};

impl Act {
    /// A text, or a note at its field.
    fn text<T>(&mut self, name: &str, parse: impl FnOnce(&str) -> Result<T, TextError>) -> Option<T> {
        match parse(self.form.value(name)) {
            Ok(text) => Some(text),
            Err(error) => {
                let field = self.field(name);
                self.form.refuse(&field, error.code());
                None
            }
        }
    }

    /// What a refusal becomes: a step's own refusal stands at the day that it is about.
    async fn refuse_step(mut self, error: ActError, day: &str, page: &Path, visitor: &Visitor) -> PageResult {
        match error {
            ActError::Introduction(refusal @ (IntroductionError::InFuture | IntroductionError::DueOver)) => {
                let field = self.field(day);
                self.form.refuse(&field, refusal.code());
                self.back(page, visitor).await
            }
            error => self.refuse(error, page, visitor).await,
        }
    }
}

/// `POST /work/rewards/{id}/promise`
///
/// # Errors
/// When the memory fails, or the actor may not.
pub async fn promise(
    Segment(reward): Segment<RewardId>,
    SignedIn { visitor, person }: SignedIn,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    person.actor.delivering().ok_or(PageError::NotAllowed)?;
    let mut act = Act::of(reward, pairs, "promise");
    let company = act.text("whom", CompanyName::parse);
    let role = act.text("role", RoleTitle::parse);
    let due = act.day("due");
    let (Some(company), Some(role), Some(due)) = (company, role, due) else {
        return act.back(&paths::DELIVERIES, &visitor).await;
    };
    let whom = Whom { company, role };
    match promise_introduction(&visitor.app.ctx, &person.actor, reward, act.version, whom, due).await {
        Ok(()) => done(&visitor, Flash::IntroductionPromised, &paths::DELIVERIES).await,
        Err(error) => act.refuse_step(error, "due", &paths::DELIVERIES, &visitor).await,
    }
}

/// `POST /work/rewards/{id}/introduction`
///
/// # Errors
/// When the memory fails, or the actor may not.
pub async fn made(
    Segment(reward): Segment<RewardId>,
    SignedIn { visitor, person }: SignedIn,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    person.actor.delivering().ok_or(PageError::NotAllowed)?;
    let mut act = Act::of(reward, pairs, "introduce");
    let Some(on) = act.day("on") else { return act.back(&paths::DELIVERIES, &visitor).await };
    match introduce(&visitor.app.ctx, &person.actor, reward, act.version, on).await {
        Ok(()) => done(&visitor, Flash::IntroductionMade, &paths::DELIVERIES).await,
        Err(error) => act.refuse_step(error, "on", &paths::DELIVERIES, &visitor).await,
    }
}

/// `POST /rewards/{id}/introduction`: `answer` says whether it took place.
///
/// # Errors
/// When the memory fails, or the reward is not the actor's.
pub async fn answer(
    Segment(reward): Segment<RewardId>,
    SignedIn { visitor, person }: SignedIn,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    let referrer = person.actor.referrer().ok_or(PageError::NotAllowed)?;
    let page = &paths::GIVEN_AND_RECEIVED;
    let ctx = &visitor.app.ctx;
    let mut act = Act::of(reward, pairs, "answer");
    if act.form.value("answer") == "no" {
        let Some(reason) = act.reason() else { return act.back(page, &visitor).await };
        return match dispute_introduction(ctx, &referrer, reward, act.version, reason).await {
            Ok(()) => done(&visitor, Flash::IntroductionDisputed, page).await,
            Err(error) => act.refuse(error, page, &visitor).await,
        };
    }
    let fit = IntroductionFit::parse(act.form.value("fit"));
    if fit.is_none() {
        let field = act.field("fit");
        act.form.refuse(&field, "choice_missing");
    }
    let note = match act.form.value("note").trim() {
        "" => None,
        _ => act.text("note", Reason::parse),
    };
    let (Some(fit), true) = (fit, act.form.is_sound()) else { return act.back(page, &visitor).await };
    let answer = IntroductionAnswer { fit, note };
    match confirm_introduction(ctx, &referrer, reward, act.version, answer).await {
        Ok(()) => done(&visitor, Flash::IntroductionConfirmed, page).await,
        Err(error) => act.refuse(error, page, &visitor).await,
    }
}
