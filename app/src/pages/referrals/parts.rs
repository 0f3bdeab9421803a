//! What several pages of referrals show alike.

use chrono::{DateTime, Utc};
use domain::{
    consent::ConsentState,
    moments::{ClockKind, ClockState, clock},
    referrals::{
        AdvocateView, Closing, Event, EventKind, MoverKind, NextStep, Party as Turn, Progress, Stage,
    },
    text::Reason,
};
use leptos::prelude::*;
use services::referrals::{Duty, Line, settings};
use words::keys;

use super::stages::Stages;
use crate::{
    forms::FormState,
    markup::{IntoMarkup, Markup},
    paths::{self, Path},
    ui::{self, Party},
    visitor::Visitor,
};

/// What the first contact's clock shows for this referral.
pub(super) fn first_contact(
    visitor: &Visitor,
    progress: &Progress,
    done_at: Option<DateTime<Utc>>,
) -> Option<ClockState> {
    let ctx = &visitor.app.ctx;
    clock(ClockKind::FirstContact, progress, done_at, ctx.now(), &settings(ctx).1)
}

/// Whose turn it is, in the words of its reader.
pub(super) fn whose(visitor: &Visitor, turn: Turn) -> Markup {
    let words = visitor.words;
    let staff = visitor.person.as_ref().is_some_and(|person| person.actor.account.is_none());
    let said = match turn {
        Turn::Advocate if staff => words.say(keys::BALL_ADVOCATE).into_owned(),
        Turn::Advocate => words.say(keys::BALL_YOU).into_owned(),
        Turn::Customer => words.say(keys::BALL_CUSTOMER).into_owned(),
        Turn::Company => {
            words.with(keys::BALL_COMPANY, [("host", visitor.app.ctx.host.name.as_str().into())])
        }
    };
    ui::party(&visitor.app.assets, turn.into(), said)
}

/// Whose turn it is, to do what, until when.
pub(super) fn ball(visitor: &Visitor, progress: &Progress, contact_done_at: Option<DateTime<Utc>>) -> Markup {
    let (words, assets, now) = (visitor.words, &visitor.app.assets, visitor.app.ctx.now());
    let (rules, clocks) = settings(&visitor.app.ctx);
    let Some(ball) = progress.ball(&rules, &clocks) else {
        let key = if progress.position.advocate_view() == AdvocateView::Won {
            keys::BALL_WON
        } else {
            keys::BALL_ENDED
        };
        return view! { <div class="ball"><span class="muted">{words.say(key)}</span></div> }.into_markup();
    };
    let next = words.code("next", ball.next.as_str());
    // The promise to speak to the contact counts in hours; everything else has a date.
    let promised = matches!(ball.next, NextStep::Accept | NextStep::Contact);
    let clock = match first_contact(visitor, progress, contact_done_at).filter(|_| promised) {
        Some(state) => ui::promise(state, clocks.first_contact, words, visitor.formats(), assets),
        None => ui::until(ball.due, now, words, visitor.formats(), assets),
    };
    view! { <div class="ball">{whose(visitor, ball.party)}<span>{next}</span>{clock}</div> }.into_markup()
}

/// The mark of a referral whose dialogue has something new for the reader.
pub(super) fn unread(visitor: &Visitor, line: &Line) -> Option<Markup> {
    line.unread.then(|| {
        view! { <span class="tag" data-kind="ink">{visitor.words.say(keys::DIALOGUE_UNREAD)}</span> }
            .into_markup()
    })
}

/// Whether it is the reader's own turn.
pub fn mine(visitor: &Visitor, line: &Line) -> bool {
    let (rules, clocks) = settings(&visitor.app.ctx);
    line.progress.ball(&rules, &clocks).is_some_and(|ball| ball.party == Turn::Advocate)
}

/// An advocate's referral as a row: who, where, whose turn.
pub fn row(visitor: &Visitor, line: &Line) -> Markup {
    let words = visitor.words;
    let (rules, clocks) = settings(&visitor.app.ctx);
    let party = line.progress.ball(&rules, &clocks).map(|ball| Party::from(ball.party));
    let since = visitor.formats().day(line.progress.submitted_at, visitor.app.ctx.now());
    let seen = line.progress.position.advocate_view();
    // A contact's no blanks the role; so that no end looks like it, every end is shown without.
    let about = if seen == AdvocateView::NotThisTime || line.role_title.is_empty() {
        words.with(keys::REFERRAL_ROW_SINCE, [("since", since.into())])
    } else {
        let values = [("role", line.role_title.as_str().into()), ("since", since.into())];
        words.with(keys::REFERRAL_ROW_ABOUT, values)
    };
    let state = words.code("state", seen.as_str());
    view! {
        <li>
            <article class="referral" data-mine=mine(visitor, line).then_some("")>
                <div class="who">
                    <h3><a href=paths::referral(line.id).to_string()>{line.company.clone()}</a></h3>
                    <p>{about}</p>
                    {unread(visitor, line)}
                </div>
                <div class="where">{ui::stave(line.progress.position, party)}<span>{state}</span></div>
                {ball(visitor, &line.progress, line.contact_done_at)}
            </article>
        </li>
    }
    .into_markup()
}

