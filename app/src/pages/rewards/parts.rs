//! How a reward is said: its name, its state, and what happens next.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use domain::{
    ids::RewardId,
    incentives::PayingStep,
    rewards::{PendingCause, Proof, RewardCode},
    text::Language,
};
use leptos::prelude::*;
use services::rewards::RewardLine;
use words::{Key, Words, keys};

use crate::{
    forms::FormState,
    markup::{IntoMarkup, Markup},
    pages::PageError,
    paths::Path,
    state::Assets,
    ui::{self, icon},
    visitor::{SignedIn, Visitor},
};

pub(crate) fn part_key(part: PayingStep) -> Key {
    match part {
        PayingStep::Accepted => keys::REWARD_PART_ACCEPTED,
        PayingStep::Meeting => keys::REWARD_PART_MEETING,
        PayingStep::Qualified => keys::REWARD_PART_QUALIFIED,
        PayingStep::Won => keys::REWARD_PART_WON,
    }
}

/// `Spende, 500 €`, or that nothing was chosen yet.
pub(crate) fn name(line: &RewardLine, visitor: &Visitor) -> String {
    let words = visitor.words;
    let name = match (&line.name, line.kind) {
        (Some((de, en)), _) => match words.language() {
            Language::German => de.clone(),
            Language::English => en.clone(),
        },
        (None, Some(kind)) => words.code("incentive", kind.as_str()).into_owned(),
        (None, None) => words.say(keys::REWARD_UNNAMED).into_owned(),
    };
    match line.amount {
        Some(amount) => {
            let name = name.trim_end_matches('.');
            format!("{name}, {}", ui::amount(amount, words, visitor.formats()))
        }
        None => name,
    }
}

/// The state in a word or two.
pub(crate) fn state(line: &RewardLine, now: DateTime<Utc>) -> Key {
    if line.held {
        return keys::REWARD_STATE_HELD;
    }
    match line.state {
        RewardCode::Clearing if line.clearing_until.is_some_and(|until| until <= now) => {
            keys::REWARD_STATE_READY
        }
        state => state_key(state),
    }
}

/// A state in a word or two, whatever else is known of the reward.
pub(crate) fn state_key(state: RewardCode) -> Key {
    match state {
        RewardCode::Pending => keys::REWARD_STATE_PENDING,
        RewardCode::Clearing => keys::REWARD_STATE_CLEARING,
        RewardCode::Approved => keys::REWARD_STATE_APPROVED,
        RewardCode::Fulfilled => keys::REWARD_STATE_FULFILLED,
        RewardCode::Reversed => keys::REWARD_STATE_REVERSED,
        RewardCode::Declined => keys::REWARD_STATE_DECLINED,
        RewardCode::Expired => keys::REWARD_STATE_EXPIRED,
    }
}

/// What happens next, who does it and when; or why nothing does.
pub(crate) fn next(line: &RewardLine, visitor: &Visitor) -> String {
    let (words, formats) = (visitor.words, visitor.formats());
    let now = visitor.app.ctx.now();
    let host = || visitor.app.ctx.host.name.clone();
    let dated = |key, at| words.with(key, [("host", host().into()), ("date", formats.date(at).into())]);
    let hosted = |key| words.with(key, [("host", host().into())]);
    if line.held {
        return words.say(keys::REWARD_NEXT_HELD).into_owned();
    }
    match line.state {
        RewardCode::Pending => match line.pending {
            Some(PendingCause::Deal) => hosted(keys::REWARD_NEXT_DEAL),
            Some(PendingCause::Receiver) => words.say(keys::REWARD_NEXT_RECEIVER).into_owned(),
            Some(PendingCause::Choose) | None => words.say(keys::REWARD_NEXT_CHOOSE).into_owned(),
        },
        RewardCode::Clearing => match line.clearing_until {
            Some(until) if until > now => dated(keys::REWARD_NEXT_CLEARING, until),
            until => dated(keys::REWARD_NEXT_READY, until.unwrap_or(now)),
        },
        RewardCode::Approved => match &line.delivery {
            Some(delivery) => dated(keys::REWARD_NEXT_APPROVED, delivery.due_at),
            None => hosted(keys::REWARD_NEXT_APPROVED_OPEN),
        },
        RewardCode::Fulfilled => {
            let date = formats.date(line.since);
            match &line.proof {
                Some(evidence) => words.with(
                    keys::REWARD_NEXT_FULFILLED,
                    [("date", date.into()), ("proof", proof(evidence, visitor).into())],
                ),
                None => words.with(keys::REWARD_NEXT_FULFILLED_OPEN, [("date", date.into())]),
            }
        }
        RewardCode::Expired => words.say(keys::REWARD_NEXT_EXPIRED).into_owned(),
        RewardCode::Reversed | RewardCode::Declined => ended(line, visitor),
    }
}

