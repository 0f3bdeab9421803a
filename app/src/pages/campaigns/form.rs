//! The editor of a campaign.

use domain::incentives::Unit;
use leptos::prelude::*;
use services::{
    campaigns::{NamedCampaign, local},
    referrals::Programme,
    segments::Segment,
};
use words::keys;

use super::{factor, moment, times};
use crate::{
    forms::{FormState, as_minute, as_typed},
    markup::{IntoMarkup, Markup},
    pages::segments::choices,
    paths::Path,
    ui::{self, Field, both, tick_box, unit_name},
    visitor::Visitor,
};

/// What the boxes of thank-yous begin with.
pub(crate) const INCENTIVE: &str = "incentive-";
/// What the fields of the budget begin with.
pub(crate) const BUDGET: &str = "budget-";

/// The units that a programme gives something in.
pub(crate) fn budget_units(programme: &Programme) -> Vec<Unit> {
    let units = programme.offers.iter().filter_map(|offer| offer.incentive.scheme.maximum());
    let units: std::collections::BTreeSet<Unit> = units.map(|most| most.unit()).collect();
    units.into_iter().collect()
}

/// An empty editor: the host's time zone, twice as much.
pub(super) fn fresh(visitor: &Visitor) -> FormState {
    FormState::filled([("zone", visitor.app.ctx.host.zone.name().to_owned()), ("boost", "2".to_owned())])
}

pub(super) fn filled(named: &NamedCampaign, visitor: &Visitor) -> FormState {
    let one = &named.campaign;
    let id = |id: Option<domain::ids::SegmentId>| id.map(|id| id.to_string()).unwrap_or_default();
    let mut form = FormState::filled([
        ("name_de", named.name.de.clone()),
        ("name_en", named.name.en.clone()),
        ("from", as_minute(local(&named.zone, one.starts_at, false))),
        ("until", as_minute(local(&named.zone, one.ends_at, true))),
        ("zone", named.zone.clone()),
        ("boost", factor(one.boost, visitor.words)),
        ("segment", id(named.segment)),
        ("pilot", id(named.pilot)),
        ("version", one.version.to_string()),
    ]);
    for incentive in &one.incentives {
        form.tick(&format!("{INCENTIVE}{incentive}"));
    }
    for (unit, budget) in &one.budget {
        form.set(&format!("{BUDGET}{unit}"), as_typed(*budget, *unit, visitor.words.language()));
    }
    form
}

/// What somebody else has saved meanwhile.
fn theirs(named: &NamedCampaign, segments: &[Segment], programme: &Programme, visitor: &Visitor) -> Markup {
    let words = visitor.words;
    let group = |id: Option<domain::ids::SegmentId>| {
        let found = segments.iter().find(|one| Some(one.id) == id);
        found.map(|one| one.name.to(words.language()).to_owned()).unwrap_or_default()
    };
    let budget = named.campaign.budget.iter().map(|(unit, budget)| {
        format!("{} {}", as_typed(*budget, *unit, words.language()), unit_name(*unit, words))
    });
    let saved = vec![
        (keys::CAMPAIGN_NAME, both(&named.name)),
        (keys::CAMPAIGN_FOR, incentives(named, programme, visitor)),
        (keys::CAMPAIGN_FROM, moment(named, false, visitor)),
        (keys::CAMPAIGN_UNTIL, moment(named, true, visitor)),
        (keys::CAMPAIGN_BOOST, times(named.campaign.boost, words)),
        (keys::CAMPAIGN_BUDGET, budget.collect::<Vec<_>>().join(", ")),
        (keys::CAMPAIGN_SEGMENT, group(named.segment)),
        (keys::CAMPAIGN_PILOT, group(named.pilot)),
    ];
    ui::saved_meanwhile(saved, visitor)
}

/// What a campaign is for, by name.
pub(super) fn incentives(named: &NamedCampaign, programme: &Programme, visitor: &Visitor) -> String {
    let words = visitor.words;
    if named.campaign.incentives.is_empty() {
        return words.say(keys::CAMPAIGN_FOR_ALL).into_owned();
    }
    let offers = programme.offers.iter().filter(|offer| named.campaign.is_for(offer.incentive.id));
    offers.map(|offer| offer.name.to(words.language()).to_owned()).collect::<Vec<_>>().join(", ")
}

