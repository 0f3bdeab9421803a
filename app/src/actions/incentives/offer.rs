//! Adding and changing a thank-you.

use std::collections::BTreeSet;

use axum::{Form, extract::Path as Segment};
use domain::{
    ids::IncentiveId,
    incentives::{
        Amount, DealBand, Incentive, IncentiveKind, Part, PartValue, PayingStep, Scheme, SchemeError, Unit,
    },
    text::Bilingual,
};
use services::{
    incentives::{self, Offer, SaveOfferError, Saving},
    referrals::programme,
    tiers::NamedTier,
};

use crate::{
    forms::{Flash, FormState, Pairs, countries, minor_units},
    pages::{PageError, PageResult},
    paths::{self, Path},
    shell::go,
    visitor::{SignedIn, Visitor},
};

/// `POST /manage/incentives/new`
///
/// # Errors
/// For anybody but marketing.
pub async fn create_offer(SignedIn { visitor, person }: SignedIn, Form(pairs): Form<Pairs>) -> PageResult {
    let power = person.actor.program_managing().ok_or(PageError::NotAllowed)?;
    let programme = programme(&visitor.app.ctx).await?.ok_or(PageError::NotFound)?;
    let mut form = FormState::of(&pairs);
    let kind = form.parse("kind", |code| IncentiveKind::parse(code).ok_or("choice_missing"));
    let id: IncentiveId = visitor.app.ctx.new_id();
    let blank = kind.map(|kind| Offer {
        incentive: Incentive {
            id,
            kind,
            scheme: Scheme::default(),
            stock: None,
            min_tier: 0,
            active: true,
            countries: BTreeSet::new(),
        },
        program: programme.program.id,
        name: Bilingual::default(),
        text: Bilingual::default(),
        position: i32::try_from(programme.offers.len()).unwrap_or(i32::MAX),
        version: 0,
    });
    let tiers = visitor.app.ctx.store.tiers().all().await?;
    let Some(offer) = blank.and_then(|blank| read(&mut form, blank, &tiers)) else {
        return form.back_to(&paths::NEW_OFFER, &visitor).await;
    };
    let saved = incentives::save_offer(&visitor.app.ctx, &power, &offer, Saving::New).await;
    answer(saved, form, &paths::NEW_OFFER, &visitor).await
}

/// `POST /manage/incentives/{id}`
///
/// # Errors
/// For anybody but marketing.
pub async fn save_offer(
    Segment(id): Segment<IncentiveId>,
    SignedIn { visitor, person }: SignedIn,
    Form(pairs): Form<Pairs>,
) -> PageResult {
    let power = person.actor.program_managing().ok_or(PageError::NotAllowed)?;
    let current = visitor.app.ctx.store.incentives().offer(id).await?.ok_or(PageError::NotFound)?;
    let mut form = FormState::of(&pairs);
    let (latest, left) = (current.version, current.incentive.stock);
    // Without what was shown, a limit is one that is set anew.
    let shown = form.value("left").parse::<u32>().ok();
    let back = paths::offer(id);
    let tiers = visitor.app.ctx.store.tiers().all().await?;
    let Some(offer) = read(&mut form, current, &tiers) else { return form.back_to(&back, &visitor).await };
    let saved =
        incentives::save_offer(&visitor.app.ctx, &power, &offer, Saving::Changed { left: shown }).await;
    if matches!(saved, Err(SaveOfferError::Stale)) {
        form.overtaken(latest);
        form.set("left", left.map(|left| left.to_string()).unwrap_or_default());
    }
    answer(saved, form, &back, &visitor).await
}

async fn answer(
    saved: Result<(), SaveOfferError>,
    mut form: FormState,
    back: &Path,
    visitor: &Visitor,
) -> PageResult {
    match saved {
        Ok(()) => {
            visitor.flash(Flash::Saved).await?;
            Ok(go(&paths::INCENTIVES))
        }
        Err(SaveOfferError::Store(error)) => Err(error.into()),
        Err(error) => {
            let field = match error {
                SaveOfferError::Missing(field) => field,
                SaveOfferError::Scheme(SchemeError::UnitOfKind) => "unit",
                SaveOfferError::Scheme(_) | SaveOfferError::Boosted => "won",
                SaveOfferError::Dropped(step) => step.as_str(),
                _ => "",
            };
            form.refuse(field, error.to_string());
            form.back_to(back, visitor).await
        }
    }
}

