//! The tiers as staff see and change them.

use axum::extract::{Path as Segment, Query};
use domain::tiers::{Metric, Period, TierCode};
use leptos::prelude::*;
use services::tiers::{NamedTier, Overview, overview};
use words::{Key, keys};

use super::{period_key, rule, rungs, text};
use crate::{
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    ui::{self, Column, Field, error_summary, icon, saved_meanwhile, scrolling_table, text_area, text_field},
    visitor::{SignedIn, Visitor},
};

/// How many conditions a tier may have.
pub const RULES: usize = 3;

/// `GET /manage/tiers`
///
/// # Errors
/// When the memory fails, or for somebody who is no staff.
pub async fn list(SignedIn { visitor, person }: SignedIn) -> PageResult {
    let found = overview(&visitor.app.ctx, &person.actor).await?.ok_or(PageError::NotAllowed)?;
    let words = visitor.words;
    let rows = found
        .tiers
        .iter()
        .map(|named| {
            let conditions: Vec<_> = named.tier.rules.iter().map(|one| rule(one, words)).collect();
            view! {
                <tr>
                    <th scope="row">
                        <a href=paths::manage_tier(&named.tier.code).to_string()>{text(&named.name, words)}</a>
                    </th>
                    <td>{conditions.join("; ")}</td>
                    <td>{text(&named.benefits, words)}</td>
                    <td class="n">{people(&found, named)}</td>
                </tr>
            }
            .into_markup()
        })
        .collect();
    let columns = [
        keys::NAV_TIERS.into(),
        keys::TIERS_TAKES.into(),
        keys::MANAGE_TIERS_BRINGS.into(),
        Column::number(keys::NAV_PEOPLE),
    ];
    let view = view! {
        {head(&visitor)}
        <div class="stack">
            {tabs(&visitor, &found, None)}
            <section class="panel">{scrolling_table(keys::MANAGE_TIERS_TITLE, columns, rows, words)}</section>
        </div>
    };
    let head = Head::new(words.say(keys::MANAGE_TIERS_TITLE)).in_nav(Nav::Tiers).compact();
    Ok(page(&visitor, head, view))
}

fn head(visitor: &Visitor) -> Markup {
    let words = visitor.words;
    view! {
        <header class="page-head">
            <h1>{words.say(keys::MANAGE_TIERS_TITLE)}</h1>
            <p class="lede">{words.say(keys::MANAGE_TIERS_LEDE)}</p>
        </header>
    }
    .into_markup()
}

fn people(found: &Overview, named: &NamedTier) -> i64 {
    found.population.get(named.tier.code.as_str()).copied().unwrap_or(0)
}

fn tabs(visitor: &Visitor, found: &Overview, current: Option<&TierCode>) -> Markup {
    let words = visitor.words;
    let tabs = found
        .tiers
        .iter()
        .enumerate()
        .map(|(index, named)| {
            let here = (current == Some(&named.tier.code)).then_some("page");
            let people = words.with(keys::MANAGE_TIERS_PEOPLE, [("n", people(found, named).into())]);
            view! {
                <a href=paths::manage_tier(&named.tier.code).to_string() aria-current=here>
                    {rungs(index + 1, found.tiers.len())}<b>{text(&named.name, words)}</b><span>{people}</span>
                </a>
            }
        })
        .collect_view();
    view! { <nav class="tier-tabs" aria-label=words.say(keys::MANAGE_TIERS_TITLE)>{tabs}</nav> }.into_markup()
}

/// The form as the tier stands now.
fn filled(named: &NamedTier) -> FormState {
    let mut values = vec![
        ("version".to_owned(), named.version.to_string()),
        ("name_de".to_owned(), named.name.de.clone()),
        ("name_en".to_owned(), named.name.en.clone()),
        ("benefits_de".to_owned(), named.benefits.de.clone()),
        ("benefits_en".to_owned(), named.benefits.en.clone()),
    ];
    for (index, condition) in named.tier.rules.iter().enumerate() {
        values.push((format!("metric{index}"), condition.metric.as_str().to_owned()));
        values.push((format!("value{index}"), condition.at_least.to_string()));
        values.push((format!("period{index}"), condition.period.as_str().to_owned()));
    }
    FormState::of(&values)
}

/// `GET /manage/tiers/{code}`
///
/// # Errors
/// When the memory fails, there is no such tier, or for somebody who is no staff.
pub async fn show(
    Segment(code): Segment<String>,
    Query(kept): Query<Kept>,
    SignedIn { visitor, person }: SignedIn,
) -> PageResult {
    let found = overview(&visitor.app.ctx, &person.actor).await?.ok_or(PageError::NotAllowed)?;
    let code = TierCode::parse(&code).map_err(|_| PageError::NotFound)?;
    let named = found.tiers.iter().find(|named| named.tier.code == code).ok_or(PageError::NotFound)?;
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_else(|| filled(named));
    let words = visitor.words;
    let name = text(&named.name, words);
    let theirs = form.is_overtaken().then(|| saved_meanwhile(saved(&visitor, named), &visitor));
    let body = if found.editable { editor(&visitor, named, &form) } else { reading(&visitor, named) };
    let view = view! {
        {head(&visitor)}
        <div class="stack">
            {tabs(&visitor, &found, Some(&code))}
            {error_summary(&form, words)}
            {theirs}
            {body}
        </div>
    };
    Ok(page(&visitor, Head::new(name).in_nav(Nav::Tiers).compact(), view))
}