/// Why staff ended or corrected it, in words for staff alone.
pub(super) fn reason_of(visitor: &Visitor, kind: &EventKind) -> Option<String> {
    let words = visitor.words;
    match kind {
        EventKind::Moved { closing: Some(closing), .. } => {
            let (list, text) = match closing {
                Closing::Disqualified(_, text) => ("disqualified", text),
                Closing::Lost(_, text) => ("lost", text),
            };
            let reason = words.code(list, closing.reason()).into_owned();
            // Words about a person who wants nothing kept are deleted; the reason from the list stays.
            Some(if text.is_deleted() { reason } else { format!("{reason}: {text}") })
        }
        EventKind::Corrected { reason, .. } => (!reason.is_deleted()).then(|| reason.to_string()),
        EventKind::Moved { note, .. } | EventKind::Entered { note, .. } => {
            note.as_ref().map(Reason::to_string)
        }
        _ => None,
    }
}

/// Who made a line, as its reader may know it. To an advocate every end that was not their own is the host's: who said no
/// is nobody's business.
fn maker(event: &Event, for_staff: bool) -> Party {
    let ends = |kind: &EventKind| match kind {
        EventKind::Moved { to, .. } => to.advocate_view() == AdvocateView::NotThisTime,
        _ => false,
    };
    match event.by {
        MoverKind::Advocate => Party::Advocate,
        MoverKind::Contact if for_staff || !ends(&event.kind) => Party::Customer,
        MoverKind::Contact | MoverKind::Staff | MoverKind::Api | MoverKind::System => Party::Company,
    }
}