/// The offer as the form says it; what is wrong is noted.
fn read(form: &mut FormState, offer: Offer, tiers: &[NamedTier]) -> Option<Offer> {
    let text = |form: &FormState, name: &str| {
        let part = |language: &str| form.value(&format!("{name}_{language}")).trim().to_owned();
        Bilingual::new(part("de"), part("en"))
    };
    let stock = match form.value("stock").trim() {
        "" => Some(None),
        typed => typed.parse::<u32>().ok().filter(|stock| i32::try_from(*stock).is_ok()).map(Some),
    };
    if stock.is_none() {
        form.refuse("stock", "not_a_count");
    }
    let known = |order: &u8| *order == 0 || tiers.iter().any(|named| named.tier.order == *order);
    let min_tier =
        form.parse("min_tier", |tier| tier.parse::<u8>().ok().filter(known).ok_or("choice_missing"));
    let countries = countries(form, "countries");
    let position = match form.value("position").trim() {
        "" => Some(offer.position),
        typed => typed.parse::<i32>().ok().filter(|place| (0..=999).contains(place)),
    };
    if position.is_none() {
        form.refuse("position", "not_a_count");
    }
    let scheme = scheme(form, offer.incentive.kind);
    Some(Offer {
        name: text(form, "name"),
        text: text(form, "text"),
        version: form.version(),
        incentive: Incentive {
            stock: stock?,
            min_tier: min_tier?,
            active: form.ticked("active"),
            scheme: scheme?,
            countries: countries?,
            ..offer.incentive
        },
        position: position?,
        ..offer
    })
}

fn scheme(form: &mut FormState, kind: IncentiveKind) -> Option<Scheme> {
    if kind.is_nothing() {
        return Some(Scheme::default());
    }
    let unit = form.parse("unit", |code| Unit::parse(code).ok_or("choice_missing"))?;
    let mut parts = Vec::new();
    for step in PayingStep::ALL {
        let typed = form.value(step.as_str()).trim().to_owned();
        if typed.is_empty() {
            continue;
        }
        match amount(&typed, unit) {
            Some(amount) => parts.push(Part { step: *step, value: PartValue::Fixed(amount) }),
            None => form.refuse(step.as_str(), "not_an_amount"),
        }
    }
    let bands = form.value("bands").to_owned();
    if !bands.trim().is_empty() {
        match read_bands(&bands, unit) {
            Some(bands) => parts.push(Part { step: PayingStep::Won, value: PartValue::Bands(bands) }),
            None => form.refuse("bands", "not_bands"),
        }
    }
    if !form.is_sound() {
        return None;
    }
    match Scheme::new(parts) {
        Ok(scheme) => Some(scheme),
        Err(error) => {
            form.refuse("won", error.code());
            None
        }
    }
}

fn amount(typed: &str, unit: Unit) -> Option<Amount> {
    let value = match unit {
        Unit::Money(_) => minor_units(typed)?,
        _ => typed.parse().ok()?,
    };
    Amount::new(value, unit).ok()
}

/// `deal: amount`, a line each, the smallest deal first.
fn read_bands(typed: &str, unit: Unit) -> Option<Vec<DealBand>> {
    typed
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| {
            let (from, value) = line.split_once(':')?;
            Some(DealBand { from: minor_units(from.trim())?, amount: amount(value.trim(), unit)? })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use domain::text::Currency;

    use super::*;

    #[test]
    fn bands_are_a_deal_and_an_amount_on_each_line() {
        let read = |typed: &str, unit| {
            let bands = read_bands(typed, unit)?;
            Some(bands.iter().map(|band| (band.from, band.amount.value())).collect::<Vec<_>>())
        };
        let euros = Unit::Money(Currency::EUR);
        let two = Some(vec![(100_000, 10_000), (1_000_000, 30_050)]);
        assert_eq!(read("1000: 100\n10.000 : 300,50", euros), two);
        assert_eq!(read("\r\n 1000:100 \r\n\r\n10000: 300.50\r\n", euros), two);
        // Deals are counted in money, whatever is given for them.
        assert_eq!(read("1000: 3", Unit::Months), Some(vec![(100_000, 3)]));
        for wrong in ["viel", "1000", "1000: viel", "viel: 100", "1000: 100\nund mehr", "1000: 0", "1000: -5"]
        {
            assert_eq!(read(wrong, euros), None, "{wrong}");
        }
    }
}
