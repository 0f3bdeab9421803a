//! What is to be delivered, and what was.

use axum::extract::Query;
use chrono::{DateTime, Utc};
use domain::{
    incentives::{IncentiveKind, PayingStep},
    rewards::Side,
};
use leptos::prelude::*;
use services::rewards::{RewardLine, Tasks, tasks};
use words::keys;

use super::{
    Paging,
    parts::{self, LineField},
};
use crate::{
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    ui::{Party, error_summary, icon, party},
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
    // What is taken back is among what was delivered, every other form is about something open.
    let shown = if form.value("act") == "return" { &tasks.done } else { &tasks.open.lines };
    let left = parts::left(&form, shown, &reader).await?;
    let words = visitor.words;
    let open = if tasks.open.lines.is_empty() {
        view! {
            <section class="panel"><div class="body"><p>{words.say(keys::DELIVERIES_EMPTY)}</p></div></section>
        }
        .into_markup()
    } else {
        let rows = tasks.open.lines.iter().map(|line| task(visitor, line, &tasks, &form)).collect_view();
        view! {
            <section class="panel" aria-labelledby="open">
                <header><h2 id="open">{words.say(keys::DELIVERIES_OPEN)}</h2></header>
                <ul class="rows">{rows}</ul>
            </section>
        }
        .into_markup()
    };
    let more = tasks.open.next.map(|place| {
        let href = format!("{}?{}", paths::DELIVERIES, Paging::query(place));
        view! { <p><a class="button" data-kind="plain" href=href>{words.say(keys::REWARDS_FURTHER)}</a></p> }
    });
    let done = (!tasks.done.is_empty()).then(|| {
        let rows = tasks.done.iter().map(|line| delivered(visitor, line, &form)).collect_view();
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
            <p class="lede">{words.say(keys::DELIVERIES_LEDE)}</p>
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
    let to = match (line.side, &line.organisation) {
        (Side::Contact, _) => None,
        (Side::Advocate, Some(organisation)) => Some(words.with(
            keys::REWARDS_IN_NAME_OF,
            [("organisation", organisation.as_str().into()), ("account", line.account_name.as_str().into())],
        )),
        (Side::Advocate, None) => {
            Some(words.with(keys::REWARDS_RECEIVER, [("account", line.account_name.as_str().into())]))
        }
    };
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

fn task(visitor: &Visitor, line: &RewardLine, tasks: &Tasks, form: &FormState) -> Markup {
    let (words, formats) = (visitor.words, visitor.formats());
    let now = visitor.app.ctx.now();
    let due = line.delivery.as_ref().map_or(now, |delivery| delivery.due_at);
    let late = due < now;
    let due_key = if late { keys::DELIVERIES_OVERDUE } else { keys::DELIVERIES_DUE };
    let owner = line.owner_name.clone();
    let owner = owner.unwrap_or_else(|| words.say(keys::DELIVERIES_NOBODY).into_owned());
    let clock = view! {
        <span class="clock" data-state=late.then_some("broken")>
            {icon(&visitor.app.assets, if late { "alert" } else { "clock" })}
            <span>{words.with(due_key, [("date", formats.day(due, now).into())])}</span>
        </span>
    };
    view! {
        <li>
            <article class="referral" id=parts::field_id("reward", line.id)>
                {who(visitor, line)}
                <div class="where">
                    {clock}
                    <span class="small muted">{words.say(keys::DELIVERIES_OWNER)} ": " {owner}</span>
                </div>
                <div class="ball">{proof_form(visitor, line, form)}{plan_form(visitor, line, tasks, form, due)}</div>
            </article>
        </li>
    }
    .into_markup()
}

fn proof_form(visitor: &Visitor, line: &RewardLine, form: &FormState) -> Markup {
    let words = visitor.words;
    let introduction = line.kind == Some(IncentiveKind::MutualReferral);
    let reference = LineField {
        name: "reference",
        line,
        label: words.say(parts::proof_key(line)).into_owned(),
        help: introduction.then(|| words.say(keys::PROOF_MUTUAL_REFERRAL_HELP).into_owned()),
        kind: "text",
        value: String::new(),
    };
    let on = introduction.then(|| LineField {
        name: "on",
        line,
        label: words.say(keys::PROOF_ON).into_owned(),
        help: None,
        kind: "date",
        value: day(visitor.app.ctx.now(), visitor),
    });
    let open = parts::typed(form, line, "reference").is_some() && form.value("act") == "deliver";
    view! {
        <details class="fold" open=open>
            <summary>{words.say(keys::DELIVERIES_DELIVER_FOLD)}</summary>
            <form class="stack-tight" method="post" action=paths::reward_delivery(line.id).to_string()>
                {parts::hidden(line)}
                {parts::line_field(reference, form, visitor)}
                {on.map(|on| parts::line_field(on, form, visitor))}
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
    let until = LineField {
        name: "due",
        line,
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
                <input type="hidden" name="version" value=version.to_string()/>
                <div class="field">
                    <label for=select.clone()>{words.say(keys::DELIVERIES_OWNER)}</label>
                    <select id=select name="owner">{options}</select>
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

fn delivered(visitor: &Visitor, line: &RewardLine, form: &FormState) -> Markup {
    let words = visitor.words;
    let now = visitor.app.ctx.now();
    let next = parts::next(line, visitor);
    let take_back = (line.side == Side::Advocate && line.state == domain::rewards::RewardCode::Fulfilled)
        .then(|| return_form(visitor, line, form));
    view! {
        <li>
            <article class="referral" id=parts::field_id("reward", line.id)>
                {who(visitor, line)}
                <p class="where"><span>{words.say(parts::state(line, now))}</span></p>
                <div class="ball"><p>{next}</p>{take_back}</div>
            </article>
        </li>
    }
    .into_markup()
}

fn return_form(visitor: &Visitor, line: &RewardLine, form: &FormState) -> Markup {
    let words = visitor.words;
    let select = parts::field_id("why", line.id);
    let fraud = parts::typed(form, line, "why") == Some("fraud");
    let refund = (line.part == PayingStep::Won).then(|| {
        view! { <option value="refund" selected=!fraud>{words.say(keys::DELIVERIES_WHY_REFUND)}</option> }
    });
    let percent = (line.part == PayingStep::Won).then(|| {
        let field = LineField {
            name: "percent",
            line,
            label: words.say(keys::DELIVERIES_PERCENT).into_owned(),
            help: Some(words.say(keys::DELIVERIES_PERCENT_HELP).into_owned()),
            kind: "number",
            value: "100".to_owned(),
        };
        parts::line_field(field, form, visitor)
    });
    let reason = LineField {
        name: "reason",
        line,
        label: words.say(keys::APPROVALS_REASON).into_owned(),
        help: Some(
            words.with(keys::APPROVALS_REASON_HELP, [("advocate", line.advocate_name.as_str().into())]),
        ),
        kind: "textarea",
        value: String::new(),
    };
    let open = parts::typed(form, line, "why").is_some();
    view! {
        <details class="fold" open=open>
            <summary>{words.say(keys::DELIVERIES_TAKE_BACK_FOLD)}</summary>
            <form class="stack-tight" method="post" action=paths::reward_return(line.id).to_string()>
                {parts::hidden(line)}
                <div class="field">
                    <label for=select.clone()>{words.say(keys::DELIVERIES_WHY)}</label>
                    <select id=select name="why">
                        {refund}
                        <option value="fraud" selected=fraud>{words.say(keys::DELIVERIES_WHY_FRAUD)}</option>
                    </select>
                </div>
                {percent}
                {parts::line_field(reason, form, visitor)}
                <button class="button" data-kind="plain" type="submit">
                    {words.say(keys::DELIVERIES_TAKE_BACK)}
                </button>
            </form>
        </details>
    }
    .into_markup()
}

/// A day as a date field wants it, in the host's zone.
fn day(at: DateTime<Utc>, visitor: &Visitor) -> String {
    at.with_timezone(&visitor.app.ctx.host.zone).format("%Y-%m-%d").to_string()
}
