//! The editor of the tiers: all of them in one form, saved as a draft without effect.

use std::collections::BTreeMap;

use axum::extract::Query;
use domain::tiers::{MOST_TIERS, Metric, Period};
use leptos::prelude::*;
use services::tiers::{NamedTier, editor};
use words::{Key, keys};

use super::{period_key, rule, text};
use crate::{
    forms::{FormState, Kept, Pairs},
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    ui::{self, Field, error_summary, icon, saved_named, text_area, text_field, tick_box},
    visitor::{SignedIn, Visitor},
};

/// How many conditions a tier may have.
pub const RULES: usize = 3;
/// The fields with a tier's texts.
pub(crate) const TEXTS: [&str; 4] = ["name_de", "name_en", "benefits_de", "benefits_en"];
/// The fields of a condition.
const RULE: [&str; 3] = ["metric", "value", "period"];

/// The name of a tier's field: its place in the form is part of it.
pub(crate) fn named(field: &str, place: usize) -> String {
    format!("{field}{place}")
}

/// The name of a condition's field.
pub(crate) fn rule_field(field: &str, place: usize, row: usize) -> String {
    format!("{field}{place}_{row}")
}

/// How many tiers stand in the form.
pub(crate) fn places(form: &FormState) -> usize {
    (0..MOST_TIERS).take_while(|place| form.ticked(&named("code", *place))).count()
}

/// What the pressed button asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Edit {
    /// Keep the draft.
    Save,
    /// Throw it away.
    Discard,
    /// One more tier, at the top.
    Add,
    /// One tier less.
    Remove(usize),
    /// A tier one place higher.
    Raise(usize),
    /// A tier one place lower.
    Lower(usize),
}

impl Edit {
    /// Reads a button's value; anything unknown saves.
    pub(crate) fn parse(pressed: &str) -> Self {
        let (act, place) = pressed.split_once(' ').unwrap_or((pressed, ""));
        match (act, place.parse()) {
            ("discard", _) => Self::Discard,
            ("add", _) => Self::Add,
            ("remove", Ok(place)) => Self::Remove(place),
            ("raise", Ok(place)) => Self::Raise(place),
            ("lower", Ok(place)) => Self::Lower(place),
            _ => Self::Save,
        }
    }
}

/// All fields of the tier at a place, without the place.
fn fields() -> impl Iterator<Item = (String, fn(&str, usize) -> String)> {
    let plain: fn(&str, usize) -> String = named;
    let of_rule: fn(&str, usize) -> String = |field, place| {
        let (field, row) = field.split_once('_').unwrap_or((field, "0"));
        format!("{field}{place}_{row}")
    };
    let texts = ["code", "term"].into_iter().chain(TEXTS).map(move |field| (field.to_owned(), plain));
    let rules = (0..RULES).flat_map(move |row| RULE.map(|field| (format!("{field}_{row}"), of_rule)));
    texts.chain(rules)
}

/// The form with its tiers in their new order; everything that was typed is still there.
pub(crate) fn arrange(form: &FormState, edit: Edit) -> FormState {
    let mut tiers: Vec<BTreeMap<String, String>> = (0..places(form))
        .map(|place| {
            fields()
                .filter_map(|(field, name)| {
                    let full = name(&field, place);
                    form.ticked(&full).then(|| (field, form.value(&full).to_owned()))
                })
                .collect()
        })
        .collect();
    match edit {
        Edit::Add if tiers.len() < MOST_TIERS => tiers.push([("code".to_owned(), String::new())].into()),
        Edit::Remove(place) if place < tiers.len() && tiers.len() > 1 => drop(tiers.remove(place)),
        Edit::Raise(place) if place + 1 < tiers.len() => tiers.swap(place, place + 1),
        Edit::Lower(place) if place > 0 && place < tiers.len() => tiers.swap(place - 1, place),
        _ => {}
    }
    let mut arranged = FormState::of(&Pairs::new());
    arranged.set("version", form.value("version"));
    for (place, tier) in tiers.iter().enumerate() {
        for (field, name) in fields() {
            if let Some(value) = tier.get(&field) {
                arranged.set(&name(&field, place), value);
            }
        }
    }
    arranged
}

