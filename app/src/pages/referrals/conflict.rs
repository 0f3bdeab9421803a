//! Two people at one referral: what is stored now, and what the second one wanted, side by side.

use domain::referrals::{Event, EventKind};
use leptos::prelude::*;
use services::referrals::Duty;
use words::keys;

use super::{parts, stages::Stages};
use crate::{
    forms::FormState,
    markup::{IntoMarkup, Markup},
    ui::{self, Party},
    visitor::Visitor,
};

/// Whether this form came too late.
pub(super) fn is_late(form: &FormState) -> bool {
    form.is_overtaken()
}

/// What a move is called: `Kontaktiert`, `Zurück auf: Angenommen`.
pub(super) fn move_name(visitor: &Visitor, stages: &Stages, code: &str) -> String {
    let back = code.strip_prefix("back-");
    let stage = stages.code(back.unwrap_or(code)).unwrap_or_default();
    match back {
        Some(_) => visitor.words.with(keys::MOVE_BACK, [("stage", stage.into())]),
        None => stage,
    }
}

/// Both versions, where the form came too late; nothing otherwise.
pub(super) fn both_versions(
    visitor: &Visitor,
    stages: &Stages,
    duty: &Duty,
    form: &FormState,
) -> Option<Markup> {
    if !is_late(form) {
        return None;
    }
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let stage = stages.now(&duty.stored.facts);
    let deal = duty.stored.deal.map(|deal| ui::amount(deal, words, visitor.formats()));
    // Thanks change nothing that a move could be late for.
    let last = duty.events.iter().rfind(|event| event.kind != EventKind::Thanked);
    let by = last.map(|event| who_and_when(visitor, duty, event));
    let said = last.and_then(|event| parts::reason_of(visitor, &event.kind));
    let seen = stages.code(form.value("seen"));
    let reason = match (form.value("reason"), form.value("move")) {
        ("", _) => None,
        (code, "disqualified") => Some(words.code("disqualified", code).into_owned()),
        (code, _) => Some(words.code("lost", code).into_owned()),
    };
    let typed = |name: &str| Some(form.value(name).trim().to_owned()).filter(|typed| !typed.is_empty());
    Some(
        view! {
            <section class="two" aria-label=words.say(keys::CONFLICT_TITLE) data-conflict="">
                <div class="panel" data-party="company">
                    <div class="body">
                        <h2>{ui::note(assets, Party::Company)}{words.say(keys::CONFLICT_THEIRS)}</h2>
                        <p><strong>{stage}</strong></p>
                        {by.map(|by| view! { <p class="small muted">{by}</p> })}
                        {said.map(|said| view! { <p>{said}</p> })}
                        {line(words.say(keys::MOVE_DEAL).into_owned(), deal)}
                    </div>
                </div>
                <div class="panel">
                    <div class="body">
                        <h2>{words.say(keys::CONFLICT_YOURS)}</h2>
                        <p><strong>{move_name(visitor, stages, form.value("move"))}</strong></p>
                        {line(words.say(keys::CONFLICT_SEEN).into_owned(), seen)}
                        {line(words.say(keys::MOVE_REASON).into_owned(), reason)}
                        {line(words.say(keys::MOVE_NOTE).into_owned(), typed("note"))}
                        {line(words.say(keys::MOVE_DEAL).into_owned(), typed("deal"))}
                        <p class="small muted">{words.say(keys::CONFLICT_NEXT)}</p>
                    </div>
                </div>
            </section>
        }
        .into_markup(),
    )
}

/// The recorded size of a deal beside another one that was typed, where that came too late; nothing otherwise.
pub(super) fn both_sizes(visitor: &Visitor, duty: &Duty, form: &FormState) -> Option<Markup> {
    let typed = form.value("size").trim();
    let recorded = duty.stored.deal.filter(|_| !typed.is_empty())?;
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let recorded = ui::amount(recorded, words, visitor.formats());
    Some(
        view! {
            <section class="two" aria-label=words.say(keys::CONFLICT_TITLE) data-conflict="">
                <div class="panel" data-party="company">
                    <div class="body">
                        <h2>{ui::note(assets, Party::Company)}{words.say(keys::CONFLICT_THEIRS)}</h2>
                        <p><strong>{recorded}</strong></p>
                    </div>
                </div>
                <div class="panel">
                    <div class="body">
                        <h2>{words.say(keys::CONFLICT_YOURS)}</h2>
                        <p><strong>{typed.to_owned()}</strong></p>
                    </div>
                </div>
            </section>
        }
        .into_markup(),
    )
}

fn line(label: String, value: Option<String>) -> Option<Markup> {
    value.map(|value| view! { <p class="small">{label}": "{value}</p> }.into_markup())
}

fn who_and_when(visitor: &Visitor, duty: &Duty, event: &Event) -> String {
    let words = visitor.words;
    let when = visitor.formats().moment(event.at);
    match event.member.and_then(|member| duty.names.get(&member)) {
        Some(name) => words.with(keys::CONFLICT_BY, [("name", name.as_str().into()), ("when", when.into())]),
        None if matches!(event.kind, EventKind::ConsentChanged { .. }) => {
            words.with(keys::CONFLICT_BY_CONTACT, [("when", when.into())])
        }
        None => words.with(keys::CONFLICT_AT, [("when", when.into())]),
    }
}
