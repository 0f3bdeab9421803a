//! What an employer lets go to one of their people, and who may write that down.

use domain::ids::MemberId;
use leptos::prelude::*;
use services::members::RecordedRelease;
use words::keys;

use crate::{
    forms::FormState,
    markup::{IntoMarkup, Markup},
    pages::settings::capped,
    paths::PersonAct,
    ui::{self, Field, error_summary, scrolling_table, text_field},
    visitor::Visitor,
};

/// The name of the form among those of a person's page.
pub(crate) const FORM: &str = "release";

/// Every release that was recorded, and the form for a new one where its reader may record it.
pub(super) fn release_panel(
    id: MemberId,
    releases: &[RecordedRelease],
    edits: Option<&FormState>,
    visitor: &Visitor,
) -> Markup {
    let words = visitor.words;
    let list = if releases.is_empty() {
        view! { <p class="small muted">{words.say(keys::RELEASE_NONE)}</p> }.into_markup()
    } else {
        let rows = releases.iter().map(|one| row(id, one, edits.is_some(), visitor)).collect();
        let columns = [
            keys::RELEASE_BY,
            keys::RELEASE_PERIOD,
            keys::RELEASE_CAPS,
            keys::RELEASE_DOCUMENT,
            keys::RELEASE_STATE,
        ];
        scrolling_table(keys::RELEASE_TITLE, columns, rows, words)
    };
    view! {
        <section class="panel" aria-labelledby="releases">
            <header><h2 id="releases">{words.say(keys::RELEASE_TITLE)}</h2></header>
            <div class="body">
                <p class="small muted">{words.say(keys::RELEASE_HELP)}</p>
                {list}
                {edits.map(|form| new_form(id, form, visitor))}
            </div>
        </section>
    }
    .into_markup()
}

fn row(id: MemberId, one: &RecordedRelease, edits: bool, visitor: &Visitor) -> Markup {
    let (words, formats) = (visitor.words, visitor.formats());
    let release = &one.release;
    let from = formats.calendar_day(release.released_on);
    let period = match release.valid_until {
        Some(until) => words.with(
            keys::RELEASE_FROM_UNTIL,
            [("from", from.into()), ("until", formats.calendar_day(until).into())],
        ),
        None => words.with(keys::RELEASE_FROM, [("from", from.into())]),
    };
    let caps: Vec<String> = release
        .caps
        .iter()
        .filter_map(|(unit, cap)| domain::incentives::Amount::new(*cap, *unit).ok())
        .map(|cap| ui::amount(cap, words, formats))
        .collect();
    let state = match one.revoked_at {
        Some(at) => {
            let text = words.with(keys::RELEASE_REVOKED, [("date", formats.date(at).into())]);
            view! { <span>{text}</span> }.into_markup()
        }
        None if edits => view! {
            <form method="post" action=PersonAct::ReleaseEnd.of(id).to_string()>
                <input type="hidden" name="release" value=one.id.to_string()/>
                <button class="button" data-kind="plain" type="submit">{words.say(keys::RELEASE_REVOKE)}</button>
            </form>
        }
        .into_markup(),
        None => view! { <span>{words.say(keys::RELEASE_HOLDS)}</span> }.into_markup(),
    };
    view! {
        <tr>
            <th scope="row">{release.released_by.as_str().to_owned()}</th>
            <td>{period}</td>
            <td>{caps.join(", ")}</td>
            <td>{release.document.clone()}</td>
            <td>{state}</td>
        </tr>
    }
    .into_markup()
}

fn new_form(id: MemberId, form: &FormState, visitor: &Visitor) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let field = |name: &'static str, key| Field {
        name,
        label: words.say(key).into_owned(),
        autocomplete: "off",
        maxlength: 160,
        ..Field::default()
    };
    let day = |name, key, optional| Field { kind: "date", optional, ..field(name, key) };
    let caps = capped(visitor)
        .into_iter()
        .map(|one| {
            let unit = ui::unit_name(one.unit, words);
            let money = matches!(one.unit, domain::incentives::Unit::Money(_));
            let cap = Field {
                label: words.with(keys::RELEASE_CAP, [("unit", unit.into())]),
                inputmode: if money { "decimal" } else { "numeric" },
                blank: true,
                maxlength: 20,
                ..field(one.advocate, keys::RELEASE_CAPS)
            };
            text_field(&cap, form, words, assets)
        })
        .collect_view();
    let open = form.value("form") == FORM;
    view! {
        <details class="fold" open=open>
            <summary>{words.say(keys::RELEASE_NEW)}</summary>
            <form class="form" method="post" action=PersonAct::Release.of(id).to_string() novalidate=true>
                {error_summary(form, words)}
                <div class="fields">
                    {text_field(&field("released_by", keys::RELEASE_BY), form, words, assets)}
                    {text_field(&field("document", keys::RELEASE_DOCUMENT), form, words, assets)}
                    {text_field(&day("released_on", keys::RELEASE_ON, false), form, words, assets)}
                    {text_field(&day("valid_until", keys::RELEASE_LAST, true), form, words, assets)}
                </div>
                <p class="small muted">{words.say(keys::RELEASE_CAPS_HELP)}</p>
                <div class="fields">{caps}</div>
                <div><button class="button" type="submit">{words.say(keys::RELEASE_SAVE)}</button></div>
            </form>
        </details>
    }
    .into_markup()
}