/// The form as the draft stands now.
fn filled(tiers: &[NamedTier], version: i32) -> FormState {
    let mut form = FormState::of(&Pairs::new());
    form.set("version", version.to_string());
    for (place, named_tier) in tiers.iter().enumerate() {
        let NamedTier { tier, name, benefits, .. } = named_tier;
        form.set(&named("code", place), tier.code.as_str());
        let texts = [&name.de, &name.en, &benefits.de, &benefits.en];
        for (field, text) in TEXTS.into_iter().zip(texts) {
            form.set(&named(field, place), text);
        }
        if tier.needs_term {
            form.tick(&named("term", place));
        }
        for (row, condition) in tier.rules.iter().enumerate() {
            let values =
                [condition.metric.to_string(), condition.at_least.to_string(), condition.period.to_string()];
            for (field, value) in RULE.into_iter().zip(values) {
                form.set(&rule_field(field, place, row), value);
            }
        }
    }
    form
}

/// `GET /manage/tiers/draft`
///
/// # Errors
/// When the memory fails, or for anybody but marketing.
pub async fn show(Query(kept): Query<Kept>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    let now = editor(&visitor.app.ctx, &person.actor).await?.ok_or(PageError::NotAllowed)?;
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_else(|| filled(&now.tiers, now.version));
    let words = visitor.words;
    let theirs = form.is_overtaken().then(|| saved_named(saved(&visitor, &now.tiers), &visitor));
    let count = places(&form);
    let tiers = (0..count).rev().map(|place| part(&visitor, &form, place, count)).collect::<Vec<_>>();
    let add = (count < MOST_TIERS).then(|| {
        view! {
            <button class="button" data-kind="plain" type="submit" name="do" value="add" formnovalidate=true>
                {words.say(keys::DRAFT_ADD)}
            </button>
        }
    });
    let discard = (now.version >= 0).then(|| {
        view! {
            <button class="button" data-kind="plain" type="submit" name="do" value="discard" formnovalidate=true>
                {words.say(keys::DRAFT_DISCARD)}
            </button>
        }
    });
    let view = view! {
        <header class="page-head">
            <p class="crumb"><a href=paths::MANAGE_TIERS.to_string()>{words.say(keys::MANAGE_TIERS_TITLE)}</a></p>
            <h1>{words.say(keys::DRAFT_TITLE)}</h1>
            <p class="lede">{words.say(keys::DRAFT_LEDE)}</p>
        </header>
        <form class="form" method="post" action=paths::TIERS_DRAFT.to_string() novalidate=true>
            // Pressing Enter in a field saves; it must not move a tier.
            <button class="hidden" type="submit" name="do" value="save" tabindex="-1" aria-hidden="true"></button>
            {error_summary(&form, words)}
            {theirs}
            <input type="hidden" name="version" value=form.value("version").to_owned()/>
            <div>{add}</div>
            {tiers}
            <div class="cluster">
                <button class="button" type="submit" name="do" value="save">{words.say(keys::DRAFT_SAVE)}</button>
                {discard}
            </div>
        </form>
    };
    let head = Head::new(words.say(keys::DRAFT_TITLE)).in_nav(Nav::Tiers).compact();
    Ok(page(&visitor, head, view))
}

/// The draft as it is stored, a line for each tier.
fn saved(visitor: &Visitor, tiers: &[NamedTier]) -> Vec<(String, String)> {
    let words = visitor.words;
    let line = |named: &NamedTier| {
        let mut said: Vec<_> = named.tier.rules.iter().map(|one| rule(one, words)).collect();
        said.push(ui::both(&named.name));
        said.push(ui::both(&named.benefits));
        (text(&named.name, words), said.join("; "))
    };
    tiers.iter().rev().map(line).collect()
}

