//! Putting the draft of the tiers into effect, and deciding about it afterwards.

use axum::Form;
use domain::{
    ids::SegmentId,
    tiers::{Pilot, PilotKind},
};
use services::tiers::{NextStep, RolloutError, decide as decide_about, put_into_effect};

use crate::{
    forms::{Flash, FormState, Pairs, countries},
    pages::{
        PageError, PageResult,
        tiers::preview::{CONFIRMED, KIND},
    },
    paths::{self, Path},
    shell::go,
    visitor::{SignedIn, Visitor},
};

/// `POST /manage/tiers/effect`
///
/// # Errors
/// When the memory fails, or for anybody but marketing.
pub async fn begin(SignedIn { visitor, person }: SignedIn, Form(pairs): Form<Pairs>) -> PageResult {
    if person.actor.program_managing().is_none() {
        return Err(PageError::NotAllowed);
    }
    let mut form = FormState::of(&pairs);
    let kind = PilotKind::parse(form.value(KIND));
    let pilot = kind.and_then(|kind| Pilot::new(kind, chosen(&mut form, &pairs, kind)));
    if let (Some(kind), None, true) = (kind, &pilot, form.is_sound()) {
        let field = if kind == PilotKind::Countries { "countries" } else { kind.as_str() };
        form.refuse(field, "choice_missing");
    }
    if !form.is_sound() {
        return form.back_to(&paths::TIERS_PREVIEW, &visitor).await;
    }
    let (seen, confirmed) = (form.version(), form.ticked(CONFIRMED));
    let done = put_into_effect(&visitor.app.ctx, &person.actor, seen, pilot, confirmed).await;
    answer(done, form, &paths::TIERS_PREVIEW, &visitor).await
}

/// What a form has chosen for a pilot: countries are typed, a segment is chosen, the others are ticked.
fn chosen(form: &mut FormState, pairs: &Pairs, kind: PilotKind) -> Vec<String> {
    match kind {
        PilotKind::Countries => {
            countries(form, "countries").into_iter().flatten().map(|country| country.to_string()).collect()
        }
        PilotKind::Segment => {
            form.parse_optional::<SegmentId>("segment").iter().map(ToString::to_string).collect()
        }
        PilotKind::Managers | PilotKind::Tiers => {
            let prefix = format!("{kind}-");
            pairs.iter().filter_map(|(name, _)| name.strip_prefix(&prefix)).map(str::to_owned).collect()
        }
    }
}

/// `POST /manage/tiers/rollout`
///
/// # Errors
/// When the memory fails, there is no such roll-out, or for anybody but marketing.
pub async fn decide(SignedIn { visitor, person }: SignedIn, Form(pairs): Form<Pairs>) -> PageResult {
    let form = FormState::of(&pairs);
    let id = form.parse_optional("rollout").ok_or(PageError::NotFound)?;
    let step = match form.value("do") {
        "all" => NextStep::RollOut,
        "close" => NextStep::ClosePilot,
        "undo" => NextStep::Undo,
        _ => return Err(PageError::NotFound),
    };
    let done = decide_about(&visitor.app.ctx, &person.actor, id, step).await;
    answer(done, form, &paths::MANAGE_TIERS, &visitor).await
}

async fn answer(
    done: Result<(), RolloutError>,
    mut form: FormState,
    page: &Path,
    visitor: &Visitor,
) -> PageResult {
    match done {
        Ok(()) => {
            visitor.flash(Flash::TiersRolling).await?;
            Ok(go(&paths::MANAGE_TIERS))
        }
        Err(RolloutError::NotAllowed) => Err(PageError::NotAllowed),
        Err(RolloutError::Store(error)) => Err(error.into()),
        Err(error) => {
            let field = match error {
                RolloutError::LocksOut => CONFIRMED,
                _ => "",
            };
            form.refuse(field, error.to_string());
            form.back_to(page, visitor).await
        }
    }
}
