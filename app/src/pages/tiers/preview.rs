//! What the draft of the tiers would do, before it takes effect: by number, and by name.

use axum::extract::Query;
use domain::{
    ids::MemberId,
    members::Role,
    tiers::{Outlook, PilotKind},
};
use leptos::prelude::*;
use serde::Deserialize;
use services::{
    segments::Segment,
    tiers::{Fares, Moved, NamedTier, Preview, TierSettings, known, preview},
};
use words::{Key, keys};

use super::{name_of, rule, text};
use crate::{
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    ui::{
        self, ASKED, Column, Field, Slice, error_summary, icon, list_table, scrolling_table, text_field,
        tick_box,
    },
    visitor::{SignedIn, Visitor},
};

/// The field with what chooses a pilot; empty for everybody at once.
pub(crate) const KIND: &str = "pilot";
/// The box that confirms that a tier is out of everybody's reach.
pub(crate) const CONFIRMED: &str = "confirmed";

/// Which list of people is looked at, and where it begins.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Looked {
    show: String,
    after: String,
}

/// `GET /manage/tiers/preview`
///
/// # Errors
/// When the memory fails, there is no draft, or for anybody but marketing.
pub async fn show(
    Query(kept): Query<Kept>,
    Query(looked): Query<Looked>,
    SignedIn { visitor, person }: SignedIn,
) -> PageResult {
    let ctx = &visitor.app.ctx;
    if person.actor.program_managing().is_none() {
        return Err(PageError::NotAllowed);
    }
    let of = Outlook::parse(&looked.show).unwrap_or(Outlook::Rises);
    let after: Option<MemberId> = looked.after.parse().ok();
    let limit = usize::try_from(ASKED).unwrap_or(usize::MAX);
    let found = preview(ctx, &person.actor, of, after, limit).await?;
    let Some(found) = found else { return Ok(crate::shell::go(&paths::TIERS_DRAFT)) };
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_default();
    let managers = ctx.store.members().with_role(Role::AccountManager).await?;
    let segments = ctx.store.segments().all().await?;
    let mut tiers = found.draft.tiers.clone();
    tiers.extend(known(ctx).await?);
    let words = visitor.words;
    let effect = if found.under_way {
        view! { <p class="notice">{icon(&visitor.app.assets, "info")}<span>{words.error("tier_rollout_under_way")}</span></p> }
            .into_markup()
    } else {
        let managers: Vec<_> =
            managers.into_iter().map(|one| (one.id.to_string(), one.name.to_string())).collect();
        effect(&visitor, &found, &form, (&managers, &segments), TierSettings::read(&ctx.store).await?)
    };
    let locked = found.locks_out().then(|| {
        view! { <p class="notice">{icon(&visitor.app.assets, "alert")}<span>{words.error("tier_locks_out")}</span></p> }
    });
    let view = view! {
        <header class="page-head">
            <p class="crumb"><a href=paths::MANAGE_TIERS.to_string()>{words.say(keys::MANAGE_TIERS_TITLE)}</a></p>
            <h1>{words.say(keys::PREVIEW_TITLE)}</h1>
            <p class="lede">{words.say(keys::PREVIEW_LEDE)}</p>
        </header>
        <div class="stack">
            {error_summary(&form, words)}
            {locked}
            {figures(&visitor, &found, of)}
            {ladder(&visitor, &found)}
            {people(&visitor, found.people, &tiers, of, &looked.after)}
            {effect}
        </div>
    };
    let head = Head::new(words.say(keys::PREVIEW_TITLE)).in_nav(Nav::Tiers).compact();
    Ok(page(&visitor, head, view))
}

fn outlook_key(outlook: Outlook) -> Key {
    match outlook {
        Outlook::Rises => keys::PREVIEW_RISE,
        Outlook::FallsShort => keys::PREVIEW_FALL_SHORT,
        Outlook::Stays => keys::PREVIEW_STAY,
    }
}

/// The list of those whom it concerns.
fn who_key(outlook: Outlook) -> Key {
    match outlook {
        Outlook::Rises => keys::PREVIEW_WHO_RISES,
        Outlook::FallsShort => keys::PREVIEW_WHO_FALLS_SHORT,
        Outlook::Stays => keys::PREVIEW_WHO_STAYS,
    }
}