/// One tier's part of the form.
fn part(visitor: &Visitor, form: &FormState, place: usize, count: usize) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let number = i64::try_from(place + 1).unwrap_or(i64::MAX);
    let title = words.with(keys::DRAFT_TIER_N, [("n", number.into())]);
    let heading = format!("tier-{place}");
    let labelled = heading.clone();
    let code = named("code", place);
    let line = |field: &str, key: Key| {
        let name = named(field, place);
        let field =
            Field { name: &name, label: words.say(key).into_owned(), maxlength: 60, ..Field::default() };
        text_field(&field, form, words, assets)
    };
    let area = |field: &str, key: Key| {
        let name = named(field, place);
        let field =
            Field { name: &name, label: words.say(key).into_owned(), maxlength: 500, ..Field::default() };
        text_area(&field, form, words, assets)
    };
    let button = |act: &str, key: Key| {
        let label = words.with(key, [("n", number.into())]);
        view! {
            <button class="button" data-kind="plain" type="submit" name="do" value=format!("{act} {place}")
                formnovalidate=true>{label}</button>
        }
    };
    let rules_id = named("rules", place);
    let error = form.error(&rules_id, words).map(|error| {
        view! { <p class="error">{icon(assets, "alert")}<span>{error}</span></p> }
    });
    let rules = (0..RULES).map(|row| rule_row(visitor, form, place, row)).collect_view();
    let term_name = named("term", place);
    let term = (place + 1 == count || form.ticked(&term_name)).then(|| {
        let label = words.say(keys::DRAFT_TERM).into_owned();
        let field = Field { name: &term_name, label, blank: true, ..Field::default() };
        tick_box(&field, form, words, assets)
    });
    view! {
        <section class="panel" aria-labelledby=labelled>
            <header><h2 id=heading>{title}</h2></header>
            <div class="body">
                <input type="hidden" name=code.clone() value=form.value(&code).to_owned()/>
                <div class="fields">
                    {line("name_de", keys::MANAGE_TIERS_NAME_DE)}
                    {line("name_en", keys::MANAGE_TIERS_NAME_EN)}
                </div>
                <div class="rules field" id=rules_id tabindex="-1">
                    <p class="small muted">{words.say(keys::MANAGE_TIERS_ALL)}</p>
                    {rules}
                    {error}
                </div>
                {term}
                <div class="fields">
                    {area("benefits_de", keys::MANAGE_TIERS_BENEFITS_DE)}
                    {area("benefits_en", keys::MANAGE_TIERS_BENEFITS_EN)}
                </div>
                <div class="cluster">
                    {(place + 1 < count).then(|| button("raise", keys::DRAFT_RAISE))}
                    {(place > 0).then(|| button("lower", keys::DRAFT_LOWER))}
                    {(count > 1).then(|| button("remove", keys::DRAFT_REMOVE))}
                </div>
            </div>
        </section>
    }
    .into_markup()
}

