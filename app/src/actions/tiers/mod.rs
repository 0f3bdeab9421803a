//! Changing a tier.

use axum::{Form, extract::Path as Segment};
use domain::{
    text::{Bilingual, CompanyName, Reason},
    tiers::{Metric, Period, TierCode, TierRule},
};
use services::tiers::{ChangeRulesError, TierChange, change_rules, overview};

use crate::{
    forms::{Flash, FormState, Pairs},
    pages::{PageError, PageResult, tiers::manage::RULES},
    paths,
    shell::go,
    visitor::SignedIn,
};

/// `POST /manage/tiers/{code}`
///
/// # Errors
/// When the memory fails, there is no such tier, or the actor may not.
pub async fn save(
    Segment(code): Segment<String>,
    SignedIn { visitor, person }: SignedIn,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    let code = TierCode::parse(&code).map_err(|_| PageError::NotFound)?;
    let form_page = paths::manage_tier(&code);
    let mut form = FormState::of(&pairs);
    let name = |form: &mut FormState, field| form.parse(field, CompanyName::parse);
    let names = (name(&mut form, "name_de"), name(&mut form, "name_en"));
    let text = |form: &mut FormState, field| form.parse(field, Reason::parse);
    let benefits = (text(&mut form, "benefits_de"), text(&mut form, "benefits_en"));
    let rules = rules(&mut form);
    let ((Some(de), Some(en)), (Some(brings_de), Some(brings_en)), true) = (names, benefits, form.is_sound())
    else {
        return form.back_to(&form_page, &visitor).await;
    };
    let change = TierChange {
        code: code.clone(),
        version: form.version(),
        name: Bilingual::new(de.as_str(), en.as_str()),
        benefits: Bilingual::new(brings_de.as_str(), brings_en.as_str()),
        rules,
    };
    match change_rules(&visitor.app.ctx, &person.actor, change).await {
        Ok(()) => {
            visitor.flash(Flash::TierSaved).await?;
            Ok(go(&paths::MANAGE_TIERS))
        }
        Err(ChangeRulesError::NotAllowed) => Err(PageError::NotAllowed),
        Err(ChangeRulesError::NotFound) => Err(PageError::NotFound),
        Err(ChangeRulesError::Store(error)) => Err(error.into()),
        Err(error @ ChangeRulesError::Stale) => {
            form.refuse("", error.to_string());
            let latest = overview(&visitor.app.ctx, &person.actor).await?;
            let latest = latest.iter().flat_map(|found| &found.tiers).find(|named| named.tier.code == code);
            form.overtaken(latest.map_or(-1, |named| named.version));
            form.back_to(&form_page, &visitor).await
        }
        Err(error @ ChangeRulesError::Ladder(_)) => {
            form.refuse("rules", error.to_string());
            form.back_to(&form_page, &visitor).await
        }
    }
}

/// The conditions that are filled in.
fn rules(form: &mut FormState) -> Vec<TierRule> {
    let mut rules = Vec::new();
    for index in 0..RULES {
        let Some(metric) = Metric::parse(form.value(&format!("metric{index}"))) else { continue };
        let period = Period::parse(form.value(&format!("period{index}"))).unwrap_or(Period::Lifetime);
        let field = format!("value{index}");
        match form.value(&field).trim().parse() {
            Ok(at_least) => rules.push(TierRule { metric, at_least, period }),
            Err(_) => form.refuse(&field, "not_a_number"),
        }
    }
    rules
}