/// The tier as it is stored, in the words of its form.
fn saved(visitor: &Visitor, named: &NamedTier) -> Vec<(Key, String)> {
    let conditions: Vec<_> = named.tier.rules.iter().map(|one| rule(one, visitor.words)).collect();
    vec![
        (keys::TIERS_TAKES, conditions.join("; ")),
        (keys::MANAGE_TIERS_NAME_DE, ui::both(&named.name)),
        (keys::MANAGE_TIERS_BENEFITS_DE, ui::both(&named.benefits)),
    ]
}

/// What those see who may not change it.
fn reading(visitor: &Visitor, named: &NamedTier) -> Markup {
    let words = visitor.words;
    let conditions = named
        .tier
        .rules
        .iter()
        .map(|one| view! { <li>{icon(&visitor.app.assets, "check")}<span>{rule(one, words)}</span></li> })
        .collect_view();
    view! {
        <section class="panel" aria-labelledby="rules">
            <header><h2 id="rules">{text(&named.name, words)}</h2></header>
            <div class="body">
                <ul class="plainlist">{conditions}</ul>
                <p>{text(&named.benefits, words)}</p>
            </div>
        </section>
    }
    .into_markup()
}

fn editor(visitor: &Visitor, named: &NamedTier, form: &FormState) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let name = text(&named.name, words);
    let field = |name, key, maxlength| Field {
        name,
        label: words.say(key).into_owned(),
        maxlength,
        ..Field::default()
    };
    let error = form.error("rules", words);
    let error = error.map(|error| {
        view! { <p class="error" id="rules-error">{icon(assets, "alert")}<span>{error}</span></p> }
    });
    let rules = (0..RULES).map(|index| rule_row(visitor, form, index)).collect_view();
    let term = named.tier.needs_term.then(|| {
        view! { <p class="small muted">{words.say(keys::MANAGE_TIERS_TERM)}</p> }
    });
    let who = words.with(keys::MANAGE_TIERS_WHO, [("tier", name.as_str().into())]);
    let brings = words.with(keys::TIERS_BRINGS, [("tier", name.into())]);
    view! {
        <form class="form" method="post" action=paths::manage_tier(&named.tier.code).to_string()>
            <input type="hidden" name="version" value=form.value("version").to_owned()/>
            <section class="panel" aria-labelledby="who">
                <header><h2 id="who">{who}</h2></header>
                <div class="body">
                    <div class="rules field" id="rules" tabindex="-1">
                        <p class="small muted">{words.say(keys::MANAGE_TIERS_ALL)}</p>
                        {rules}
                        {error}
                    </div>
                    {term}
                </div>
            </section>
            <section class="panel" aria-labelledby="brings">
                <header><h2 id="brings">{brings}</h2></header>
                <div class="body">
                    <div class="fields">
                        {text_field(&field("name_de", keys::MANAGE_TIERS_NAME_DE, 60), form, words, assets)}
                        {text_field(&field("name_en", keys::MANAGE_TIERS_NAME_EN, 60), form, words, assets)}
                        {text_area(&field("benefits_de", keys::MANAGE_TIERS_BENEFITS_DE, 500), form, words, assets)}
                        {text_area(&field("benefits_en", keys::MANAGE_TIERS_BENEFITS_EN, 500), form, words, assets)}
                    </div>
                </div>
            </section>
            <div class="cluster">
                <button class="button" type="submit">{words.say(keys::MANAGE_TIERS_SAVE)}</button>
            </div>
        </form>
    }
    .into_markup()
}

fn rule_row(visitor: &Visitor, form: &FormState, index: usize) -> Markup {
    let words = visitor.words;
    let number = i64::try_from(index).unwrap_or(0) + 1;
    let numbered = |key| words.with(key, [("n", number.into())]);
    let (metric, value, period) =
        (format!("metric{index}"), format!("value{index}"), format!("period{index}"));
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
    let error = error.map(|error| {
        view! { <p class="error">{icon(&visitor.app.assets, "alert")}<span>{error}</span></p> }
    });
    view! {
        <div class="rule">
            <label class="hidden" for=metric.clone()>{numbered(keys::MANAGE_TIERS_METRIC)}</label>
            <select id=metric.clone() name=metric>{metrics}</select>
            <span>{words.say(keys::MANAGE_TIERS_AT_LEAST)}</span>
            <label class="hidden" for=value.clone()>{numbered(keys::MANAGE_TIERS_VALUE)}</label>
            <input id=value.clone() name=value inputmode="numeric" maxlength="6" autocomplete="off" value=typed
                aria-invalid=invalid/>
            <label class="hidden" for=period.clone()>{numbered(keys::MANAGE_TIERS_PERIOD)}</label>
            <select id=period.clone() name=period>{periods}</select>
            {error}
        </div>
    }
    .into_markup()
}