/// The same for staff, who have chosen nothing.
pub(crate) fn next_for_staff(line: &RewardLine, visitor: &Visitor) -> String {
    let said = |key| visitor.words.say(key).into_owned();
    match (line.state, line.pending, line.ended_reason.as_deref()) {
        _ if line.held => next(line, visitor),
        (RewardCode::Pending, Some(PendingCause::Choose) | None, _) => said(keys::REWARD_STAFF_CHOOSE),
        (RewardCode::Declined, _, Some("choice")) => said(keys::REWARD_STAFF_CHOICE),
        _ => next(line, visitor),
    }
}

/// Who receives it, as far as that is known.
pub(crate) fn receiver(line: &RewardLine, visitor: &Visitor) -> Option<String> {
    line.amount?;
    let account = line.account_name.as_str();
    Some(match &line.organisation {
        Some(organisation) => visitor.words.with(
            keys::REWARDS_IN_NAME_OF,
            [("organisation", organisation.as_str().into()), ("account", account.into())],
        ),
        None if line.to_person => visitor.words.with(
            keys::REWARDS_RECEIVER_PERSON,
            [("name", line.advocate_name.as_str().into()), ("account", account.into())],
        ),
        None => visitor.words.with(keys::REWARDS_RECEIVER, [("account", account.into())]),
    })
}

fn ended(line: &RewardLine, visitor: &Visitor) -> String {
    let words = visitor.words;
    let said = |key| words.say(key).into_owned();
    let why = match line.ended_reason.as_deref() {
        Some("correction") => said(keys::REWARD_ENDED_CORRECTION),
        Some("refund") => said(keys::REWARD_ENDED_REFUND),
        Some("unpaid") => said(keys::REWARD_ENDED_UNPAID),
        Some("insolvent") => said(keys::REWARD_ENDED_INSOLVENT),
        Some("fraud") => said(keys::REWARD_ENDED_FRAUD),
        Some("revoked") => said(keys::REWARD_ENDED_REVOKED),
        Some("tier_lost") => said(keys::REWARD_ENDED_TIER_LOST),
        Some("choice") => said(keys::REWARD_ENDED_CHOICE),
        Some("deal_too_small") => said(keys::REWARD_ENDED_DEAL_TOO_SMALL),
        Some("cap") => {
            let amount =
                line.amount.map_or_else(String::new, |amount| ui::amount(amount, words, visitor.formats()));
            words.with(keys::REWARD_ENDED_CAP, [("amount", amount.into())])
        }
        _ => words.with(keys::REWARD_ENDED_STAFF, [("host", visitor.app.ctx.host.name.as_str().into())]),
    };
    match &line.ended_note {
        Some(note) => format!("{why} {}", words.with(keys::REWARD_NOTE, [("note", note.as_str().into())])),
        None => why,
    }
}

/// A proof in words.
pub(crate) fn proof(proof: &Proof, visitor: &Visitor) -> String {
    match proof.on {
        Some(on) => {
            let date = visitor.formats().calendar_day(on);
            let reference = proof.reference.as_str();
            visitor.words.with(keys::PROOF_OF, [("reference", reference.into()), ("date", date.into())])
        }
        None => proof.reference.clone(),
    }
}

