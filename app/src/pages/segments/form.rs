//! The editor of a segment: conditions, or a list of companies.

use domain::{
    accounts::{AccountStatus, RecipientKind},
    compliance::Section,
    ids::MemberId,
    members::Role,
    segments::Whom,
    tiers::TierCode,
};
use leptos::prelude::*;
use services::{
    members::Colleague,
    segments::{SegmentView, pick},
    tiers::{NamedTier, known},
};
use words::{Key, Words, keys};

use super::who;
use crate::{
    forms::FormState,
    markup::{IntoMarkup, Markup},
    pages::{
        PageError,
        accounts::{kind_key, status_key},
        compliance::section_name,
        tiers::{name_of, text},
    },
    paths::Path,
    ui::{self, Field, both, tick_box},
    visitor::Visitor,
};

/// What the boxes of each condition begin with.
pub(crate) const SECTION: &str = "section-";
/// How the host stands with a company.
pub(crate) const STATUS: &str = "status-";
/// What kind of organisation it is.
pub(crate) const RECIPIENT: &str = "recipient-";
/// Who looks after it.
pub(crate) const MANAGER: &str = "manager-";
/// The tier of a person.
pub(crate) const TIER: &str = "tier-";

/// Whoever and whatever a condition can name.
pub(super) struct Known {
    managers: Vec<Colleague>,
    /// The tiers in force.
    tiers: Vec<NamedTier>,
    /// The tiers of all versions.
    all_tiers: Vec<NamedTier>,
}

impl Known {
    pub(super) async fn load(visitor: &Visitor) -> Result<Self, PageError> {
        let ctx = &visitor.app.ctx;
        Ok(Self {
            managers: ctx.store.members().with_role(Role::AccountManager).await?,
            tiers: ctx.store.tiers().all().await?,
            all_tiers: known(ctx).await?,
        })
    }

    pub(super) fn manager(&self, id: MemberId) -> String {
        let found = self.managers.iter().find(|one| one.id == id);
        found.map(|one| one.name.clone()).unwrap_or_default()
    }

    pub(super) fn tier(&self, code: &TierCode, words: Words) -> String {
        name_of(&self.all_tiers, Some(code), words)
    }
}

pub(super) fn filled(found: &SegmentView) -> FormState {
    let one = &found.segment;
    let mut form = FormState::filled([
        ("name_de", one.name.de.clone()),
        ("name_en", one.name.en.clone()),
        ("companies", found.picked.join("\n")),
        ("version", one.version.to_string()),
    ]);
    let Whom::Rule(rule) = &one.whom else { return form };
    let countries: Vec<_> = rule.countries.iter().map(ToString::to_string).collect();
    form.set("countries", countries.join(", "));
    let mut tick = |prefix: &str, code: &str| form.tick(&format!("{prefix}{code}"));
    rule.sections.iter().for_each(|one| tick(SECTION, one.as_str()));
    rule.statuses.iter().for_each(|one| tick(STATUS, one.as_str()));
    rule.recipients.iter().for_each(|one| tick(RECIPIENT, one.as_str()));
    rule.managers.iter().for_each(|one| tick(MANAGER, &one.to_string()));
    rule.tiers.iter().for_each(|one| tick(TIER, one.as_str()));
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    form.set("since", day(rule.since));
    form.set("until", day(rule.until));
    form
}

/// What somebody else has saved meanwhile.
fn theirs(found: &SegmentView, known: &Known, visitor: &Visitor) -> Markup {
    let mut group = who(&found.segment.whom, known, visitor);
    group.extend(found.picked.iter().cloned());
    let saved = vec![(keys::SEGMENT_NAME, both(&found.segment.name)), (keys::SEGMENT_WHO, group.join("; "))];
    ui::saved_meanwhile(saved, visitor)
}

