//! One thank-you: its texts, its stock, what is given at which stage.

use axum::extract::{Path as Segment, Query};
use domain::{
    ids::IncentiveId,
    incentives::{IncentiveKind, PartValue, PayingStep, Unit},
    text::Currency,
};
use leptos::prelude::*;
use services::{incentives::Offer, tiers::NamedTier};
use words::{Words, keys};

use crate::{
    forms::{FormState, Kept, as_typed},
    markup::IntoMarkup,
    pages::{PageError, PageResult},
    paths::{self, Path},
    shell::{Head, Nav, page},
    ui::{self, Choice, Field},
    visitor::{SignedIn, Visitor},
};

/// Names of the four amount fields, in the order of [`PayingStep::ALL`].
pub(crate) const AMOUNTS: [&str; 4] = ["accepted", "meeting", "qualified", "won"];

/// What an offer is kept for: everybody, or a tier and those above, by the name that marketing has given it.
fn from_tier(order: u8, tiers: &[NamedTier], words: Words) -> String {
    let named = tiers.iter().find(|named| named.tier.order == order);
    match named {
        Some(named) if order > 0 => named.name.to(words.language()).to_owned(),
        _ if order == 0 => words.say(keys::OFFER_FOR_EVERYBODY).into_owned(),
        _ => order.to_string(),
    }
}

/// Units that a thank-you can be counted in.
pub(crate) fn units(currency: Currency) -> [Unit; 5] {
    [Unit::Money(currency), Unit::Introductions, Unit::Seats, Unit::Months, Unit::Points]
}