/// The number that a page can show of a count.
pub(crate) fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Three numbers, each the way to its list.
fn figures(visitor: &Visitor, found: &Preview, of: Outlook) -> Markup {
    let (words, formats) = (visitor.words, visitor.formats());
    let numbers = Outlook::ALL
        .iter()
        .map(|outlook| {
            let mark = match outlook {
                Outlook::Rises => "up",
                Outlook::FallsShort => "down",
                Outlook::Stays => "flat",
            };
            let to = paths::TIERS_PREVIEW.with_query([("show", outlook.as_str())]);
            let here = (*outlook == of).then_some("page");
            view! {
                <a href=to.to_string() aria-current=here>
                    <b>{formats.number(whole(found.count(*outlook)))}</b>
                    <span>{icon(&visitor.app.assets, mark)}{words.say(outlook_key(*outlook))}</span>
                </a>
            }
        })
        .collect_view();
    view! { <nav class="moves" aria-label=words.say(keys::PREVIEW_TITLE)>{numbers}</nav> }.into_markup()
}

fn ladder(visitor: &Visitor, found: &Preview) -> Markup {
    let (words, formats) = (visitor.words, visitor.formats());
    let tiers = found.fares.iter().rev().map(|Fares { named, now, reach, is_locked }| {
        let conditions: Vec<_> = named.tier.rules.iter().map(|one| rule(one, words)).collect();
        let mark = is_locked.then(|| icon(&visitor.app.assets, "alert"));
        view! {
            <tr>
                <th scope="row">{mark}{text(&named.name, words)}</th>
                <td>{conditions.join("; ")}</td>
                <td class="n">{formats.number(whole(*now))}</td>
                <td class="n">{formats.number(whole(*reach))}</td>
            </tr>
        }
        .into_markup()
    });
    let gone = found.gone.iter().map(|(named, now)| {
        view! {
            <tr>
                <th scope="row"><del>{text(&named.name, words)}</del></th>
                <td>{words.say(keys::PREVIEW_GONE)}</td>
                <td class="n">{formats.number(whole(*now))}</td>
                <td class="n">"–"</td>
            </tr>
        }
        .into_markup()
    });
    let rows = tiers.chain(gone).collect();
    let columns = [
        keys::NAV_TIERS.into(),
        keys::TIERS_TAKES.into(),
        Column::number(keys::PREVIEW_NOW),
        Column::number(keys::PREVIEW_REACH),
    ];
    view! {
        <section class="panel">{scrolling_table(keys::PREVIEW_TITLE, columns, rows, words)}</section>
        <p><a href=paths::TIERS_DRAFT.to_string()>{words.say(keys::PREVIEW_EDIT)}</a></p>
    }
    .into_markup()
}

fn people(visitor: &Visitor, people: Vec<Moved>, tiers: &[NamedTier], of: Outlook, after: &str) -> Markup {
    let words = visitor.words;
    let here = paths::TIERS_PREVIEW.with_query([("show", of.as_str())]);
    let after = (!after.is_empty()).then_some(after);
    let slice = Slice::of(people, &here, after, |one: &Moved| one.mover.member.to_string());
    let rows = slice.lines.iter().map(|Moved { mover, from, reaches }| {
        view! {
            <tr>
                <th scope="row"><a href=paths::person(mover.member).to_string()>{mover.name.clone()}</a></th>
                <td>{mover.company.clone()}</td>
                <td>{name_of(tiers, from.as_ref(), words)}</td>
                <td>{name_of(tiers, reaches.as_ref(), words)}</td>
            </tr>
        }
        .into_markup()
    });
    let columns = [keys::PREVIEW_PERSON, keys::PREVIEW_COMPANY, keys::PREVIEW_HAS, keys::PREVIEW_REACHES];
    let empty = (keys::PREVIEW_NOBODY, keys::PREVIEW_NOBODY_HELP);
    let table = list_table(who_key(of), columns, rows.collect(), empty, words);
    view! {
        <section class="stack" aria-labelledby="who">
            <h2 id="who">{words.say(who_key(of))}</h2>
            {table}
            {ui::pager(slice.first.as_ref(), slice.next.as_ref(), words)}
        </section>
    }
    .into_markup()
}

