//! Writing and ending rules, recording sign-offs, letting held rewards go.

use axum::{Form, extract::Path as Segment};
use domain::{
    accounts::RecipientKind,
    compliance::{Cap, CapPeriod, Effect, EffectCode, RuleVersion, Scope, Section},
    ids::{ComplianceRuleId, RewardId},
    incentives::{Amount, IncentiveKind, Unit},
    rewards::Side,
    text::{Bilingual, Country, PersonName, Reason},
};
use services::compliance::{
    NewSignOff, ReleaseError, RuleDraft, SaveRuleError, SignOffError, end_rule, overview, release, save_rule,
    sign_off,
};

use crate::{
    forms::{Flash, FormState, Pairs, day, number},
    pages::{PageError, PageResult, rewards::parts::field_id},
    paths::{self, Path},
    shell::go,
    visitor::{SignedIn, Visitor},
};

/// What the form says, or notes of what is wrong with it.
pub(crate) fn draft(form: &mut FormState, of: Option<ComplianceRuleId>) -> Option<RuleDraft> {
    let market = form.parse("market", Country::parse);
    let scope = Scope {
        section: Section::parse(form.value("section")),
        recipient: RecipientKind::parse(form.value("recipient")),
        kind: IncentiveKind::parse(form.value("kind")),
        side: Side::parse(form.value("side")),
    };
    let effect = form.parse("effect", |code| EffectCode::parse(code).ok_or("malformed"));
    let effect = effect.and_then(|effect| match effect {
        EffectCode::Allow => Some(Effect::Allow),
        EffectCode::Approval => Some(Effect::Approval),
        EffectCode::Forbid => Some(Effect::Forbid),
        EffectCode::Cap => cap(form).map(Effect::Cap),
    });
    let basis = form.parse("legal_basis", Reason::parse);
    let (de, en) = (form.parse("disclosure_de", Reason::parse), form.parse("disclosure_en", Reason::parse));
    let review_on = form.parse_given("review_on", day);
    let version = form.version();
    if !form.is_sound() {
        return None;
    }
    Some(RuleDraft {
        of: of.map(|rule| RuleVersion { rule, version }),
        market: market?,
        scope,
        effect: effect?,
        legal_basis: basis?.as_str().to_owned(),
        disclosure: Bilingual::new(de?.as_str(), en?.as_str()),
        review_on,
    })
}

fn cap(form: &mut FormState) -> Option<Cap> {
    let unit = form.parse("cap_unit", |code| Unit::parse(code).ok_or("malformed"))?;
    let period = form.parse("cap_period", |code| CapPeriod::parse(code).ok_or("malformed"))?;
    let typed = number(form, "cap_amount", unit);
    if !form.is_sound() {
        return None;
    }
    match Amount::new(typed.unwrap_or(0), unit) {
        Ok(amount) => Some(Cap { amount, period }),
        Err(_) => {
            form.refuse("cap_amount", "rule_cap");
            None
        }
    }
}

/// `POST /manage/compliance/rules/new`
///
/// # Errors
/// When the memory fails, or for anybody but marketing.
pub async fn add(signed_in: SignedIn, Form(pairs): Form<Pairs>) -> PageResult {
    save(signed_in, pairs, None, &paths::NEW_RULE).await
}

/// `POST /manage/compliance/rules/{id}`
///
/// # Errors
/// When the memory fails, there is no such rule, or for anybody but marketing.
pub async fn change(
    Segment(rule): Segment<ComplianceRuleId>,
    signed_in: SignedIn,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    save(signed_in, pairs, Some(rule), &paths::compliance_rule(rule)).await
}

async fn save(
    SignedIn { visitor, person }: SignedIn,
    pairs: Pairs,
    of: Option<ComplianceRuleId>,
    page: &Path,
) -> PageResult {
    let power = person.actor.program_managing().ok_or(PageError::NotAllowed)?;
    let mut form = FormState::of(&pairs);
    let Some(draft) = draft(&mut form, of) else { return form.back_to(page, &visitor).await };
    if form.value("act") == "look" {
        return form.back_to(page, &visitor).await;
    }
    let market = draft.market;
    match save_rule(&visitor.app.ctx, power, draft).await {
        Ok(_) => {
            visitor.flash(Flash::Saved).await?;
            Ok(go(&paths::compliance(market)))
        }
        Err(error) => {
            if let (SaveRuleError::Stale, Some(rule)) = (&error, of) {
                let latest = overview(&visitor.app.ctx, &person.actor).await?;
                let latest =
                    latest.and_then(|found| found.law.history(rule).last().map(|one| one.rule.id.version));
                form.overtaken(latest.unwrap_or(-1));
            }
            refuse(form, error, page, &visitor).await
        }
    }
}