fn rule_row(visitor: &Visitor, form: &FormState, place: usize, row: usize) -> Markup {
    let words = visitor.words;
    let number = |index: usize| i64::try_from(index + 1).unwrap_or(i64::MAX);
    let numbered = |key| words.with(key, [("n", number(row).into()), ("tier", number(place).into())]);
    let [metric, value, period] = RULE.map(|field| rule_field(field, place, row));
    let chosen = form.value(&metric).to_owned();
    let mut metrics = vec![
        view! {
            <option value="" selected=chosen.is_empty()>{words.say(keys::MANAGE_TIERS_UNUSED)}</option>
        }
        .into_markup(),
    ];
    metrics.extend(Metric::ALL.iter().filter(|metric| metric.is_counted()).map(|metric| {
        let key = match metric {
            Metric::WonReferrals => keys::METRIC_WON_REFERRALS,
            _ => keys::METRIC_QUALIFIED_REFERRALS,
        };
        let selected = metric.as_str() == chosen;
        view! { <option value=metric.as_str() selected=selected>{words.say(key)}</option> }.into_markup()
    }));
    let over = form.value(&period).to_owned();
    let periods = Period::ALL
        .iter()
        .map(|period| {
            let selected = period.as_str() == over;
            view! { <option value=period.as_str() selected=selected>{words.say(period_key(*period))}</option> }
        })
        .collect_view();
    let typed = form.value(&value).to_owned();
    let error = form.error(&value, words);
    let invalid = error.is_some().then_some("true");
    let error_id = format!("{value}-error");
    let described_by = error.is_some().then(|| error_id.clone());
    let error = error.map(|error| {
        view! { <p class="error" id=error_id>{icon(&visitor.app.assets, "alert")}<span>{error}</span></p> }
    });
    view! {
        <div class="rule">
            <label class="hidden" for=metric.clone()>{numbered(keys::MANAGE_TIERS_METRIC)}</label>
            <select id=metric.clone() name=metric>{metrics}</select>
            <span>{words.say(keys::MANAGE_TIERS_AT_LEAST)}</span>
            <label class="hidden" for=value.clone()>{numbered(keys::MANAGE_TIERS_VALUE)}</label>
            <input id=value.clone() name=value inputmode="numeric" maxlength="6" autocomplete="off" value=typed
                aria-invalid=invalid aria-describedby=described_by/>
            <label class="hidden" for=period.clone()>{numbered(keys::MANAGE_TIERS_PERIOD)}</label>
            <select id=period.clone() name=period>{periods}</select>
            {error}
        </div>
    }
    .into_markup()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn three() -> FormState {
        let mut form = FormState::of(&Pairs::new());
        form.set("version", "4");
        for (place, code) in ["bronze", "silver", "gold"].into_iter().enumerate() {
            form.set(&named("code", place), code);
            form.set(&named("name_de", place), format!("Stufe {code}"));
            form.set(&rule_field("value", place, 1), format!("{place}"));
        }
        form.tick(&named("term", 2));
        form
    }

    fn codes(form: &FormState) -> Vec<String> {
        (0..places(form)).map(|place| form.value(&named("code", place)).to_owned()).collect()
    }

    #[test]
    fn tiers_change_places_with_everything_that_was_typed() {
        let raised = arrange(&three(), Edit::parse("raise 0"));
        assert_eq!(codes(&raised), ["silver", "bronze", "gold"]);
        assert_eq!(raised.value(&named("name_de", 1)), "Stufe bronze");
        assert_eq!((raised.value(&rule_field("value", 1, 1)), raised.value("version")), ("0", "4"));
        assert!(raised.ticked(&named("term", 2)) && !raised.ticked(&named("term", 1)));
        assert_eq!(codes(&arrange(&three(), Edit::parse("lower 2"))), ["bronze", "gold", "silver"]);
        assert_eq!(codes(&arrange(&three(), Edit::parse("remove 1"))), ["bronze", "gold"]);
        assert_eq!(codes(&arrange(&three(), Edit::parse("add"))), ["bronze", "silver", "gold", ""]);
    }

    #[test]
    fn what_can_not_move_stays() {
        for pressed in ["raise 2", "lower 0", "remove 9", "raise x", "raise 99"] {
            assert_eq!(
                codes(&arrange(&three(), Edit::parse(pressed))),
                ["bronze", "silver", "gold"],
                "{pressed}"
            );
        }
        let mut form = three();
        for _ in 0..9 {
            form = arrange(&form, Edit::Add);
        }
        assert_eq!(places(&form), MOST_TIERS);
        assert_eq!(Edit::parse("anything"), Edit::Save);
    }
}