/// As they are typed: `DE, AT`.
fn countries_of(offer: &Offer) -> String {
    offer.incentive.countries.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn filled(visitor: &Visitor, offer: &Offer) -> FormState {
    let typed = |value, unit| as_typed(value, unit, visitor.words.language());
    let currency = visitor.app.ctx.host.currency;
    let incentive = &offer.incentive;
    let mut form = FormState::filled([
        ("kind", incentive.kind.as_str().to_owned()),
        ("countries", countries_of(offer)),
        ("position", offer.position.to_string()),
        ("name_de", offer.name.de.clone()),
        ("name_en", offer.name.en.clone()),
        ("text_de", offer.text.de.clone()),
        ("text_en", offer.text.en.clone()),
        ("stock", incentive.stock.map(|left| left.to_string()).unwrap_or_default()),
        // What is saved is the difference to this: pieces that are taken meanwhile stay taken.
        ("left", incentive.stock.map(|left| left.to_string()).unwrap_or_default()),
        ("min_tier", incentive.min_tier.to_string()),
        ("version", offer.version.to_string()),
    ]);
    if incentive.active {
        form.tick("active");
    }
    for part in incentive.scheme.parts() {
        let amount = match &part.value {
            PartValue::Fixed(amount) | PartValue::Percent { at_most: amount, .. } => *amount,
            PartValue::Bands(bands) => {
                let lines: Vec<String> = bands
                    .iter()
                    .map(|band| {
                        form.set("unit", band.amount.unit().as_str());
                        // Deals are counted in money, whatever is given for them.
                        let deal = typed(band.from, Unit::Money(currency));
                        format!("{deal}: {}", typed(band.amount.value(), band.amount.unit()))
                    })
                    .collect();
                form.set("bands", lines.join("\n"));
                continue;
            }
        };
        form.set("unit", amount.unit().as_str());
        form.set(part.step.as_str(), typed(amount.value(), amount.unit()));
    }
    form
}

/// `GET /manage/incentives/new`
///
/// # Errors
/// For anybody but marketing.
pub async fn new(Query(kept): Query<Kept>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    person.actor.program_managing().ok_or(PageError::NotAllowed)?;
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_else(|| {
        let mut form = FormState::filled([("min_tier", "0".to_owned()), ("version", "0".to_owned())]);
        form.tick("active");
        form
    });
    let tiers = visitor.app.ctx.store.tiers().all().await?;
    Ok(show(&visitor, &form, None, &tiers, true))
}

/// `GET /manage/incentives/{id}`
///
/// # Errors
/// For anybody but staff.
pub async fn edit(
    Segment(id): Segment<IncentiveId>,
    Query(kept): Query<Kept>,
    SignedIn { visitor, person }: SignedIn,
) -> PageResult {
    if !person.actor.sees_programs() {
        return Err(PageError::NotAllowed);
    }
    let edits = person.actor.program_managing().is_some();
    let offer = visitor.app.ctx.store.incentives().offer(id).await?.ok_or(PageError::NotFound)?;
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_else(|| filled(&visitor, &offer));
    let tiers = visitor.app.ctx.store.tiers().all().await?;
    Ok(show(&visitor, &form, Some(&offer), &tiers, edits))
}

fn show(
    visitor: &Visitor,
    form: &FormState,
    offer: Option<&Offer>,
    tiers: &[NamedTier],
    edits: bool,
) -> axum::response::Response {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let action: Path = offer.map_or(paths::NEW_OFFER, |offer| paths::offer(offer.incentive.id));
    let title = offer.map_or_else(
        || words.say(keys::OFFER_NEW).into_owned(),
        |offer| offer.name.to(words.language()).to_owned(),
    );
    let field = |name: &'static str, key, optional| Field {
        name,
        label: words.say(key).into_owned(),
        optional,
        maxlength: 200,
        ..Field::default()
    };
    let kinds = IncentiveKind::ALL
        .iter()
        .map(|kind| Choice {
            value: kind.as_str().to_owned(),
            label: words.code("incentive", kind.as_str()).into_owned(),
        })
        .collect();
    let kind = match offer {
        // What was promised under a kind stays what it was, so a kind is chosen once.
        Some(offer) => {
            let name = words.code("incentive", offer.incentive.kind.as_str());
            view! { <div class="field"><span class="label">{words.say(keys::OFFER_KIND)}</span><p>{name}</p></div> }
                .into_markup()
        }
        None => ui::select_field(&field("kind", keys::OFFER_KIND, false), kinds, form, words, assets),
    };
    let from_tiers = std::iter::once(0)
        .chain(tiers.iter().map(|named| named.tier.order).filter(|order| *order > 0))
        .map(|order| Choice { value: order.to_string(), label: from_tier(order, tiers, words) })
        .collect();
    let units = units(visitor.app.ctx.host.currency)
        .iter()
        .map(|unit| Choice {
            value: unit.as_str().to_owned(),
            label: match unit {
                Unit::Money(currency) => currency.to_string(),
                other => words.code("unit", other.as_str()).into_owned(),
            },
        })
        .collect();
    let amounts = PayingStep::ALL
        .iter()
        .zip(AMOUNTS)
        .map(|(step, name)| {
            let amount = Field {
                name,
                label: words.code("part-at", step.as_str()).into_owned(),
                inputmode: "decimal",
                optional: true,
                maxlength: 20,
                ..Field::default()
            };
            ui::text_field(&amount, form, words, assets)
        })
        .collect_view();
    let bands = Field {
        help: Some(words.say(keys::OFFER_BANDS_HELP).into_owned()),
        full: true,
        maxlength: 1000,
        ..field("bands", keys::OFFER_BANDS, true)
    };
    let stock = Field { inputmode: "numeric", ..field("stock", keys::OFFER_STOCK, true) };
    let countries = Field {
        help: Some(words.say(keys::OFFER_COUNTRIES_HELP).into_owned()),
        maxlength: 400,
        ..field("countries", keys::OFFER_COUNTRIES, true)
    };
    let place = Field {
        help: Some(words.say(keys::OFFER_PLACE_HELP).into_owned()),
        inputmode: "numeric",
        maxlength: 3,
        ..field("position", keys::OFFER_PLACE, true)
    };
    let text = |name, key| Field { maxlength: 500, ..field(name, key, true) };
    let theirs = offer.filter(|_| form.is_overtaken()).map(|now| {
        let parts: Vec<String> = now
            .incentive
            .scheme
            .parts()
            .iter()
            .map(|part| ui::part(part, words, visitor.formats()))
            .collect();
        let saved = vec![
            (keys::OFFER_NAME_DE, ui::both(&now.name)),
            (keys::OFFER_TEXT_DE, ui::both(&now.text)),
            (keys::OFFER_MIN_TIER, from_tier(now.incentive.min_tier, tiers, words)),
            (keys::OFFER_STOCK, now.incentive.stock.map(|left| left.to_string()).unwrap_or_default()),
            (keys::OFFER_COUNTRIES, countries_of(now)),
            (keys::OFFER_PLACE, now.position.to_string()),
            (keys::OFFER_PARTS, parts.join(", ")),
            (
                keys::OFFER_ACTIVE,
                words.say(if now.incentive.active { keys::FORM_YES } else { keys::FORM_NO }).into_owned(),
            ),
        ];
        ui::saved_meanwhile(saved, visitor)
    });
    let view = view! {
        <header class="page-head">
            <p class="crumb"><a href=paths::INCENTIVES.to_string()>{words.say(keys::NAV_INCENTIVES)}</a></p>
            <h1>{title.clone()}</h1>
        </header>
        <form class="form" method="post" action=action.to_string() novalidate=true>
            {ui::error_summary(form, words)}
            {theirs}
            <input type="hidden" name="version" value=form.value("version").to_owned()/>
            <input type="hidden" name="left" value=form.value("left").to_owned()/>
            <section class="form-part">
                <div class="fields">
                    {kind}
                    {ui::select_field(&field("min_tier", keys::OFFER_MIN_TIER, false), from_tiers, form, words, assets)}
                    {ui::text_field(&field("name_de", keys::OFFER_NAME_DE, false), form, words, assets)}
                    {ui::text_field(&field("name_en", keys::OFFER_NAME_EN, false), form, words, assets)}
                    {ui::text_area(&text("text_de", keys::OFFER_TEXT_DE), form, words, assets)}
                    {ui::text_area(&text("text_en", keys::OFFER_TEXT_EN), form, words, assets)}
                    {ui::text_field(&countries, form, words, assets)}
                    {ui::text_field(&place, form, words, assets)}
                </div>
            </section>
            <fieldset class="form-part">
                <legend>{words.say(keys::OFFER_PARTS)}</legend>
                <p class="small muted">{words.say(keys::OFFER_PARTS_HELP)}</p>
                <div class="fields">
                    {ui::select_field(&field("unit", keys::OFFER_UNIT, false), units, form, words, assets)}
                    {ui::text_field(&stock, form, words, assets)}
                    {amounts}
                    {ui::text_area(&bands, form, words, assets)}
                </div>
            </fieldset>
            {ui::tick_box(&field("active", keys::OFFER_ACTIVE, true), form, words, assets)}
            <div><button class="button" type="submit">{words.say(keys::OFFER_SAVE)}</button></div>
        </form>
    };
    page(visitor, Head::new(title).in_nav(Nav::Incentives).compact(), ui::look_only(edits, view, words))
}
