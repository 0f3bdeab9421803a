//! The queue of rewards to approve.

use axum::extract::Query;
use leptos::prelude::*;
use services::rewards::{Queue, RewardLine, queue};
use words::keys;

use super::{
    Paging, category,
    parts::{self, LineField},
};
use crate::{
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    ui::{Party, error_summary, further, party},
    visitor::{SignedIn, Visitor},
};

/// `GET /work/approvals`
///
/// # Errors
/// When the memory fails, or for somebody who may not approve.
pub async fn show(Query(paging): Query<Paging>, Query(kept): Query<Kept>, reader: SignedIn) -> PageResult {
    let SignedIn { visitor, person } = &reader;
    let found = queue(&visitor.app.ctx, &person.actor, paging.place()).await?;
    let queue = found.ok_or(PageError::NotAllowed)?;
    let form = FormState::kept(&kept, visitor).await?.unwrap_or_default();
    let left = parts::left(&form, &queue.page.lines, &reader).await?;
    let words = visitor.words;
    let list = if queue.page.lines.is_empty() {
        empty(visitor, &queue)
    } else {
        let rows = queue.page.lines.iter().map(|line| row(visitor, line, &form)).collect_view();
        view! {
            <section class="panel" aria-labelledby="ready">
                <header><h2 id="ready">{words.say(keys::APPROVALS_READY)}</h2></header>
                <ul class="rows">{rows}</ul>
            </section>
        }
        .into_markup()
    };
    let more = queue
        .page
        .next
        .map(|place| further(&Paging::of(&paths::APPROVALS, place), keys::REWARDS_FURTHER, words));
    let resting = (!queue.page.lines.is_empty()).then(|| resting(visitor, &queue)).flatten();
    let view = view! {
        <header class="page-head">
            <h1>{words.say(keys::APPROVALS_TITLE)}</h1>
            <p class="lede">{words.say(keys::APPROVALS_LEDE)}</p>
        </header>
        <div class="stack">{error_summary(&form, words)}{left}{list}{more}{resting}</div>
    };
    let head = Head::new(words.say(keys::APPROVALS_TITLE)).in_nav(Nav::Approvals).compact();
    Ok(page(visitor, head, view))
}

/// How many still rest, and until when.
fn resting(visitor: &Visitor, queue: &Queue) -> Option<Markup> {
    let date = visitor.formats().date(queue.next_at?);
    let text =
        visitor.words.with(keys::APPROVALS_RESTING, [("n", queue.resting.into()), ("date", date.into())]);
    Some(view! { <p class="small muted">{text}</p> }.into_markup())
}

fn empty(visitor: &Visitor, queue: &Queue) -> Markup {
    let words = visitor.words;
    let resting = resting(visitor, queue).unwrap_or_else(|| {
        view! { <p class="small muted">{words.say(keys::APPROVALS_NOTHING_RESTING)}</p> }.into_markup()
    });
    view! {
        <section class="panel"><div class="body"><p>{words.say(keys::APPROVALS_EMPTY)}</p>{resting}</div></section>
    }
    .into_markup()
}

fn row(visitor: &Visitor, line: &RewardLine, form: &FormState) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let now = visitor.app.ctx.now();
    let name = parts::name(line, visitor);
    let who = words.with(
        keys::APPROVALS_BY,
        [("advocate", line.advocate_name.as_str().into()), ("account", line.account_name.as_str().into())],
    );
    let approve = words.with(
        keys::APPROVALS_APPROVE_OF,
        [("reward", name.as_str().into()), ("advocate", line.advocate_name.as_str().into())],
    );
    let waits = line
        .clearing_until
        .map(|until| words.with(keys::APPROVALS_WAITS, [("date", visitor.formats().day(until, now).into())]));
    let first = line
        .first_approval
        .map(|_| view! { <p class="notice"><span>{words.say(keys::APPROVALS_FIRST_DONE)}</span></p> });
    let advocate = line.advocate_name.as_str();
    let reason = LineField {
        name: "reason",
        reward: line.id,
        optional: false,
        label: words.say(keys::APPROVALS_REASON).into_owned(),
        help: Some(words.with(keys::APPROVALS_REASON_HELP, [("advocate", advocate.into())])),
        kind: "textarea",
        value: String::new(),
    };
    let open = parts::typed(form, line, "reason").is_some_and(|reason| !reason.is_empty());
    let organisation = line.organisation.clone().map(|organisation| view! { <p>{organisation}</p> });
    let cut = [parts::boosted(line, visitor), parts::cut(line, visitor)].into_iter().flatten();
    let cut = cut.map(|said| view! { <p>{said}</p> }).collect_view();
    view! {
        <li>
            <article class="referral" id=parts::field_id("reward", line.id)>
                <div class="who">
                    <h3><a href=paths::work_reward(line.id).to_string()>{name}</a></h3>
                    <p>{words.say(parts::part_key(line.part))} ", " {line.company.clone()}</p>
                    {organisation}
                    {cut}
                </div>
                <p class="where">
                    {party(assets, Party::Advocate, line.advocate_name.clone())}
                    <span class="small muted">{line.account_name.clone()}</span>
                    <span class="small muted">{waits}</span>
                    <span class="hidden">{who}</span>
                </p>
                <div class="ball">
                    {first}
                    <form method="post" action=paths::reward_approval(line.id).to_string()>
                        {parts::hidden(line.id, line.version, "approve")}
                        <button class="button" type="submit" aria-label=approve>
                            {words.say(keys::APPROVALS_APPROVE)}
                        </button>
                    </form>
                    {category::form(visitor, line, category::From::Approvals, form)}
                    <details class="fold" open=open>
                        <summary>{words.say(keys::APPROVALS_DECLINE_FOLD)}</summary>
                        <form class="stack-tight" method="post" action=paths::reward_refusal(line.id).to_string()>
                            {parts::hidden(line.id, line.version, "decline")}
                            {parts::line_field(reason, form, visitor)}
                            <button class="button" data-kind="plain" type="submit">
                                {words.say(keys::APPROVALS_DECLINE)}
                            </button>
                        </form>
                    </details>
                </div>
            </article>
        </li>
    }
    .into_markup()
}
