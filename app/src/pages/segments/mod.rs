//! Segments: groups of customers, with who belongs to them now.

mod form;

use axum::extract::{Path as Wanted, Query};
use domain::{
    ids::SegmentId,
    segments::{SegmentRule, Whom},
};
use leptos::prelude::*;
use services::segments::{Segment, SegmentUse, SegmentView, segment, segments};
use words::{Words, keys};

use crate::{
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{
        PageError, PageResult,
        accounts::{kind_key, status_key},
        compliance::section_name,
    },
    paths,
    shell::{Head, Nav, page},
    ui::{self, Choice, error_summary, list_table, scrolling_table},
    visitor::{SignedIn, Visitor},
};

use form::{Known, editor, filled};
pub(crate) use form::{MANAGER, RECIPIENT, SECTION, STATUS, TIER};

/// `GET /manage/segments`
///
/// # Errors
/// For somebody who does not see programmes.
pub async fn list(SignedIn { visitor, person }: SignedIn) -> PageResult {
    let all = segments(&visitor.app.ctx, &person.actor).await?.ok_or(PageError::NotAllowed)?;
    let edits = person.actor.program_managing().is_some();
    let words = visitor.words;
    let known = Known::load(&visitor).await?;
    let rows = all.iter().map(|one| {
        view! {
            <tr>
                <th scope="row">
                    <a href=paths::customer_segment(one.id).to_string()>{one.name.to(words.language()).to_owned()}</a>
                </th>
                <td>{who(&one.whom, &known, &visitor).join("; ")}</td>
            </tr>
        }
        .into_markup()
    });
    let empty = (keys::SEGMENTS_EMPTY, keys::SEGMENTS_EMPTY_HELP);
    let table = list_table(
        keys::SEGMENTS_TITLE,
        [keys::SEGMENT_NAME, keys::SEGMENT_WHO],
        rows.collect(),
        empty,
        words,
    );
    let view = view! {
        <header class="page-head">
            <p class="crumb"><a href=paths::INCENTIVES.to_string()>{words.say(keys::NAV_INCENTIVES)}</a></p>
            <h1>{words.say(keys::SEGMENTS_TITLE)}</h1>
            <p class="lede">{words.say(keys::SEGMENTS_LEDE)}</p>
        </header>
        <div class="stack">
            {table}
            {edits.then(|| view! {
                <p><a class="button" href=paths::NEW_SEGMENT.to_string()>{words.say(keys::SEGMENT_NEW)}</a></p>
            })}
        </div>
    };
    Ok(page(&visitor, Head::new(words.say(keys::SEGMENTS_TITLE)).in_nav(Nav::Incentives).compact(), view))
}

/// `GET /manage/segments/new`
///
/// # Errors
/// For anybody but marketing.
pub async fn new(Query(kept): Query<Kept>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    person.actor.program_managing().ok_or(PageError::NotAllowed)?;
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_default();
    let words = visitor.words;
    let editor = editor(&visitor, &form, &Known::load(&visitor).await?, &paths::NEW_SEGMENT, None).await?;
    let view = view! {
        {head(words.say(keys::SEGMENT_NEW).into_owned(), words)}
        {error_summary(&form, words)}
        {editor}
    };
    Ok(page(&visitor, Head::new(words.say(keys::SEGMENT_NEW)).in_nav(Nav::Incentives).compact(), view))
}

/// `GET /manage/segments/{id}`
///
/// # Errors
/// [`PageError::NotFound`] where there is none, and for somebody who does not see programmes.
pub async fn show(
    Wanted(id): Wanted<SegmentId>,
    Query(kept): Query<Kept>,
    SignedIn { visitor, person }: SignedIn,
) -> PageResult {
    let found = segment(&visitor.app.ctx, &person.actor, id).await?.ok_or(PageError::NotFound)?;
    let refused = FormState::kept(&kept, &visitor).await?.unwrap_or_default();
    let known = Known::load(&visitor).await?;
    let words = visitor.words;
    let title = found.segment.name.to(words.language()).to_owned();
    // Deleting is refused without anything typed.
    let form = if refused.ticked("name_de") { refused.clone() } else { filled(&found) };
    let editor = editor(&visitor, &form, &known, &paths::customer_segment(id), Some(&found)).await?;
    let end = found.editable.then(|| {
        view! {
            <form method="post" action=paths::segment_end(id).to_string()>
                <input type="hidden" name="version" value=found.segment.version.to_string()/>
                <button class="button" data-kind="plain" type="submit">{words.say(keys::SEGMENT_END)}</button>
            </form>
        }
    });
    let view = view! {
        {head(title.clone(), words)}
        {error_summary(&refused, words)}
        <div class="split">
            <div class="stack">{ui::look_only(found.editable, editor, words)}{end}</div>
            <aside class="stack" aria-label=words.say(keys::SEGMENT_NOW)>
                {now(&visitor, &found)}
                {used(&found, words)}
            </aside>
        </div>
    };
    Ok(page(&visitor, Head::new(title).in_nav(Nav::Incentives).compact(), view))
}

