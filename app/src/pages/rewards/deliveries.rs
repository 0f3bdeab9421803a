//! What is to be delivered, and what was.

use axum::extract::Query;
use chrono::{DateTime, Utc};
use domain::{incentives::IncentiveKind, rewards::Side};
use leptos::prelude::*;
use services::rewards::{RewardLine, Tasks, tasks};
use words::keys;

use super::{
    Paging, category, introductions,
    parts::{self, LineField},
};
use crate::{
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    ui::{Party, error_summary, further, icon, party},
    visitor::{SignedIn, Visitor},
};

/// `GET /work/deliveries`
///
/// # Errors
/// When the memory fails, or for somebody who may not deliver.
pub async fn show(Query(paging): Query<Paging>, Query(kept): Query<Kept>, reader: SignedIn) -> PageResult {
    let SignedIn { visitor, person } = &reader;
    let found = tasks(&visitor.app.ctx, &person.actor, paging.place()).await?;
    let tasks = found.ok_or(PageError::NotAllowed)?;
    let form = FormState::kept(&kept, visitor).await?.unwrap_or_default();
    let left = parts::left(&form, &tasks.open.lines, &reader).await?;
    let words = visitor.words;
    let decides = person.actor.approving().is_some();
    let (lede, empty) = if decides {
        (keys::DELIVERIES_LEDE, keys::DELIVERIES_EMPTY)
    } else {
        (keys::DELIVERIES_OWN_LEDE, keys::DELIVERIES_OWN_EMPTY)
    };
    let open = if tasks.open.lines.is_empty() {
        view! {
            <section class="panel"><div class="body"><p>{words.say(empty)}</p></div></section>
        }
        .into_markup()
    } else {
        let rows =
            tasks.open.lines.iter().map(|line| task(visitor, line, &tasks, decides, &form)).collect_view();
        view! {
            <section class="panel" aria-labelledby="open">
                <header><h2 id="open">{words.say(keys::DELIVERIES_OPEN)}</h2></header>
                <ul class="rows">{rows}</ul>
            </section>
        }
        .into_markup()
    };
    let more = tasks
        .open
        .next
        .map(|place| further(&Paging::of(&paths::DELIVERIES, place), keys::REWARDS_FURTHER, words));
    let done = (!tasks.done.is_empty()).then(|| {
        let rows = tasks
            .done
            .iter()
            .map(|line| delivered(visitor, line, decides, tasks.receipts.contains(&line.id)))
            .collect_view();
        view! {
            <section class="panel" aria-labelledby="done">
                <header><h2 id="done">{words.say(keys::DELIVERIES_DONE)}</h2></header>
                <ul class="rows">{rows}</ul>
            </section>
        }
    });
    let view = view! {
        <header class="page-head">
            <h1>{words.say(keys::DELIVERIES_TITLE)}</h1>
            <p class="lede">{words.say(lede)}</p>
            {decides.then(|| view! {
                <p><a href=paths::CREDITS.to_string()>{words.say(keys::CREDITS_TO)}</a></p>
            })}
        </header>
        <div class="stack">{error_summary(&form, words)}{left}{open}{more}{done}</div>
    };
    let head = Head::new(words.say(keys::DELIVERIES_TITLE)).in_nav(Nav::Deliveries).compact();
    Ok(page(visitor, head, view))
}

/// Who it is for, on either side.
fn who(visitor: &Visitor, line: &RewardLine) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let company = line.company.as_str();
    let (heading, whose) = match line.side {
        Side::Contact => (
            words.with(keys::DELIVERIES_BENEFIT, [("company", company.into())]),
            party(assets, Party::Customer, line.company.clone()),
        ),
        Side::Advocate => {
            (parts::name(line, visitor), party(assets, Party::Advocate, line.advocate_name.clone()))
        }
    };
    let what = match line.side {
        Side::Contact => parts::name(line, visitor),
        Side::Advocate => format!("{}, {company}", words.say(parts::part_key(line.part))),
    };
    let to = (line.side == Side::Advocate).then(|| parts::receiver(line, visitor)).flatten();
    view! {
        <div class="who">
            <h3>{heading}</h3>
            <p>{what}</p>
            <p>{whose}</p>
            {to.map(|to| view! { <p>{to}</p> })}
        </div>
    }
    .into_markup()
}