/// What a cap took off what is paid; nothing where all of it was.
pub(crate) fn cut(line: &RewardLine, visitor: &Visitor) -> Option<String> {
    let shown = matches!(line.state, RewardCode::Clearing | RewardCode::Approved | RewardCode::Fulfilled);
    let unit = line.amount.filter(|_| shown)?.unit();
    let cut = domain::incentives::Amount::new(line.cut, unit).ok()?;
    let amount = ui::amount(cut, visitor.words, visitor.formats());
    let key = if line.campaign.is_some() { keys::REWARDS_CUT_CAMPAIGN } else { keys::REWARDS_CUT };
    Some(visitor.words.with(key, [("amount", amount.into())]))
}

/// How much of it a campaign has added; nothing where none has.
pub(crate) fn boosted(line: &RewardLine, visitor: &Visitor) -> Option<String> {
    let shown = matches!(line.state, RewardCode::Clearing | RewardCode::Approved | RewardCode::Fulfilled);
    let (unit, (name, extra)) =
        line.amount.filter(|_| shown).map(|amount| amount.unit()).zip(line.campaign.clone())?;
    let extra = domain::incentives::Amount::new(extra, unit).ok()?;
    let (words, formats) = (visitor.words, visitor.formats());
    let values = [
        ("amount", ui::amount(extra, words, formats).into()),
        ("campaign", name.to(words.language()).to_owned().into()),
    ];
    Some(words.with(keys::REWARDS_BOOSTED, values))
}

/// What of it comes off for something that is to be returned; nothing where nothing does.
pub(crate) fn set_off(line: &RewardLine, visitor: &Visitor) -> Option<String> {
    let off = domain::incentives::Amount::new(line.set_off, line.amount?.unit()).ok()?;
    let (words, formats) = (visitor.words, visitor.formats());
    let off = ui::amount(off, words, formats);
    Some(match line.to_hand_over() {
        Some(left) => words.with(
            keys::REWARDS_SET_OFF,
            [("amount", off.into()), ("left", ui::amount(left, words, formats).into())],
        ),
        None => words.with(keys::REWARDS_SET_OFF_ALL, [("amount", off.into())]),
    })
}

/// A field of one of many forms on a page; its id carries the reward's, so that no two are the same.
pub(crate) struct LineField {
    pub(crate) name: &'static str,
    pub(crate) reward: RewardId,
    pub(crate) optional: bool,
    pub(crate) label: String,
    pub(crate) help: Option<String>,
    pub(crate) kind: &'static str,
    pub(crate) value: String,
}

/// The id of a field of one reward's form; errors are noted under it as well.
pub(crate) fn field_id(name: &str, reward: impl std::fmt::Display) -> String {
    format!("{name}-{reward}")
}

/// What was typed into this line's form, if it is the one that was refused.
pub(crate) fn typed<'a>(form: &'a FormState, line: &RewardLine, name: &str) -> Option<&'a str> {
    typed_for(form, line.id, name)
}

/// What was typed into this reward's form, if it is the one that was refused.
pub(crate) fn typed_for<'a>(form: &'a FormState, reward: RewardId, name: &str) -> Option<&'a str> {
    (form.value("reward") == reward.to_string()).then(|| form.value(name))
}

/// A line of text, several lines (`kind` = `textarea`), a date or a number.
pub(crate) fn line_field(field: LineField, form: &FormState, visitor: &Visitor) -> Markup {
    let assets: &Assets = &visitor.app.assets;
    let id = field_id(field.name, field.reward);
    let error = form.error(&id, visitor.words);
    let invalid = error.is_some().then_some("true");
    let mut said_by = Vec::new();
    if error.is_some() {
        said_by.push(format!("{id}-error"));
    }
    if field.help.is_some() {
        said_by.push(format!("{id}-help"));
    }
    let described = (!said_by.is_empty()).then(|| said_by.join(" "));
    let value = typed_for(form, field.reward, field.name).map_or(field.value, ToOwned::to_owned);
    let input = if field.kind == "textarea" {
        view! {
            <textarea id=id.clone() name=field.name required=!field.optional maxlength=2000 aria-invalid=invalid
                aria-describedby=described>{ui::in_text_area(&value)}</textarea>
        }
        .into_markup()
    } else {
        let accept = (field.kind == "file").then_some(".pdf,.png,.jpg,.jpeg");
        let inputmode = (field.kind == "number").then_some("numeric");
        let kind = if field.kind == "number" { "text" } else { field.kind };
        view! {
            <input id=id.clone() name=field.name type=kind inputmode=inputmode value=value required=!field.optional maxlength=160
                accept=accept autocomplete="off" aria-invalid=invalid aria-describedby=described/>
        }
        .into_markup()
    };
    let error = error.map(|error| {
        view! {
            <p class="error" id=format!("{id}-error")>{icon(assets, "alert")}<span>{error}</span></p>
        }
    });
    let help = field.help.map(|help| view! { <p class="help" id=format!("{id}-help")>{help}</p> });
    view! { <div class="field"><label for=id.clone()>{field.label}</label>{input}{error}{help}</div> }
        .into_markup()
}

