//! The tiers as staff see them: those in force, the draft, what is on its way, and the versions there were.

use axum::extract::Query;
use domain::tiers::{RolloutState, TierCode};
use leptos::prelude::*;
use services::tiers::{Came, NamedTier, OnItsWay, Overview, known, overview};
use words::{Key, keys};

use super::{name_of, rule, rungs, text};
use crate::{
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    ui::{Column, error_summary, icon, scrolling_table},
    visitor::{SignedIn, Visitor},
};

/// `GET /manage/tiers`
///
/// # Errors
/// When the memory fails, or for somebody who is no staff.
pub async fn list(Query(kept): Query<Kept>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    let ctx = &visitor.app.ctx;
    let found = overview(ctx, &person.actor).await?.ok_or(PageError::NotAllowed)?;
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_default();
    let names = if found.rollout.is_some() { known(ctx).await? } else { Vec::new() };
    let words = visitor.words;
    let rows = found
        .tiers
        .iter()
        .enumerate()
        .rev()
        .map(|(index, named)| {
            let mut conditions: Vec<_> = named.tier.rules.iter().map(|one| rule(one, words)).collect();
            conditions.extend(named.tier.needs_term.then(|| words.say(keys::TIERS_TERM).into_owned()));
            view! {
                <tr id=format!("tier-{}", named.tier.code)>
                    <th scope="row">{rungs(index + 1, found.tiers.len())}{text(&named.name, words)}</th>
                    <td>{conditions.join("; ")}</td>
                    <td>{text(&named.benefits, words)}</td>
                    <td class="n">{visitor.formats().number(people(&found, named))}</td>
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
    let rollout = found.rollout.as_ref().map(|rollout| on_its_way(&visitor, rollout, &names, found.editable));
    let view = view! {
        <header class="page-head">
            <h1>{words.say(keys::MANAGE_TIERS_TITLE)}</h1>
            <p class="lede">{words.say(keys::MANAGE_TIERS_LEDE)}</p>
        </header>
        <div class="stack">
            {error_summary(&form, words)}
            {rollout}
            <section class="panel">{scrolling_table(keys::MANAGE_TIERS_TITLE, columns, rows, words)}</section>
            {found.editable.then(|| draft(&visitor, &found))}
            {versions(&visitor, &found)}
        </div>
    };
    let head = Head::new(words.say(keys::MANAGE_TIERS_TITLE)).in_nav(Nav::Tiers).compact();
    Ok(page(&visitor, head, view))
}

fn people(found: &Overview, named: &NamedTier) -> i64 {
    found.population.get(named.tier.code.as_str()).copied().unwrap_or(0)
}

/// The way to the editor, and to what a draft would do.
fn draft(visitor: &Visitor, found: &Overview) -> Markup {
    let words = visitor.words;
    match &found.draft {
        None => view! {
            <p><a class="button" href=paths::TIERS_DRAFT.to_string()>{words.say(keys::DRAFT_BEGIN)}</a></p>
        }
        .into_markup(),
        Some(draft) => {
            let values = [
                ("n", i64::from(draft.number).into()),
                ("date", visitor.formats().date(draft.made_at).into()),
            ];
            view! {
                <section class="panel" aria-labelledby="draft">
                    <header><h2 id="draft">{words.say(keys::DRAFT_TITLE)}</h2></header>
                    <div class="body">
                        <p>{words.with(keys::DRAFT_STANDS, values)}</p>
                        <div class="cluster">
                            <a class="button" href=paths::TIERS_PREVIEW.to_string()>{words.say(keys::PREVIEW_TITLE)}</a>
                            <a class="button" data-kind="plain" href=paths::TIERS_DRAFT.to_string()>
                                {words.say(keys::DRAFT_GO_ON)}
                            </a>
                        </div>
                    </div>
                </section>
            }
            .into_markup()
        }
    }
}

fn versions(visitor: &Visitor, found: &Overview) -> Option<Markup> {
    let words = visitor.words;
    // The first version alone says nothing that does not stand above.
    if found.versions.len() < 2 {
        return None;
    }
    let rows = found
        .versions
        .iter()
        .map(|scheme| {
            let date = scheme.published_at.map(|at| visitor.formats().date(at));
            let names: Vec<_> = scheme
                .tiers
                .iter()
                .map(|named| {
                    let conditions: Vec<_> = named.tier.rules.iter().map(|one| rule(one, words)).collect();
                    format!("{} ({})", text(&named.name, words), conditions.join("; "))
                })
                .collect();
            view! {
                <tr>
                    <th scope="row" class="n">{scheme.number}</th>
                    <td>{date}</td>
                    <td>{names.join(" · ")}</td>
                </tr>
            }
            .into_markup()
        })
        .collect();
    let columns =
        [Column::number(keys::VERSIONS_NUMBER), keys::VERSIONS_SINCE.into(), keys::NAV_TIERS.into()];
    Some(
        view! {
            <details class="fold">
                <summary>{words.say(keys::VERSIONS_TITLE)}</summary>
                {scrolling_table(keys::VERSIONS_TITLE, columns, rows, words)}
            </details>
        }
        .into_markup(),
    )
}

/// A version that is on its way, with its figures and what can be decided.
fn on_its_way(visitor: &Visitor, found: &OnItsWay, names: &[NamedTier], editable: bool) -> Markup {
    let words = visitor.words;
    let OnItsWay { rollout, scheme, came } = found;
    let formats = visitor.formats();
    let number = i64::from(scheme.number);
    let title = words.with(keys::ROLLOUT_TITLE, [("n", number.into())]);
    let until = rollout.undo_until.map(|until| formats.moment(until)).unwrap_or_default();
    let state = words.with(state_key(rollout.state), [("n", number.into()), ("until", until.into())]);
    let acts: &[(&str, Key, bool)] = match rollout.state {
        RolloutState::Pilot => &[("all", keys::ROLLOUT_ALL, true), ("close", keys::ROLLOUT_CLOSE, false)],
        RolloutState::InForce => &[("undo", keys::ROLLOUT_UNDO, false)],
        _ => &[],
    };
    let acts = acts
        .iter()
        .map(|(act, label, first)| {
            view! {
                <form method="post" action=paths::TIERS_ROLLOUT.to_string()>
                    <input type="hidden" name="rollout" value=rollout.id.to_string()/>
                    <button class="button" data-kind=(!first).then_some("plain") type="submit" name="do" value=*act>
                        {words.say(*label)}
                    </button>
                </form>
            }
        })
        .collect_view();
    let acts = editable.then(|| view! { <div class="cluster">{acts}</div> });
    view! {
        <section class="panel" aria-labelledby="rollout">
            <header><h2 id="rollout">{title}</h2></header>
            <div class="body">
                <p class="cluster">{icon(&visitor.app.assets, "info")}<span>{state}</span></p>
                {figures(visitor, came, names)}
                {acts}
            </div>
        </section>
    }
    .into_markup()
}

fn state_key(state: RolloutState) -> Key {
    match state {
        RolloutState::Piloting => keys::ROLLOUT_PILOTING,
        RolloutState::Pilot => keys::ROLLOUT_PILOT,
        RolloutState::Rolling => keys::ROLLOUT_ROLLING,
        RolloutState::Closing | RolloutState::Undoing => keys::ROLLOUT_PUTTING_BACK,
        RolloutState::InForce | RolloutState::Closed | RolloutState::Undone => keys::ROLLOUT_IN_FORCE,
    }
}

/// How many of its members came from which tier to which.
fn figures(visitor: &Visitor, came: &[Came], names: &[NamedTier]) -> Option<Markup> {
    let words = visitor.words;
    if came.is_empty() {
        return None;
    }
    let name = |code: &Option<TierCode>| name_of(names, code.as_ref(), words);
    let mut came: Vec<&Came> = came.iter().collect();
    came.sort_by_key(|(from, to, count)| (from == to, std::cmp::Reverse(*count)));
    let rows = came
        .into_iter()
        .map(|(from, to, count)| {
            view! {
                <tr>
                    <th scope="row">{name(from)}</th>
                    <td>{name(to)}</td>
                    <td class="n">{visitor.formats().number(*count)}</td>
                </tr>
            }
            .into_markup()
        })
        .collect();
    let columns = [keys::ROLLOUT_BEFORE.into(), keys::ROLLOUT_NOW.into(), Column::number(keys::NAV_PEOPLE)];
    Some(scrolling_table(keys::ROLLOUT_FIGURES, columns, rows, words))
}