pub(super) fn editor(
    visitor: &Visitor,
    form: &FormState,
    (programme, segments): (&Programme, &[Segment]),
    action: &Path,
    known: Option<&NamedCampaign>,
) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let field = |name: &'static str, key, kind: &'static str| Field {
        name,
        label: words.say(key).into_owned(),
        kind,
        autocomplete: "off",
        maxlength: 100,
        ..Field::default()
    };
    let text_field = |field: &Field<'_>| ui::text_field(field, form, words, assets);
    let helped = |field: Field<'static>, key| Field { help: Some(words.say(key).into_owned()), ..field };
    let boost = Field {
        inputmode: "decimal",
        ..helped(field("boost", keys::CAMPAIGN_BOOST, "text"), keys::CAMPAIGN_BOOST_HELP)
    };
    let zone = helped(field("zone", keys::CAMPAIGN_ZONE, "text"), keys::CAMPAIGN_ZONE_HELP);
    let group = |name, key, help| {
        let field = Field { blank: true, ..helped(field(name, key, "text"), help) };
        ui::select_field(&field, choices(segments, words), form, words, assets)
    };
    let offers: Vec<_> = programme
        .offers
        .iter()
        .filter(|offer| !offer.incentive.kind.is_nothing())
        .map(|offer| {
            let name = format!("{INCENTIVE}{}", offer.incentive.id);
            let label = offer.name.to(words.language()).to_owned();
            tick_box(&Field { name: &name, label, blank: true, ..Field::default() }, form, words, assets)
        })
        .collect();
    let budgets: Vec<_> = budget_units(programme)
        .into_iter()
        .map(|unit| {
            let name = format!("{BUDGET}{unit}");
            let label = words.with(keys::CAMPAIGN_BUDGET_IN, [("unit", unit_name(unit, words).into())]);
            let inputmode = if matches!(unit, Unit::Money(_)) { "decimal" } else { "numeric" };
            let field = Field {
                name: &name,
                label,
                inputmode,
                autocomplete: "off",
                blank: true,
                maxlength: 20,
                ..Field::default()
            };
            ui::text_field(&field, form, words, assets)
        })
        .collect();
    let spent = form.error("budget", words).map(|error| {
        view! { <p class="error">{ui::icon(assets, "alert")}<span>{error}</span></p> }
    });
    let theirs =
        known.filter(|_| form.is_overtaken()).map(|named| theirs(named, segments, programme, visitor));
    view! {
        <form class="form" method="post" action=action.to_string() novalidate=true>
            {theirs}
            <input type="hidden" name="version" value=form.value("version").to_owned()/>
            <section class="form-part">
                <div class="fields">
                    {text_field(&field("name_de", keys::CAMPAIGN_NAME_DE, "text"))}
                    {text_field(&field("name_en", keys::CAMPAIGN_NAME_EN, "text"))}
                    {text_field(&field("from", keys::CAMPAIGN_FROM, "datetime-local"))}
                    {text_field(&field("until", keys::CAMPAIGN_UNTIL, "datetime-local"))}
                    {text_field(&zone)}
                    {text_field(&boost)}
                </div>
            </section>
            <fieldset class="form-part">
                <legend>{words.say(keys::CAMPAIGN_FOR)}</legend>
                <p class="small muted">{words.say(keys::CAMPAIGN_FOR_HELP)}</p>
                {offers}
            </fieldset>
            <section class="form-part" aria-labelledby="whom">
                <h2 id="whom">{words.say(keys::CAMPAIGN_WHOM)}</h2>
                <div class="fields">
                    {group("segment", keys::CAMPAIGN_SEGMENT, keys::CAMPAIGN_SEGMENT_HELP)}
                    {group("pilot", keys::CAMPAIGN_PILOT, keys::CAMPAIGN_PILOT_HELP)}
                </div>
            </section>
            <section class="form-part" aria-labelledby="budget">
                <h2 id="budget" tabindex="-1">{words.say(keys::CAMPAIGN_BUDGET)}</h2>
                <p class="small muted">{words.say(keys::CAMPAIGN_BUDGET_HELP)}</p>
                {spent}
                <div class="fields">{budgets}</div>
            </section>
            <div><button class="button" type="submit">{words.say(keys::CAMPAIGN_SAVE)}</button></div>
        </form>
    }
    .into_markup()
}
