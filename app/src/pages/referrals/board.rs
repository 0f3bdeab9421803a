//! The board: what is overdue on top, then a lane per stage. Each card has its next move as a plain form; a script
//! lets cards be dragged too, and sends that very form.

use std::collections::BTreeMap;

use axum::extract::Query;
use domain::{
    consent::ConsentState,
    members::AccountManaging,
    moments::{ClockKind, ClockState, clock},
    referrals::{Pipeline, Stage, Step, Stop},
};
use leptos::prelude::*;
use services::referrals::{Line, Place, detail_for_staff, duties, reach, settings};
use words::keys;

use super::{
    conflict, parts,
    stages::{Stages, seen},
};
use crate::{
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    ui::{self, Party},
    visitor::{SignedIn, Visitor},
};

/// Cards in a lane; whoever has more finds them in the list.
const LIMIT: u64 = 40;

/// Where a dragged card can be dropped besides: both ask for more than a drop can say.
const ENDS: [Stage; 2] = [Stage::Won, Stage::Lost];

/// `GET /work/board`
///
/// # Errors
/// When the memory fails, or for somebody who looks after no referrals.
pub async fn show(Query(kept): Query<Kept>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    let ctx = &visitor.app.ctx;
    let duties = duties(ctx, person.actor.member).await?;
    let power = person.actor.account_managing(duties.clone()).ok_or(PageError::NotAllowed)?;
    let reach = reach(power.member(), &duties);
    let form = FormState::kept(&kept, &visitor).await?;
    let stages = Stages::of(&visitor).await?;
    let unfinished = match &form {
        Some(form) => unfinished(&visitor, &stages, &power, form).await?,
        None => None,
    };
    let counts = ctx.store.referrals().open_by_stop(&reach).await?;
    let lanes = lanes(&stages.pipeline, &counts);
    let places: Vec<Place> = lanes.iter().map(|stop| place(&stages.pipeline, *stop)).collect();
    let lines = ctx.store.referrals().board(&reach, &places, LIMIT).await?;
    let words = visitor.words;
    let overdue: Vec<&Line> = lines.iter().filter(|line| broken(&visitor, line).is_some()).collect();
    let open: i64 = counts.values().sum();
    let lede = words.with(keys::BOARD_LEDE, [("n", open.into())]);
    // The script fills in which card and which stage.
    let spoken = |key| words.with(key, [("card", "{card}".into()), ("stage", "{stage}".into())]);
    let lanes = lanes
        .into_iter()
        .map(|stop| {
            let cards: Vec<&Line> = lines.iter().filter(|line| line.stop() == Some(stop)).collect();
            lane(&visitor, &stages, stop, &cards, counts.get(&stop).copied().unwrap_or(0))
        })
        .collect_view();
    let view = view! {
        <header class="page-head">
            <div class="spread">
                <h1>{words.say(keys::NAV_BOARD)}</h1>
                <p class="cluster small">
                    <a href=paths::DUE.to_string()>{words.say(keys::DUE_TITLE)}</a>
                    <a href=paths::WORK_REFERRALS.to_string()>{words.say(keys::BOARD_AS_LIST)}</a>
                </p>
            </div>
            <p class="lede">{lede}</p>
        </header>
        {unfinished}
        {(!overdue.is_empty()).then(|| overdue_panel(&visitor, &overdue))}
        <h2 class="hidden">{words.say(keys::BOARD_LANES)}</h2>
        <div data-board="" data-picked=spoken(keys::BOARD_PICKED) data-over=spoken(keys::BOARD_OVER)
            data-back=spoken(keys::BOARD_BACK)>
            <div class="lanes">{lanes}</div>
            <div class="ends">{ENDS.into_iter().map(|end| {
                view! { <div data-stage=end.as_str()><h3>{stages.stage(end)}</h3></div> }
            }).collect_view()}</div>
            <p class="hidden" aria-live="polite" data-say=""></p>
        </div>
    };
    Ok(page(&visitor, Head::new(words.say(keys::NAV_BOARD)).in_nav(Nav::Board).compact(), view))
}

/// The lanes: every stop before the last, and what somebody moved onto a moment before it was taken out.
fn lanes(pipeline: &Pipeline, counts: &BTreeMap<Stop, i64>) -> Vec<Stop> {
    let mut lanes = pipeline.stops();
    lanes.retain(|stop| *stop != Stop::Step(Step::Won));
    let left =
        counts.iter().filter(|(stop, count)| **count > 0 && !lanes.contains(stop)).map(|(stop, _)| *stop);
    let left: Vec<Stop> = left.collect();
    lanes.extend(left);
    lanes
}