/// Something to hand over; whoever `decides` may give it to somebody else.
fn task(visitor: &Visitor, line: &RewardLine, tasks: &Tasks, decides: bool, form: &FormState) -> Markup {
    let (words, formats) = (visitor.words, visitor.formats());
    let now = visitor.app.ctx.now();
    let due = line.delivery.as_ref().map_or(now, |delivery| delivery.due_at);
    let introduction = tasks.introductions.iter().find(|known| known.reward == line.id);
    let answering = introduction.is_some_and(introductions::work::is_answered_next);
    let late = due < now && !answering;
    let due_key = if late { keys::DELIVERIES_OVERDUE } else { keys::DELIVERIES_DUE };
    let owner = line.owner_name.clone();
    let owner = owner.unwrap_or_else(|| words.say(keys::DELIVERIES_NOBODY).into_owned());
    let plan = decides.then(|| plan_form(visitor, line, tasks, form, due));
    let category = decides.then(|| category::form(visitor, line, category::From::Deliveries, form)).flatten();
    let hand_over = if line.held {
        view! { <p>{parts::next(line, visitor)}</p> }.into_markup()
    } else if line.kind.is_none_or(IncentiveKind::is_handed_over) {
        proof_form(visitor, line, form)
    } else {
        introductions::work::forms(visitor, line, introduction, tasks.objection_days, form)
    };
    let clock = (!answering).then(|| {
        view! {
            <span class="clock" data-state=late.then_some("broken")>
                {icon(&visitor.app.assets, if late { "alert" } else { "clock" })}
                <span>{words.with(due_key, [("date", formats.day(due, now).into())])}</span>
            </span>
        }
    });
    view! {
        <li>
            <article class="referral" id=parts::field_id("reward", line.id)>
                {who(visitor, line)}
                <div class="where">
                    {clock}
                    <span class="small muted">{words.say(keys::DELIVERIES_OWNER)} ": " {owner}</span>
                </div>
                <div class="ball">{hand_over}{plan}{category}</div>
            </article>
        </li>
    }
    .into_markup()
}

fn proof_form(visitor: &Visitor, line: &RewardLine, form: &FormState) -> Markup {
    let words = visitor.words;
    let dated = line.kind.is_some_and(IncentiveKind::proof_needs_day);
    let reference = LineField {
        name: "reference",
        reward: line.id,
        optional: false,
        label: parts::proof_label(line, words).into_owned(),
        help: None,
        kind: "text",
        value: String::new(),
    };
    let on = dated.then(|| LineField {
        name: "on",
        reward: line.id,
        optional: false,
        label: words.say(keys::PROOF_ON).into_owned(),
        help: None,
        kind: "date",
        value: day(visitor.app.ctx.now(), visitor),
    });
    let open = parts::typed(form, line, "reference").is_some() && form.value("act") == "deliver";
    let file = line.kind.is_some_and(IncentiveKind::needs_receipt).then(|| LineField {
        name: "file",
        reward: line.id,
        optional: false,
        label: words.say(keys::RECEIPT_FILE).into_owned(),
        help: Some(words.say(keys::RECEIPT_FILE_HELP).into_owned()),
        kind: "file",
        value: String::new(),
    });
    let (action, enctype) = match &file {
        Some(_) => (paths::reward_receipt(line.id), Some("multipart/form-data")),
        None => (paths::reward_delivery(line.id), None),
    };
    view! {
        <details class="fold" open=open>
            <summary>{words.say(keys::DELIVERIES_DELIVER_FOLD)}</summary>
            <form class="stack-tight" method="post" action=action.to_string() enctype=enctype>
                {parts::hidden(line.id, line.version, "deliver")}
                {parts::line_field(reference, form, visitor)}
                {on.map(|on| parts::line_field(on, form, visitor))}
                {file.map(|file| parts::line_field(file, form, visitor))}
                <button class="button" type="submit">{words.say(keys::DELIVERIES_DELIVER)}</button>
            </form>
        </details>
    }
    .into_markup()
}