/// How much of a timeline its reader may see.
#[derive(Clone, Copy, Debug)]
pub(super) enum Sight<'a> {
    /// Staff: everything.
    Staff(&'a Stages),
    /// An advocate whom the contacts let see each step: the steps on the way, and nothing else that is staff's.
    Steps(&'a Stages),
    /// An advocate: the five states.
    States,
}

/// The timeline. Advocates see what they may: their five states or each step, no reasons, no contact's no.
pub(super) fn timeline(visitor: &Visitor, duty: &Duty, sight: Sight<'_>) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let staff = matches!(sight, Sight::Staff(_));
    let mut shown: Vec<(Party, String, Option<String>, DateTime<Utc>)> = Vec::new();
    for event in &duty.events {
        let party = maker(event, staff);
        let (title, detail) = match (&event.kind, sight) {
            (EventKind::Submitted, _) => (words.say(keys::EVENT_SUBMITTED).into_owned(), None),
            (EventKind::Moved { to, .. }, Sight::Staff(stages)) => {
                (stages.stage(*to), reason_of(visitor, &event.kind))
            }
            (EventKind::Moved { to, .. }, Sight::Steps(stages)) if to.step().is_some() => {
                (stages.stage(*to), None)
            }
            (EventKind::Moved { from, to, .. }, _) => {
                let seen = |stage: Stage| stage.advocate_view();
                if seen(*from) == seen(*to) {
                    continue;
                }
                (words.code("state", seen(*to).as_str()).into_owned(), None)
            }
            (EventKind::Entered { name, .. }, Sight::Staff(_)) => {
                (name.to(words.language()).to_owned(), reason_of(visitor, &event.kind))
            }
            (EventKind::Entered { name, .. }, Sight::Steps(_)) => {
                (name.to(words.language()).to_owned(), None)
            }
            // Stages between are the host's own.
            (EventKind::Entered { .. }, Sight::States) => continue,
            (EventKind::ConsentChanged { to: ConsentState::Refused | ConsentState::Withdrawn, .. }, _)
                if !staff =>
            {
                continue;
            }
            (EventKind::ConsentChanged { to, .. }, _) => {
                (words.code("consent", to.as_str()).into_owned(), None)
            }
            (EventKind::Corrected { to, .. }, Sight::Staff(stages)) => {
                let title = words.with(keys::EVENT_CORRECTED, [("stage", stages.stage(*to).into())]);
                (title, reason_of(visitor, &event.kind))
            }
            (EventKind::Corrected { to, .. }, Sight::Steps(stages)) => {
                (words.with(keys::EVENT_CORRECTED, [("stage", stages.stage(*to).into())]), None)
            }
            (EventKind::Corrected { to, .. }, Sight::States) => {
                let state = words.code("state", to.advocate_view().as_str());
                (words.with(keys::EVENT_CORRECTED, [("stage", state.into())]), None)
            }
            (EventKind::Thanked, _) => {
                let team = event.member.is_none();
                (
                    words.say(if team { keys::EVENT_THANKED_TEAM } else { keys::EVENT_THANKED }).into_owned(),
                    None,
                )
            }
            (EventKind::Amended { company, role, reason }, _) => {
                let company = company.as_ref().map(|company| {
                    words.with(keys::EVENT_AMENDED_COMPANY, [("company", company.as_str().into())])
                });
                let said = |key| words.say(key).into_owned();
                let changed: Vec<String> = company
                    .into_iter()
                    .chain(role.then(|| said(keys::REFER_ROLE)))
                    .chain(reason.then(|| said(keys::EVENT_AMENDED_REASON)))
                    .collect();
                (said(keys::EVENT_AMENDED), Some(changed.join(", ")))
            }
            (EventKind::IncentiveChosen { to, .. }, _) => {
                let offer = duty.stored.facts.terms.offer(*to);
                let kind =
                    offer.map(|offer| words.code("incentive", offer.kind.as_str())).unwrap_or_default();
                (words.with(keys::EVENT_CHOSEN, [("incentive", kind.into())]), None)
            }
        };
        // Who on the host's side did it is the host's business.
        let by = event.member.filter(|_| staff).and_then(|member| duty.names.get(&member).cloned());
        let detail = match (by, detail) {
            (Some(by), Some(detail)) => Some(format!("{by} · {detail}")),
            (by, detail) => by.or(detail),
        };
        shown.push((party, title, detail, event.at));
    }
    view! {
        <ol class="stem">
            {shown
                .into_iter()
                .map(|(party, title, detail, at)| {
                    view! {
                        <li>
                            {ui::note(assets, party)}
                            <strong>{title}</strong>
                            {detail.map(|detail| view! { <p>{detail}</p> })}
                            <p><time datetime=at.to_rfc3339()>{visitor.formats().moment(at)}</time></p>
                        </li>
                    }
                })
                .collect_view()}
        </ol>
    }
    .into_markup()
}

/// The dialogue and the form that goes on with it.
pub(super) fn dialogue(visitor: &Visitor, duty: &Duty, form: &FormState, to: &Path, unread: i32) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let field = ui::Field {
        name: "message",
        label: words.say(keys::DIALOGUE_MESSAGE).into_owned(),
        full: true,
        ..ui::Field::default()
    };
    let messages = duty
        .messages
        .iter()
        .map(|message| {
            let own = message.author == duty.stored.facts.advocate;
            let party = if own { Party::Advocate } else { Party::Company };
            let name = duty.names.get(&message.author).cloned().unwrap_or_default();
            let said = if message.body.is_empty() {
                view! { <p class="small muted">{words.say(keys::DIALOGUE_WORDS_GONE)}</p> }.into_markup()
            } else {
                view! { <p class="said">{message.body.clone()}</p> }.into_markup()
            };
            view! {
                <li>
                    {ui::note(assets, party)}
                    <strong>{name}</strong>
                    {said}
                    <p><time datetime=message.at.to_rfc3339()>{visitor.formats().moment(message.at)}</time></p>
                </li>
            }
        })
        .collect_view();
    let key: uuid::Uuid = visitor.app.ctx.new_id();
    let empty = duty
        .messages
        .is_empty()
        .then(|| view! { <p class="small muted">{words.say(keys::DIALOGUE_EMPTY)}</p> });
    view! {
        <section class="panel" aria-labelledby="dialogue">
            <header>
                <h2 id="dialogue">{words.say(keys::DIALOGUE_TITLE)}</h2>
                {(unread > 0).then(|| {
                    let new = words.with(keys::DIALOGUE_NEW, [("n", i64::from(unread).into())]);
                    view! { <span class="tag" data-kind="ink">{new}</span> }
                })}
            </header>
            <div class="body">
                {empty}
                <ol class="stem">{messages}</ol>
                <form class="stack-tight" method="post" action=to.to_string()>
                    <input type="hidden" name="key" value=key.to_string()/>
                    {ui::text_area(&field, form, words, assets)}
                    <div><button class="button" data-kind="plain" type="submit">{words.say(keys::DIALOGUE_SEND)}</button></div>
                </form>
            </div>
        </section>
    }
    .into_markup()
}
