//! Segments saved and deleted by marketing.

use axum::{Form, extract::Path as Segments};
use domain::{
    accounts::{AccountStatus, RecipientKind},
    compliance::Section,
    ids::SegmentId,
    segments::{SegmentError, SegmentRule, Whom},
    text::{Bilingual, SegmentName},
    tiers::TierCode,
};
use services::{
    Ctx, StoreError,
    segments::{self, DeleteSegmentError, SaveSegmentError, Segment, pick},
};

use crate::{
    forms::{Flash, FormState, Pairs, countries, day},
    pages::{PageError, PageResult, segments as page},
    paths::{self, Path},
    shell::go,
    visitor::SignedIn,
};

/// `POST /manage/segments/new`
///
/// # Errors
/// For anybody but marketing.
pub async fn create(person: SignedIn, Form(pairs): Form<Pairs>) -> PageResult {
    save(person, None, &pairs, &paths::NEW_SEGMENT).await
}

/// `POST /manage/segments/{id}`
///
/// # Errors
/// For anybody but marketing.
pub async fn change(
    Segments(id): Segments<SegmentId>,
    person: SignedIn,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    save(person, Some(id), &pairs, &paths::customer_segment(id)).await
}

async fn save(
    SignedIn { visitor, person }: SignedIn,
    id: Option<SegmentId>,
    pairs: &Pairs,
    back: &Path,
) -> PageResult {
    let power = person.actor.program_managing().ok_or(PageError::NotAllowed)?;
    let ctx = &visitor.app.ctx;
    let known = match id {
        Some(id) => Some(ctx.store.segments().find(id).await?.ok_or(PageError::NotFound)?),
        None => None,
    };
    let mut form = FormState::of(pairs);
    let Some(segment) = read(ctx, &mut form, id, pairs).await? else {
        return form.back_to(back, &visitor).await;
    };
    let error = match segments::save_segment(ctx, &power, &segment, known.is_none()).await {
        Ok(()) => {
            visitor.flash(Flash::Saved).await?;
            return Ok(go(&paths::customer_segment(segment.id)));
        }
        Err(SaveSegmentError::Store(error)) => return Err(error.into()),
        Err(error) => error,
    };
    let field = match error {
        SaveSegmentError::Group(SegmentError::Days) => "until",
        SaveSegmentError::Group(SegmentError::TooMany) => "companies",
        SaveSegmentError::Group(SegmentError::Everybody)
        | SaveSegmentError::Stale
        | SaveSegmentError::Store(_) => "",
    };
    if let (SaveSegmentError::Stale, Some(known)) = (&error, &known) {
        form.overtaken(known.version);
    }
    form.refuse(field, error.to_string());
    form.back_to(back, &visitor).await
}

/// The segment as the form says it; what is wrong is noted, of every field.
async fn read(
    ctx: &Ctx,
    form: &mut FormState,
    id: Option<SegmentId>,
    pairs: &Pairs,
) -> Result<Option<Segment>, StoreError> {
    let name_de = form.parse("name_de", SegmentName::parse);
    let name_en = form.parse("name_en", SegmentName::parse);
    let rule = SegmentRule {
        countries: countries(form, "countries").unwrap_or_default(),
        sections: ticked(pairs, page::SECTION, Section::parse),
        statuses: ticked(pairs, page::STATUS, AccountStatus::parse),
        recipients: ticked(pairs, page::RECIPIENT, RecipientKind::parse),
        managers: ticked(pairs, page::MANAGER, |id| id.parse().ok()),
        tiers: ticked(pairs, page::TIER, |code| TierCode::parse(code).ok()),
        since: form.parse_given("since", day),
        until: form.parse_given("until", day),
    };
    let listed = pick(ctx, form.value("companies")).await?;
    let whom = match listed.found.is_empty() && listed.unclear.is_empty() {
        true => Whom::Rule(rule),
        false if !rule.is_empty() => {
            form.refuse("companies", "segment_both");
            return Ok(None);
        }
        false => Whom::Picked(listed.found),
    };
    if !listed.unclear.is_empty() {
        form.refuse("companies", "segment_unclear");
    }
    let (Some(name_de), Some(name_en), true) = (name_de, name_en, form.is_sound()) else { return Ok(None) };
    Ok(Some(Segment {
        id: id.unwrap_or_else(|| ctx.new_id()),
        name: Bilingual::new(name_de.into_string(), name_en.into_string()),
        whom,
        version: form.version(),
    }))
}

/// The boxes of one condition that were ticked.
fn ticked<T: Ord>(
    pairs: &Pairs,
    prefix: &str,
    parse: impl Fn(&str) -> Option<T>,
) -> std::collections::BTreeSet<T> {
    pairs.iter().filter_map(|(name, _)| name.strip_prefix(prefix)).filter_map(parse).collect()
}

/// `POST /manage/segments/{id}/end`
///
/// # Errors
/// For anybody but marketing.
pub async fn end(
    Segments(id): Segments<SegmentId>,
    SignedIn { visitor, person }: SignedIn,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    let power = person.actor.program_managing().ok_or(PageError::NotAllowed)?;
    let ctx = &visitor.app.ctx;
    let mut form = FormState::of(&pairs);
    match segments::delete_segment(ctx, &power, id, form.version()).await {
        Ok(()) => {
            visitor.flash(Flash::Saved).await?;
            Ok(go(&paths::SEGMENTS))
        }
        Err(DeleteSegmentError::Store(error)) => Err(error.into()),
        Err(error) => {
            form.refuse("", error.to_string());
            form.back_to(&paths::customer_segment(id), &visitor).await
        }
    }
}