/// Which referrals stand at a stop.
fn place(pipeline: &Pipeline, stop: Stop) -> Place {
    match stop {
        Stop::Between(id) => Place::Between(id),
        Stop::Step(step) => {
            let own: Vec<_> = pipeline.between_of(step).map(|stage| stage.id).collect();
            if own.is_empty() { Place::Stage(step.stage()) } else { Place::Besides(step.stage(), own) }
        }
    }
}

/// A move that somebody else came before, or that a lost session interrupted.
async fn unfinished(
    visitor: &Visitor,
    stages: &Stages,
    power: &AccountManaging,
    form: &FormState,
) -> Result<Option<Markup>, PageError> {
    let Some(id) = form.parse_optional("referral") else { return Ok(None) };
    let Some(duty) = detail_for_staff(&visitor.app.ctx, power, id).await? else { return Ok(None) };
    let words = visitor.words;
    let version = match form.value("version") {
        "" => duty.stored.version.to_string(),
        seen => seen.to_owned(),
    };
    let key: uuid::Uuid = visitor.app.ctx.new_id();
    let wanted = conflict::move_name(visitor, stages, form.value("move"));
    let company = duty.stored.facts.company.to_string();
    let mark = seen(&duty.stored.facts);
    Ok(Some(
        view! {
            <section class="stack unfinished" aria-labelledby="unfinished">
                <h2 id="unfinished">
                    {words.with(keys::CONFLICT_UNFINISHED, [("company", company.into()), ("stage", wanted.into())])}
                </h2>
                {ui::error_summary(form, words)}
                {conflict::both_versions(visitor, stages, &duty, form)}
                <form class="cluster" method="post" action=paths::work_move(id).to_string()>
                    <input type="hidden" name="version" value=version/>
                    <input type="hidden" name="seen" value=mark/>
                    <input type="hidden" name="key" value=key.to_string()/>
                    <input type="hidden" name="referral" value=id.to_string()/>
                    <input type="hidden" name="move" value=form.value("move").to_owned()/>
                    <input type="hidden" name="from" value="board"/>
                    <button class="button" type="submit">{words.say(keys::CONFLICT_AGAIN)}</button>
                    <a class="button" data-kind="plain" href=paths::work_referral(id).to_string()>
                        {words.say(keys::CONFLICT_OPEN)}
                    </a>
                </form>
            </section>
        }
        .into_markup(),
    ))
}

/// The promise of this referral that is broken now, and since when.
fn broken(visitor: &Visitor, line: &Line) -> Option<(ClockKind, ClockState)> {
    let (clocks, now) = (settings(&visitor.app.ctx).1, visitor.app.ctx.now());
    [(ClockKind::FirstContact, line.contact_done_at), (ClockKind::Thanks, line.thanks_done_at)]
        .into_iter()
        .filter_map(|(kind, done)| Some((kind, clock(kind, &line.progress, done, now, &clocks)?)))
        .find(|(_, state)| matches!(state, ClockState::Broken { .. }))
}

fn overdue_panel(visitor: &Visitor, lines: &[&Line]) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let clocks = settings(&visitor.app.ctx).1;
    let rows = lines
        .iter()
        .filter_map(|line| Some((line, broken(visitor, line)?)))
        .map(|(line, (kind, state))| {
            let (limit, what, act) = match kind {
                ClockKind::Thanks => (clocks.thanks, keys::OVERDUE_THANKS, keys::OVERDUE_THANKS_DO),
                ClockKind::FirstContact => {
                    (clocks.first_contact, keys::OVERDUE_CONTACT, keys::OVERDUE_CONTACT_DO)
                }
            };
            view! {
                <li>
                    <div>
                        <h3><a href=paths::work_referral(line.id).to_string()>{line.company.clone()}</a></h3>
                        {(!line.role_title.is_empty()).then(|| view! { <p>{line.role_title.clone()}</p> })}
                    </div>
                    <div>{ui::promise(state, limit, words, visitor.formats(), assets)}</div>
                    <div>
                        <strong>{words.say(what)}</strong>
                        <p>{words.with(keys::TICKET_BY, [("name", line.advocate.as_str().into())])}</p>
                    </div>
                    <div class="cluster">
                        <a class="button" href=paths::work_referral(line.id).to_string()>{words.say(act)}</a>
                    </div>
                </li>
            }
        })
        .collect_view();
    let count = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    view! {
        <section class="overdue" aria-labelledby="overdue">
            <h2 id="overdue">{ui::icon(assets, "alert")}{words.with(keys::OVERDUE_TITLE, [("n", count.into())])}</h2>
            <ul>{rows}</ul>
        </section>
    }
    .into_markup()
}

