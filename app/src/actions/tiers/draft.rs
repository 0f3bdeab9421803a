//! Editing the draft of the tiers.

use axum::Form;
use domain::{
    text::{Bilingual, CompanyName, Reason},
    tiers::{LadderError, Metric, Period, TierCode, TierRule},
};
use services::{
    members::Person,
    tiers::{DraftTier, SaveDraftError, discard_draft, editor, save_draft},
};

use crate::{
    forms::{Flash, FormState, Pairs},
    pages::{
        PageError, PageResult,
        tiers::draft::{Edit, RULES, TEXTS, arrange, named, places, rule_field},
    },
    paths,
    shell::go,
    visitor::{SignedIn, Visitor},
};

/// `POST /manage/tiers/draft`
///
/// # Errors
/// When the memory fails, or for anybody but marketing.
pub async fn save(SignedIn { visitor, person }: SignedIn, Form(pairs): Form<Pairs>) -> PageResult {
    let ctx = &visitor.app.ctx;
    if person.actor.program_managing().is_none() {
        return Err(PageError::NotAllowed);
    }
    let mut form = FormState::of(&pairs);
    let edit = Edit::parse(form.value("do"));
    let seen = form.version();
    match edit {
        Edit::Save => {}
        Edit::Discard => {
            return match discard_draft(ctx, &person.actor, seen).await {
                Ok(()) => {
                    visitor.flash(Flash::TiersDiscarded).await?;
                    Ok(go(&paths::MANAGE_TIERS))
                }
                Err(error) => refused(error, form, &visitor, &person, &[]).await,
            };
        }
        // Nothing is saved by these: the form comes back with what was typed, in its new order.
        edit => return arrange(&form, edit).back_to(&paths::TIERS_DRAFT, &visitor).await,
    }
    let (tiers, rows) = read(&mut form);
    if !form.is_sound() {
        return form.back_to(&paths::TIERS_DRAFT, &visitor).await;
    }
    match save_draft(ctx, &person.actor, seen, tiers).await {
        Ok(()) => {
            visitor.flash(Flash::TiersSaved).await?;
            Ok(go(&paths::TIERS_PREVIEW))
        }
        Err(error) => refused(error, form, &visitor, &person, &rows).await,
    }
}

/// What a refusal becomes: a page, or a note at the tier and the condition that it belongs to. `rows` says in which row of the
/// form each condition of each tier stands.
async fn refused(
    error: SaveDraftError,
    mut form: FormState,
    visitor: &Visitor,
    person: &Person,
    rows: &[Vec<usize>],
) -> PageResult {
    let code = error.to_string();
    match error {
        SaveDraftError::NotAllowed => return Err(PageError::NotAllowed),
        SaveDraftError::Store(error) => return Err(error.into()),
        SaveDraftError::Stale => {
            form.refuse("", code);
            let latest = editor(&visitor.app.ctx, &person.actor).await?;
            form.overtaken(latest.map_or(-1, |latest| latest.version));
        }
        SaveDraftError::Count => form.refuse("", code),
        SaveDraftError::NameTaken(place) => form.refuse(&named("name_en", place), code),
        SaveDraftError::Ladder(errors) => {
            for error in errors {
                let place = usize::from(error.tier()).saturating_sub(1);
                let row = error.rule().and_then(|rule| rows.get(place)?.get(rule).copied());
                let field = match (&error, row) {
                    (LadderError::TermBelowTop { .. }, _) => named("term", place),
                    (_, Some(row)) => rule_field("value", place, row),
                    (_, None) => named("rules", place),
                };
                form.refuse(&field, error.code());
            }
        }
    }
    form.back_to(&paths::TIERS_DRAFT, visitor).await
}

/// The tiers as the form says them, and in which row each of their conditions stands; what is wrong is noted.
fn read(form: &mut FormState) -> (Vec<DraftTier>, Vec<Vec<usize>>) {
    let (mut tiers, mut rows) = (Vec::new(), Vec::new());
    for place in 0..places(form) {
        let code = TierCode::parse(form.value(&named("code", place))).ok();
        let [name_de, name_en, benefits_de, benefits_en] = TEXTS.map(|field| named(field, place));
        let names = (form.parse(&name_de, CompanyName::parse), form.parse(&name_en, CompanyName::parse));
        let benefits = (form.parse(&benefits_de, Reason::parse), form.parse(&benefits_en, Reason::parse));
        let (mut rules, mut row) = (Vec::new(), Vec::new());
        for index in 0..RULES {
            let Some(metric) = Metric::parse(form.value(&rule_field("metric", place, index))) else {
                continue;
            };
            let period = Period::parse(form.value(&rule_field("period", place, index)));
            let field = rule_field("value", place, index);
            match form.value(&field).trim().parse() {
                Ok(at_least) => {
                    rules.push(TierRule { metric, at_least, period: period.unwrap_or(Period::Lifetime) });
                    row.push(index);
                }
                Err(_) => {
                    form.refuse(&field, "not_a_number");
                }
            }
        }
        let needs_term = form.ticked(&named("term", place));
        if let ((Some(de), Some(en)), (Some(brings_de), Some(brings_en))) = (names, benefits) {
            let name = Bilingual::new(de.as_str(), en.as_str());
            let benefits = Bilingual::new(brings_de.as_str(), brings_en.as_str());
            tiers.push(DraftTier { code, name, benefits, rules, needs_term });
        }
        rows.push(row);
    }
    (tiers, rows)
}
