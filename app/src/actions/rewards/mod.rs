//! Marketing's acts on rewards. Each form names the version its reader saw; whoever was slower sees how it stands now.

pub mod conversions;
pub mod credits;
pub mod introductions;
pub mod receipts;
pub mod shortfalls;

use axum::{Form, extract::Path as Segment, response::Response};
use chrono::NaiveDate;
use domain::{ids::RewardId, rewards::TaxCategory, text::Reason};
use services::rewards::{
    ActError, TakeBack, approve, categorise, decline, deliver, plan_delivery, take_back,
};

use crate::{
    forms::{Flash, FormState, Pairs, day},
    pages::{
        PageError, PageResult,
        rewards::{category::From, parts::field_id},
    },
    paths::{self, Path},
    shell::go,
    visitor::{SignedIn, Visitor},
};

/// A posted form about one reward.
struct Act {
    form: FormState,
    reward: RewardId,
    version: i32,
}

impl Act {
    fn of(reward: RewardId, mut pairs: Pairs, act: &str) -> Self {
        // So that the page finds the form again among all the others.
        pairs.push(("reward".to_owned(), reward.to_string()));
        pairs.push(("act".to_owned(), act.to_owned()));
        let form = FormState::of(&pairs);
        let version = form.version();
        Self { form, reward, version }
    }

    fn field(&self, name: &str) -> String {
        field_id(name, self.reward)
    }

    /// The reason, or a note at its field.
    fn reason(&mut self) -> Option<Reason> {
        match Reason::parse(self.form.value("reason")) {
            Ok(reason) => Some(reason),
            Err(error) => {
                let field = self.field("reason");
                self.form.refuse(&field, error.code());
                None
            }
        }
    }

    /// A day; `None` with a note at its field if it is none.
    fn day(&mut self, name: &str) -> Option<NaiveDate> {
        match day(self.form.value(name)) {
            Ok(day) => Some(day),
            Err(code) => {
                let field = self.field(name);
                self.form.refuse(&field, code);
                None
            }
        }
    }

    async fn back(self, page: &Path, visitor: &Visitor) -> Result<Response, PageError> {
        self.form.back_to(page, visitor).await
    }

    /// What a refusal of the use case becomes: a page, or the form again with its sentence.
    async fn refuse(mut self, error: ActError, page: &Path, visitor: &Visitor) -> PageResult {
        match error {
            ActError::NotFound => Err(PageError::NotFound),
            ActError::NotAllowed => Err(PageError::NotAllowed),
            ActError::Store(error) => Err(error.into()),
            ActError::Proof(ref proof) => {
                let day = matches!(
                    proof,
                    domain::rewards::ProofError::DayMissing | domain::rewards::ProofError::InFuture
                );
                let receipt = matches!(proof, domain::rewards::ProofError::ReceiptMissing);
                let field = self.field(if day {
                    "on"
                } else if receipt {
                    "file"
                } else {
                    "reference"
                });
                self.form.refuse(&field, error.to_string());
                self.back(page, visitor).await
            }
            ActError::Owner => {
                let field = self.field("owner");
                self.form.refuse(&field, error.to_string());
                self.back(page, visitor).await
            }
            ActError::Stale
            | ActError::Rule(_)
            | ActError::Introduction(_)
            | ActError::Shortfall(_)
            | ActError::NoSeats
            | ActError::FeatureOver => {
                let field = self.field("reward");
                self.form.refuse(&field, error.to_string());
                self.back(page, visitor).await
            }
        }
    }
}

async fn done(visitor: &Visitor, flash: Flash, page: &Path) -> PageResult {
    visitor.flash(flash).await?;
    Ok(go(page))
}

/// `POST /work/rewards/{id}/approval`
///
/// # Errors
/// When the memory fails, or the actor may not.
pub async fn approve_one(
    Segment(reward): Segment<RewardId>,
    SignedIn { visitor, person }: SignedIn,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    let act = Act::of(reward, pairs, "approve");
    match approve(&visitor.app.ctx, &person.actor, reward, act.version).await {
        Ok(true) => done(&visitor, Flash::RewardApproved, &paths::APPROVALS).await,
        Ok(false) => done(&visitor, Flash::RewardFirstApproval, &paths::APPROVALS).await,
        Err(error) => act.refuse(error, &paths::APPROVALS, &visitor).await,
    }
}