/// The refused form's reward, where none of these lines shows its form again: somebody else was faster, and it has left
/// the list.
///
/// # Errors
/// When the memory fails.
pub(crate) async fn left(
    form: &FormState,
    shown: &[RewardLine],
    SignedIn { visitor, person }: &SignedIn,
) -> Result<Option<Markup>, PageError> {
    let Some(id) = form.parse_optional::<RewardId>("reward") else { return Ok(None) };
    if shown.iter().any(|line| line.id == id) {
        return Ok(None);
    }
    let line = services::rewards::line(&visitor.app.ctx, &person.actor, id).await?;
    Ok(line.map(|line| what_became(&line, form, visitor)))
}

/// How the reward stands now, and what was typed about it.
fn what_became(line: &RewardLine, form: &FormState, visitor: &Visitor) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let typed: Vec<_> = [
        (words.say(keys::APPROVALS_REASON), "reason"),
        (proof_label(line, words), "reference"),
        (words.say(keys::PROOF_ON), "on"),
        (words.say(keys::DELIVERIES_DUE_DAY), "due"),
        (words.say(keys::INTRODUCTION_COMPANY), "whom"),
        (words.say(keys::INTRODUCTION_ROLE), "role"),
        (words.say(keys::DELIVERIES_PERCENT), "percent"),
    ]
    .into_iter()
    .filter(|(_, field)| !form.value(field).is_empty())
    .map(|(label, field)| view! { <dt>{label}</dt> <dd>{form.value(field).to_owned()}</dd> }.into_markup())
    .collect();
    let typed = (!typed.is_empty()).then(|| {
        view! {
            <p>{words.say(keys::REWARD_LEFT_TYPED)}</p>
            <dl class="facts">{typed}</dl>
        }
    });
    let about = format!("{}, {}, {}", name(line, visitor), line.advocate_name, line.company);
    let state = words.say(state(line, visitor.app.ctx.now()));
    view! {
        <section class="notice" id=field_id("reward", line.id) tabindex="-1" aria-labelledby="left">
            {icon(assets, "people")}
            <div class="stack-tight">
                <h2 id="left">{words.with(keys::REWARD_LEFT, [("reward", about.into())])}</h2>
                <p><strong>{state}</strong> ". " {next(line, visitor)}</p>
                {typed}
            </div>
        </section>
    }
    .into_markup()
}

/// What proves that it was delivered.
pub(crate) fn proof_label(line: &RewardLine, words: Words) -> Cow<'static, str> {
    match line.kind {
        Some(kind) => words.code("proof", kind.as_str()),
        None => words.say(keys::PROOF_BENEFIT),
    }
}

/// The way to the receipt of a donation.
pub(crate) fn receipt_link(to: &Path, line: &RewardLine, visitor: &Visitor) -> Markup {
    let words = visitor.words;
    let label = words.with(keys::RECEIPT_OF, [("reward", name(line, visitor).into())]);
    view! {
        <p>
            {icon(&visitor.app.assets, "down")}
            <a href=to.to_string() download="" aria-label=label>{words.say(keys::RECEIPT)}</a>
        </p>
    }
    .into_markup()
}

/// What each form about one reward sends along: the version that its reader saw, and what it is about, so that the page
/// finds it again among all the others when it was kept because nobody was signed in any more.
pub(crate) fn hidden(reward: RewardId, version: i32, act: &'static str) -> Markup {
    view! {
        <input type="hidden" name="version" value=version.to_string()/>
        <input type="hidden" name="reward" value=reward.to_string()/>
        <input type="hidden" name="act" value=act/>
    }
    .into_markup()
}