fn head(title: String, words: Words) -> Markup {
    view! {
        <header class="page-head">
            <p class="crumb"><a href=paths::SEGMENTS.to_string()>{words.say(keys::SEGMENTS_TITLE)}</a></p>
            <h1>{title}</h1>
        </header>
    }
    .into_markup()
}

/// How many belong to it now, and some of them.
fn now(visitor: &Visitor, found: &SegmentView) -> Markup {
    let words = visitor.words;
    let size = found.size;
    let said =
        words.with(keys::SEGMENT_SIZE, [("people", size.people.into()), ("companies", size.accounts.into())]);
    let rows: Vec<_> = found
        .sample
        .iter()
        .map(|one| {
            view! { <tr><th scope="row">{one.name.clone()}</th><td>{one.account_name.clone()}</td></tr> }
                .into_markup()
        })
        .collect();
    let table = (!rows.is_empty()).then(|| {
        let columns = [keys::PREVIEW_PERSON, keys::PREVIEW_COMPANY];
        scrolling_table(keys::SEGMENT_SAMPLE, columns, rows, words)
    });
    view! {
        <section class="panel" aria-labelledby="now">
            <header><h2 id="now">{words.say(keys::SEGMENT_NOW)}</h2></header>
            <div class="body">
                <p><strong>{said}</strong></p>
                <p class="small muted">{words.say(keys::SEGMENT_SAMPLE)}</p>
                {table}
            </div>
        </section>
    }
    .into_markup()
}

/// What goes by it.
fn used(found: &SegmentView, words: Words) -> Markup {
    let items: Vec<_> = found
        .uses
        .iter()
        .map(|one| {
            let (to, label) = match one {
                SegmentUse::Tiers => (paths::MANAGE_TIERS, words.say(keys::SEGMENT_USED_TIERS).into_owned()),
                SegmentUse::Campaign(id, name) => {
                    let name = name.to(words.language()).to_owned();
                    (paths::campaign(*id), words.with(keys::SEGMENT_USED_CAMPAIGN, [("name", name.into())]))
                }
            };
            view! { <li><a href=to.to_string()>{label}</a></li> }.into_markup()
        })
        .collect();
    let none = items.is_empty().then(|| view! { <p class="muted">{words.say(keys::SEGMENT_UNUSED)}</p> });
    view! {
        <section class="panel" aria-labelledby="used">
            <header><h2 id="used">{words.say(keys::SEGMENT_USED)}</h2></header>
            <div class="body">{none}<ul class="stack-tight">{items}</ul></div>
        </section>
    }
    .into_markup()
}

/// Segments to choose from, after "none".
pub(crate) fn choices(all: &[Segment], words: Words) -> Vec<Choice> {
    let none = Choice { value: String::new(), label: words.say(keys::SEGMENT_NONE).into_owned() };
    let named = all
        .iter()
        .map(|one| Choice { value: one.id.to_string(), label: one.name.to(words.language()).to_owned() });
    std::iter::once(none).chain(named).collect()
}

/// Who belongs to a group, a sentence for each condition.
fn who(whom: &Whom, known: &Known, visitor: &Visitor) -> Vec<String> {
    let words = visitor.words;
    match whom {
        Whom::Picked(accounts) => {
            let n = i64::try_from(accounts.len()).unwrap_or(i64::MAX);
            vec![words.with(keys::SEGMENT_PICKED, [("n", n.into())])]
        }
        Whom::Rule(rule) => conditions(rule, known, visitor),
    }
}

fn conditions(rule: &SegmentRule, known: &Known, visitor: &Visitor) -> Vec<String> {
    let words = visitor.words;
    let list = |key, names: Vec<String>| {
        let said = format!("{}: {}", words.say(key), names.join(", "));
        (!names.is_empty()).then_some(said)
    };
    let date = |key, day: Option<chrono::NaiveDate>| {
        day.map(|day| words.with(key, [("date", visitor.formats().calendar_day(day).into())]))
    };
    let section = |one: &domain::compliance::Section| section_name(*one, words);
    let said = [
        list(keys::SEGMENT_COUNTRIES, rule.countries.iter().map(ToString::to_string).collect()),
        list(keys::SEGMENT_SECTIONS, rule.sections.iter().map(section).collect()),
        list(
            keys::SEGMENT_STATUSES,
            rule.statuses.iter().map(|one| words.say(status_key(*one)).into_owned()).collect(),
        ),
        list(
            keys::SEGMENT_RECIPIENTS,
            rule.recipients.iter().map(|one| words.say(kind_key(*one)).into_owned()).collect(),
        ),
        list(keys::SEGMENT_MANAGERS, rule.managers.iter().map(|one| known.manager(*one)).collect()),
        list(keys::SEGMENT_TIERS, rule.tiers.iter().map(|one| known.tier(one, words)).collect()),
        date(keys::SEGMENT_SAID_SINCE, rule.since),
        date(keys::SEGMENT_SAID_UNTIL, rule.until),
    ];
    said.into_iter().flatten().collect()
}