/// A form for each way of choosing a pilot, and one for everybody at once.
fn effect(
    visitor: &Visitor,
    found: &Preview,
    form: &FormState,
    (managers, segments): (&[(String, String)], &[Segment]),
    settings: TierSettings,
) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let tick = |prefix: PilotKind, code: &str, label: &str| {
        let name = format!("{prefix}-{code}");
        let field = Field { name: &name, label: label.to_owned(), blank: true, ..Field::default() };
        tick_box(&field, form, words, assets)
    };
    let countries = Field {
        name: "countries",
        label: words.say(keys::PILOT_COUNTRIES_LABEL).into_owned(),
        help: Some(words.say(keys::PILOT_COUNTRIES_HELP).into_owned()),
        maxlength: 60,
        ..Field::default()
    };
    let tiers = found.fares.iter().filter(|fares| fares.now > 0).map(|fares| &fares.named);
    let tiers = tiers.chain(found.gone.iter().map(|(named, _)| named));
    let tiers =
        tiers.map(|named| tick(PilotKind::Tiers, named.tier.code.as_str(), &text(&named.name, words)));
    let managers = managers.iter().map(|(id, name)| tick(PilotKind::Managers, id, name));
    let segment = match segments.is_empty() {
        true => view! {
            <p><a href=paths::NEW_SEGMENT.to_string()>{words.say(keys::SEGMENT_NEW)}</a></p>
        }
        .into_markup(),
        false => {
            let label = words.say(keys::SEGMENT_NAME).into_owned();
            let field = Field { name: "segment", label, blank: true, ..Field::default() };
            ui::select_field(&field, crate::pages::segments::choices(segments, words), form, words, assets)
        }
    };
    let parts = [
        (PilotKind::Segment, keys::PILOT_SEGMENT, segment),
        (PilotKind::Countries, keys::PILOT_COUNTRIES, text_field(&countries, form, words, assets)),
        (PilotKind::Managers, keys::PILOT_MANAGERS, managers.collect::<Vec<_>>().into_markup()),
        (PilotKind::Tiers, keys::PILOT_TIERS, tiers.collect::<Vec<_>>().into_markup()),
    ];
    let parts = parts.map(|(kind, title, choice)| {
        let open = form.value(KIND) == kind.as_str();
        // Countries and segments are fields of their own, to which their errors lead.
        let ticked = matches!(kind, PilotKind::Managers | PilotKind::Tiers);
        let error = form.error(kind.as_str(), words).filter(|_| ticked).map(|error| {
            view! { <p class="error">{icon(assets, "alert")}<span>{error}</span></p> }
        });
        let id = ticked.then_some(kind.as_str());
        let body = view! {
            <div id=id tabindex="-1">{choice}{error}</div>
        };
        view! {
            <details class="fold" open=open>
                <summary>{words.say(title)}</summary>
                {start(visitor, found, form, kind.as_str(), keys::PILOT_START, body.into_markup())}
            </details>
        }
        .into_markup()
    });
    let days =
        [("grace", i64::from(settings.grace_days).into()), ("undo", i64::from(settings.undo_days).into())];
    let all = start(visitor, found, form, "", keys::EFFECT_ALL, ().into_markup());
    view! {
        <section class="panel" aria-labelledby="effect">
            <header><h2 id="effect">{words.say(keys::EFFECT_TITLE)}</h2></header>
            <div class="body">
                <p class="small muted">{words.with(keys::EFFECT_HELP, days)}</p>
                {Vec::from(parts)}
                {all}
            </div>
        </section>
    }
    .into_markup()
}

fn start(
    visitor: &Visitor,
    found: &Preview,
    form: &FormState,
    kind: &'static str,
    label: Key,
    body: Markup,
) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let box_id = if kind.is_empty() { CONFIRMED.to_owned() } else { format!("{CONFIRMED}-{kind}") };
    // Several forms of one page each have their own box; only one of them can be in the address of an error.
    let confirm = found.locks_out().then(|| {
        let error = form.error(CONFIRMED, words).filter(|_| form.value(KIND) == kind).map(|error| {
            view! { <p class="error">{icon(assets, "alert")}<span>{error}</span></p> }
        });
        view! {
            <div class="field">
                <div class="check">
                    <input type="checkbox" id=box_id.clone() name=CONFIRMED value="yes"/>
                    <label for=box_id>{words.say(keys::EFFECT_CONFIRM)}</label>
                </div>
                {error}
            </div>
        }
    });
    let plain = (!kind.is_empty()).then_some("plain");
    view! {
        <form class="form" method="post" action=paths::TIERS_EFFECT.to_string() novalidate=true>
            <input type="hidden" name="version" value=found.draft.version.to_string()/>
            <input type="hidden" name=KIND value=kind/>
            {body}
            {confirm}
            <div><button class="button" data-kind=plain type="submit">{words.say(label)}</button></div>
        </form>
    }
    .into_markup()
}