async fn refuse(mut form: FormState, error: SaveRuleError, page: &Path, visitor: &Visitor) -> PageResult {
    let field = match &error {
        SaveRuleError::NotFound => return Err(PageError::NotFound),
        SaveRuleError::Store(_) => "",
        SaveRuleError::Recipient => "recipient",
        SaveRuleError::Kind => "kind",
        SaveRuleError::ReviewPast => "review_on",
        SaveRuleError::Double | SaveRuleError::Stale => "",
    };
    if let SaveRuleError::Store(error) = error {
        return Err(error.into());
    }
    form.refuse(field, error.to_string());
    form.back_to(page, visitor).await
}

/// `POST /manage/compliance/rules/{id}/end`
///
/// # Errors
/// When the memory fails, there is no such rule, or for anybody but marketing.
pub async fn end(
    Segment(rule): Segment<ComplianceRuleId>,
    SignedIn { visitor, person }: SignedIn,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    let power = person.actor.program_managing().ok_or(PageError::NotAllowed)?;
    let form = FormState::of(&pairs);
    match end_rule(&visitor.app.ctx, power, RuleVersion { rule, version: form.version() }).await {
        Ok(()) => {
            visitor.flash(Flash::Saved).await?;
            Ok(go(&paths::COMPLIANCE))
        }
        // The page shows the rule as it stands now: nothing was typed that could be lost.
        Err(error) => refuse(FormState::default(), error, &paths::compliance_rule(rule), &visitor).await,
    }
}

/// `POST /manage/compliance/sign-off`
///
/// # Errors
/// When the memory fails, there is no such market, or for anybody but marketing.
pub async fn sign(SignedIn { visitor, person }: SignedIn, Form(pairs): Form<Pairs>) -> PageResult {
    let power = person.actor.program_managing().ok_or(PageError::NotAllowed)?;
    let mut form = FormState::of(&pairs);
    let market = Country::parse(form.value("market")).map_err(|_| PageError::NotFound)?;
    let page = paths::compliance(market);
    let counsel = form.parse("counsel", PersonName::parse);
    let signed_on = form.parse("signed_on", day);
    let document = form.parse("document", Reason::parse);
    let (Some(counsel), Some(signed_on), Some(document)) = (counsel, signed_on, document) else {
        return form.back_to(&page, &visitor).await;
    };
    let document = document.as_str().to_owned();
    let new = NewSignOff { market, set_number: form.version(), counsel, signed_on, document };
    let field = match sign_off(&visitor.app.ctx, power, new).await {
        Ok(()) => {
            visitor.flash(Flash::Saved).await?;
            return Ok(go(&page));
        }
        Err(SignOffError::NotFound) => return Err(PageError::NotFound),
        Err(SignOffError::Store(error)) => return Err(error.into()),
        Err(error @ SignOffError::Future) => ("signed_on", error),
        Err(error @ SignOffError::DocumentMissing) => ("document", error),
        Err(error @ SignOffError::Stale) => ("", error),
    };
    form.refuse(field.0, field.1.to_string());
    form.back_to(&page, &visitor).await
}

/// `POST /work/held/{id}/release`
///
/// # Errors
/// When the memory fails, nothing is held there, or for those who may not decide about rewards.
pub async fn let_go(
    Segment(reward): Segment<RewardId>,
    SignedIn { visitor, person }: SignedIn,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    person.actor.approving().ok_or(PageError::NotAllowed)?;
    let mut form = FormState::of(&pairs);
    let field = field_id("reason", reward);
    form.set("reward", reward.to_string());
    let typed = form.value(&field).to_owned();
    form.set("reason", typed);
    let Some(reason) = form.parse(&field, Reason::parse) else {
        return form.back_to(&paths::HELD, &visitor).await;
    };
    match release(&visitor.app.ctx, &person.actor, reward, form.version(), &reason).await {
        Ok(()) => {
            visitor.flash(Flash::Saved).await?;
            Ok(go(&paths::HELD))
        }
        Err(ReleaseError::NotAllowed) => Err(PageError::NotAllowed),
        Err(ReleaseError::NotFound) => Err(PageError::NotFound),
        Err(ReleaseError::Store(error)) => Err(error.into()),
        Err(error) => {
            form.refuse(&field, error.to_string());
            form.back_to(&paths::HELD, &visitor).await
        }
    }
}