fn lane(visitor: &Visitor, stages: &Stages, stop: Stop, cards: &[&Line], count: i64) -> Markup {
    let words = visitor.words;
    let beyond = count.saturating_sub_unsigned(cards.len() as u64);
    let empty = cards.is_empty().then(|| view! { <p>{words.say(keys::BOARD_LANE_EMPTY)}</p> });
    view! {
        <section class="lane" data-stage=stop.to_string()>
            <header>
                <h3>{stages.stop(stop)}</h3>
                <span>{visitor.formats().number(count)}</span>
            </header>
            {empty}
            <ul class="stack-tight">{cards.iter().map(|line| ticket(visitor, stages, line)).collect_view()}</ul>
            {(beyond > 0).then(|| {
                let href = format!("{}?stage={}", paths::WORK_REFERRALS, stop);
                view! { <p><a href=href>{words.with(keys::BOARD_LANE_MORE, [("n", beyond.into())])}</a></p> }
            })}
        </section>
    }
    .into_markup()
}

fn ticket(visitor: &Visitor, stages: &Stages, line: &Line) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let clocks = settings(&visitor.app.ctx).1;
    let state = parts::first_contact(visitor, &line.progress, line.contact_done_at);
    let mark = match (broken(visitor, line), state) {
        (Some(_), _) => "broken",
        (None, Some(ClockState::Soon { .. })) => "soon",
        _ => "calm",
    };
    let waiting = line.progress.consent == ConsentState::Awaiting;
    let clock = state
        .filter(|state| !matches!(state, ClockState::Done { .. } | ClockState::Paused))
        .map(|state| ui::promise(state, clocks.first_contact, words, visitor.formats(), assets));
    // `won` is set where the deal is entered.
    let next = line.stop().and_then(|stop| stages.pipeline.following(stop));
    let next = next.filter(|next| !waiting && *next != Stop::Step(Step::Won));
    let movable = (!waiting).then_some("");
    let pick = (!waiting).then(|| {
        let label = words.with(keys::BOARD_PICK, [("card", line.company.as_str().into())]);
        view! {
            <button class="button" data-kind="quiet" type="button" data-pick="" hidden=true aria-pressed="false">
                <span aria-hidden="true">{words.say(keys::BOARD_PICK_SHORT)}</span><span class="hidden">{label}</span>
            </button>
        }
    });
    view! {
        <li>
            <article class="ticket" data-state=mark data-referral=line.id.to_string() data-movable=movable
                data-page=paths::work_referral(line.id).to_string()>
                <h4><a href=paths::work_referral(line.id).to_string()>{line.company.clone()}</a></h4>
                <p>
                    {(!line.role_title.is_empty()).then(|| view! { {line.role_title.clone()}<br/> })}
                    {words.with(keys::TICKET_BY, [("name", line.advocate.as_str().into())])}
                </p>
                {parts::unread(visitor, line)}
                {waiting.then(|| ui::party(assets, Party::Customer, words.say(keys::TICKET_WAITING)))}
                {clock}
                {next.map(|next| advance(visitor, stages, line, next))}
                {pick}
            </article>
        </li>
    }
    .into_markup()
}

fn advance(visitor: &Visitor, stages: &Stages, line: &Line, next: Stop) -> Markup {
    let key: uuid::Uuid = visitor.app.ctx.new_id();
    view! {
        <form method="post" action=paths::work_move(line.id).to_string()>
            <input type="hidden" name="version" value=line.version/>
            <input type="hidden" name="seen" value=line.stop().map(|stop| stop.to_string())/>
            <input type="hidden" name="key" value=key.to_string()/>
            <input type="hidden" name="referral" value=line.id.to_string()/>
            <input type="hidden" name="move" value=next.to_string()/>
            <input type="hidden" name="from" value="board"/>
            <button class="button" data-kind="plain" type="submit">
                {ui::icon(&visitor.app.assets, "arrow")}{stages.advance(next)}
            </button>
        </form>
    }
    .into_markup()
}