/// `POST /work/rewards/{id}/refusal`
///
/// # Errors
/// When the memory fails, or the actor may not.
pub async fn decline_one(
    Segment(reward): Segment<RewardId>,
    SignedIn { visitor, person }: SignedIn,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    let mut act = Act::of(reward, pairs, "decline");
    let Some(reason) = act.reason() else { return act.back(&paths::APPROVALS, &visitor).await };
    match decline(&visitor.app.ctx, &person.actor, reward, act.version, &reason).await {
        Ok(()) => done(&visitor, Flash::RewardDeclined, &paths::APPROVALS).await,
        Err(error) => act.refuse(error, &paths::APPROVALS, &visitor).await,
    }
}

/// `POST /work/rewards/{id}/delivery`
///
/// # Errors
/// When the memory fails, or the actor may not.
pub async fn deliver_one(
    Segment(reward): Segment<RewardId>,
    SignedIn { visitor, person }: SignedIn,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    let mut act = Act::of(reward, pairs, "deliver");
    let on = if act.form.value("on").trim().is_empty() { None } else { act.day("on") };
    if !act.form.is_sound() {
        return act.back(&paths::DELIVERIES, &visitor).await;
    }
    let reference = act.form.value("reference");
    match deliver(&visitor.app.ctx, &person.actor, reward, act.version, reference, on).await {
        Ok(()) => done(&visitor, Flash::RewardDelivered, &paths::DELIVERIES).await,
        Err(error) => act.refuse(error, &paths::DELIVERIES, &visitor).await,
    }
}

/// `POST /work/rewards/{id}/plan`
///
/// # Errors
/// When the memory fails, or the actor may not.
pub async fn plan_one(
    Segment(reward): Segment<RewardId>,
    SignedIn { visitor, person }: SignedIn,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    let mut act = Act::of(reward, pairs, "plan");
    let Some(due) = act.day("due") else { return act.back(&paths::DELIVERIES, &visitor).await };
    let owner = match act.form.value("owner") {
        "" => None,
        typed => match typed.parse() {
            Ok(owner) => Some(owner),
            Err(_) => return act.refuse(ActError::Owner, &paths::DELIVERIES, &visitor).await,
        },
    };
    match plan_delivery(&visitor.app.ctx, &person.actor, reward, act.version, owner, due).await {
        Ok(()) => done(&visitor, Flash::DeliveryPlanned, &paths::DELIVERIES).await,
        Err(error) => act.refuse(error, &paths::DELIVERIES, &visitor).await,
    }
}

/// `POST /work/rewards/{id}/return`
///
/// # Errors
/// When the memory fails, or the actor may not.
pub async fn take_one_back(
    Segment(reward): Segment<RewardId>,
    SignedIn { visitor, person }: SignedIn,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    let page = paths::work_reward(reward);
    let mut act = Act::of(reward, pairs, "return");
    let reason = act.reason();
    let why = match act.form.value("why") {
        "fraud" => Some(TakeBack::Fraud),
        "revoked" => Some(TakeBack::Revocation),
        _ => {
            let percent = act.form.value("percent").trim().parse().ok().filter(|n| (1..=100).contains(n));
            if percent.is_none() {
                let field = act.field("percent");
                act.form.refuse(&field, "not_a_percentage");
            }
            percent.map(|percent| TakeBack::Refund { percent })
        }
    };
    let (Some(reason), Some(why)) = (reason, why) else {
        return act.back(&page, &visitor).await;
    };
    match take_back(&visitor.app.ctx, &person.actor, reward, act.version, why, &reason).await {
        Ok(()) => done(&visitor, Flash::RewardTakenBack, &page).await,
        Err(error) => act.refuse(error, &page, &visitor).await,
    }
}

/// `POST /work/rewards/{id}/category`
///
/// # Errors
/// When the memory fails, or the actor may not.
pub async fn categorise_one(
    Segment(reward): Segment<RewardId>,
    SignedIn { visitor, person }: SignedIn,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    person.actor.approving().ok_or(PageError::NotAllowed)?;
    let mut act = Act::of(reward, pairs, "category");
    let page = match act.form.value("from") {
        from if from == From::Approvals.as_str() => paths::APPROVALS,
        from if from == From::Deliveries.as_str() => paths::DELIVERIES,
        _ => paths::work_reward(reward),
    };
    let Some(category) = TaxCategory::parse(act.form.value("category")) else {
        let field = act.field("category");
        act.form.refuse(&field, "not_a_category");
        return act.back(&page, &visitor).await;
    };
    let seen = TaxCategory::parse(act.form.value("seen"));
    match categorise(&visitor.app.ctx, &person.actor, reward, seen, category).await {
        Ok(()) => done(&visitor, Flash::RewardCategorised, &page).await,
        Err(error) => act.refuse(error, &page, &visitor).await,
    }
}