fn plan_form(
    visitor: &Visitor,
    line: &RewardLine,
    tasks: &Tasks,
    form: &FormState,
    due: DateTime<Utc>,
) -> Markup {
    let words = visitor.words;
    let delivery = line.delivery.as_ref();
    let owner = delivery.and_then(|delivery| delivery.owner);
    let version = delivery.map_or(0, |delivery| delivery.version);
    let mut options = vec![
        view! {
            <option value="" selected=owner.is_none()>{words.say(keys::DELIVERIES_NOBODY)}</option>
        }
        .into_markup(),
    ];
    options.extend(tasks.staff.iter().map(|(id, name)| {
        let chosen = Some(*id) == owner;
        view! { <option value=id.to_string() selected=chosen>{name.clone()}</option> }.into_markup()
    }));
    let select = parts::field_id("owner", line.id);
    let error = form.error(&select, visitor.words);
    let invalid = error.is_some().then_some("true");
    let described = error.is_some().then(|| format!("{select}-error"));
    let error = error.map(|error| {
        let id = format!("{select}-error");
        view! { <p class="error" id=id>{icon(&visitor.app.assets, "alert")}<span>{error}</span></p> }
    });
    let until = LineField {
        name: "due",
        reward: line.id,
        optional: false,
        label: words.say(keys::DELIVERIES_DUE_DAY).into_owned(),
        help: None,
        kind: "date",
        value: day(due, visitor),
    };
    let open = parts::typed(form, line, "due").is_some() && form.value("act") == "plan";
    view! {
        <details class="fold" open=open>
            <summary>{words.say(keys::DELIVERIES_PLAN)}</summary>
            <form class="stack-tight" method="post" action=paths::delivery_plan(line.id).to_string()>
                {parts::hidden(line.id, version, "plan")}
                <div class="field">
                    <label for=select.clone()>{words.say(keys::DELIVERIES_OWNER)}</label>
                    <select id=select name="owner" aria-invalid=invalid aria-describedby=described>{options}</select>
                    {error}
                </div>
                {parts::line_field(until, form, visitor)}
                <button class="button" data-kind="plain" type="submit">
                    {words.say(keys::DELIVERIES_PLAN_SAVE)}
                </button>
            </form>
        </details>
    }
    .into_markup()
}

fn delivered(visitor: &Visitor, line: &RewardLine, decides: bool, receipt: bool) -> Markup {
    let words = visitor.words;
    let now = visitor.app.ctx.now();
    let next = parts::next(line, visitor);
    let receipt = receipt.then(|| parts::receipt_link(&paths::reward_receipt(line.id), line, visitor));
    let page = (decides && line.side == Side::Advocate).then(|| {
        let href = paths::work_reward(line.id).to_string();
        let label = words.with(keys::DELIVERIES_REWARD_OF, [("reward", parts::name(line, visitor).into())]);
        view! { <p><a href=href aria-label=label>{words.say(keys::DELIVERIES_REWARD)}</a></p> }
    });
    view! {
        <li>
            <article class="referral" id=parts::field_id("reward", line.id)>
                {who(visitor, line)}
                <p class="where"><span>{words.say(parts::state(line, now))}</span></p>
                <div class="ball"><p>{next}</p>{receipt}{page}</div>
            </article>
        </li>
    }
    .into_markup()
}

/// A day as a date field wants it, in the host's zone.
pub(super) fn day(at: DateTime<Utc>, visitor: &Visitor) -> String {
    at.with_timezone(&visitor.app.ctx.host.zone).format("%Y-%m-%d").to_string()
}