pub(super) async fn editor(
    visitor: &Visitor,
    form: &FormState,
    known: &Known,
    action: &Path,
    found: Option<&SegmentView>,
) -> Result<Markup, PageError> {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let field = |name: &'static str, key, kind: &'static str| Field {
        name,
        label: words.say(key).into_owned(),
        kind,
        maxlength: 100,
        ..Field::default()
    };
    let blank = |name, key, kind| Field { blank: true, ..field(name, key, kind) };
    let text_field = |field: &Field<'_>| ui::text_field(field, form, words, assets);
    let countries = Field {
        help: Some(words.say(keys::PILOT_COUNTRIES_HELP).into_owned()),
        ..blank("countries", keys::SEGMENT_COUNTRIES, "text")
    };
    let companies = Field {
        help: Some(words.say(keys::SEGMENT_COMPANIES_HELP).into_owned()),
        full: true,
        maxlength: 20_000,
        ..blank("companies", keys::SEGMENT_COMPANIES, "text")
    };
    let boxes = |title: Key, prefix: &str, all: Vec<(String, String)>| {
        let open = all.iter().any(|(code, _)| form.ticked(&format!("{prefix}{code}")));
        let ticks: Vec<_> = all
            .into_iter()
            .map(|(code, label)| {
                let name = format!("{prefix}{code}");
                tick_box(&Field { name: &name, label, blank: true, ..Field::default() }, form, words, assets)
            })
            .collect();
        view! {
            <details class="fold" open=open>
                <summary>{words.say(title)}</summary>
                <fieldset><legend class="hidden">{words.say(title)}</legend>{ticks}</fieldset>
            </details>
        }
        .into_markup()
    };
    let sections = Section::ALL.iter().map(|one| (one.as_str().to_owned(), section_name(*one, words)));
    let statuses =
        AccountStatus::ALL.iter().map(|one| (one.to_string(), words.say(status_key(*one)).into_owned()));
    let recipients =
        RecipientKind::ALL.iter().map(|one| (one.to_string(), words.say(kind_key(*one)).into_owned()));
    let managers = known.managers.iter().map(|one| (one.id.to_string(), one.name.clone()));
    let tiers = known.tiers.iter().map(|one| (one.tier.code.to_string(), text(&one.name, words)));
    let theirs = found.filter(|_| form.is_overtaken()).map(|found| theirs(found, known, visitor));
    let view = view! {
        <form class="form" method="post" action=action.to_string() novalidate=true>
            {theirs}
            <input type="hidden" name="version" value=form.value("version").to_owned()/>
            <section class="form-part">
                <div class="fields">
                    {text_field(&field("name_de", keys::SEGMENT_NAME_DE, "text"))}
                    {text_field(&field("name_en", keys::SEGMENT_NAME_EN, "text"))}
                </div>
            </section>
            <section class="form-part" aria-labelledby="conditions">
                <h2 id="conditions">{words.say(keys::SEGMENT_BY_RULE)}</h2>
                <p class="small muted">{words.say(keys::SEGMENT_BY_RULE_HELP)}</p>
                <div class="fields">
                    {text_field(&countries)}
                    {text_field(&blank("since", keys::SEGMENT_SINCE, "date"))}
                    {text_field(&blank("until", keys::SEGMENT_UNTIL, "date"))}
                </div>
                {boxes(keys::SEGMENT_STATUSES, STATUS, statuses.collect())}
                {boxes(keys::SEGMENT_TIERS, TIER, tiers.collect())}
                {boxes(keys::SEGMENT_SECTIONS, SECTION, sections.collect())}
                {boxes(keys::SEGMENT_RECIPIENTS, RECIPIENT, recipients.collect())}
                {boxes(keys::SEGMENT_MANAGERS, MANAGER, managers.collect())}
            </section>
            <section class="form-part" aria-labelledby="by-hand">
                <h2 id="by-hand">{words.say(keys::SEGMENT_BY_HAND)}</h2>
                {unclear(visitor, form).await?}
                <div class="fields">{ui::text_area(&companies, form, words, assets)}</div>
            </section>
            <div><button class="button" type="submit">{words.say(keys::SEGMENT_SAVE)}</button></div>
        </form>
    };
    Ok(view.into_markup())
}

/// The lines of the list that name no company, or more than one.
async fn unclear(visitor: &Visitor, form: &FormState) -> Result<Option<Markup>, PageError> {
    let words = visitor.words;
    if form.error("companies", words).is_none() {
        return Ok(None);
    }
    let lines = pick(&visitor.app.ctx, form.value("companies")).await?.unclear;
    if lines.is_empty() {
        return Ok(None);
    }
    let items: Vec<_> = lines.into_iter().map(|line| view! { <li>{line}</li> }.into_markup()).collect();
    Ok(Some(
        view! {
            <div class="notice">
                <div class="stack-tight"><strong>{words.say(keys::SEGMENT_UNCLEAR)}</strong><ul>{items}</ul></div>
            </div>
        }
        .into_markup(),
    ))
}
