//! Referrals as staff work with them: the list, and one referral with everything that can be done.

use axum::extract::{Path as Segment, Query};
use domain::{
    consent::ConsentState,
    ids::ReferralId,
    moments::{ClockKind, clock},
    referrals::{DialogueSide, DisqualifyReason, End, LossReason, Party, Stage, Step, Stop},
};
use leptos::prelude::*;
use serde::Deserialize;
use services::{
    accounts::{self, AccountLine},
    consent::{advertised_in, first_contact_of, neutral_answers_of, pass_on_link, proofs, seen_contacts},
    referrals::{After, Duty, Line, Place, detail_for_staff, duties, looked, reach, settings},
    triple_win::of_referral,
};
use words::keys;

use super::{
    answers, conflict, contacts, first_contact, neutral, paging, parts, proof,
    stages::{self, Stages},
};
use crate::{
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult, accounts::status_key, triple_win},
    paths,
    shell::{Head, Nav, page},
    ui::{self, ASKED, Choice, Field, Slice},
    visitor::{SignedIn, Visitor},
};

/// The query of the list.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ListQuery {
    /// One stage only.
    #[serde(default)]
    stage: String,
    after: Option<String>,
}

/// `GET /work/referrals`
///
/// # Errors
/// When the memory fails, or for somebody who looks after no referrals.
pub async fn list(
    Query(ListQuery { stage, after }): Query<ListQuery>,
    SignedIn { visitor, person }: SignedIn,
) -> PageResult {
    let ctx = &visitor.app.ctx;
    let duties = duties(ctx, person.actor.member).await?;
    let power = person.actor.account_managing(duties.clone()).ok_or(PageError::NotAllowed)?;
    let reach = reach(power.member(), &duties);
    let stages = Stages::of(&visitor).await?;
    let places: Vec<Place> = place(&stage).into_iter().collect();
    let here = paths::WORK_REFERRALS.with_query([("stage", &stage)]);
    let from = paging::place(after.as_deref()).map(|(submitted_at, id)| After { submitted_at, id });
    let lines = ctx.store.referrals().list(&reach, &places, from, ASKED).await?;
    let Slice { lines, first, next } = Slice::of(lines, &here, after.as_deref(), paging::submitted);
    let words = visitor.words;
    let mut options =
        vec![Choice { value: String::new(), label: words.say(keys::LIST_ALL_STAGES).into_owned() }];
    options.extend(stages.pipeline.stops().into_iter().map(|stop| {
        let label = match stop {
            Stop::Between(_) => format!("– {}", stages.stop(stop)),
            Stop::Step(_) => stages.stop(stop),
        };
        Choice { value: stop.to_string(), label }
    }));
    options.extend(
        End::ALL
            .iter()
            .map(|end| Choice { value: end.as_str().to_owned(), label: stages.stage(end.stage()) }),
    );
    let form = FormState::filled([("stage", stage)]);
    let label = words.say(keys::LIST_STAGE).into_owned();
    let field = Field { name: "stage", label, blank: true, ..Field::default() };
    let rows = lines.iter().map(|line| row(&visitor, &stages, line)).collect();
    let columns =
        [keys::REFER_COMPANY, keys::LIST_STAGE, keys::LIST_ADVOCATE, keys::LIST_SUBMITTED, keys::LIST_NEXT];
    let empty = (keys::WORK_EMPTY, keys::WORK_EMPTY_HELP);
    let view = view! {
        <header class="page-head"><h1>{words.say(keys::NAV_WORK_LIST)}</h1></header>
        <form class="filters" method="get" action=paths::WORK_REFERRALS.to_string()>
            {ui::select_field(&field, options, &form, words, &visitor.app.assets)}
            <button class="button" data-kind="plain" type="submit">{words.say(keys::LIST_SHOW)}</button>
        </form>
        <div class="stack">
            {ui::list_table(keys::NAV_WORK_LIST, columns, rows, empty, words)}
            {ui::pager(first.as_ref(), next.as_ref(), words)}
        </div>
    };
    Ok(page(&visitor, Head::new(words.say(keys::NAV_WORK_LIST)).in_nav(Nav::WorkList).compact(), view))
}

/// Which referrals a filter asks for; `None` for all.
fn place(code: &str) -> Option<Place> {
    let stage = Stage::parse(code).map(Place::Stage);
    stage.or_else(|| code.parse().ok().map(Place::Between))
}

fn row(visitor: &Visitor, stages: &Stages, line: &Line) -> Markup {
    let (words, formats, now) = (visitor.words, visitor.formats(), visitor.app.ctx.now());
    let (rules, clocks) = settings(&visitor.app.ctx);
    let next = line.progress.ball(&rules, &clocks).map(|ball| {
        let due = formats.day(ball.due, now);
        view! { {words.code("next", ball.next.as_str())} " · " <time datetime=ball.due.to_rfc3339()>{due}</time> }
    });
    view! {
        <tr>
            <th scope="row">
                <a href=paths::work_referral(line.id).to_string()>{line.company.clone()}</a>
                {parts::unread(visitor, line).map(|mark| view! { " " {mark} })}
            </th>
            <td>{line.stop().map_or_else(|| stages.stage(line.progress.position.stage()), |stop| stages.stop(stop))}</td>
            <td>{line.advocate.clone()}", "{line.account.clone()}</td>
            <td>
                <time datetime=line.progress.submitted_at.to_rfc3339()>
                    {formats.day(line.progress.submitted_at, now)}
                </time>
            </td>
            <td>{next}</td>
        </tr>
    }
    .into_markup()
}

/// The stage that a card was dropped on, to be chosen in the form.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default, rename = "move")]
    stage: String,
}

/// `GET /work/referrals/{id}`
///
/// # Errors
/// [`PageError::NotFound`] for a referral that somebody else looks after.
pub async fn show(
    Segment(id): Segment<ReferralId>,
    Query(kept): Query<Kept>,
    Query(wanted): Query<Wanted>,
    SignedIn { visitor, person }: SignedIn,
) -> PageResult {
    let ctx = &visitor.app.ctx;
    let duties = duties(ctx, person.actor.member).await?;
    let power = person.actor.account_managing(duties.clone()).ok_or(PageError::NotFound)?;
    let duty = detail_for_staff(ctx, &power, id).await?.ok_or(PageError::NotFound)?;
    looked(ctx, &duty.stored, DialogueSide::Staff).await?;
    let nothing = neutral_answers_of(ctx, &power, &duty.stored.facts).await?;
    let alike = accounts::named_like(ctx, &person.actor, &duty.stored.facts.company).await?;
    let seen = seen_contacts(ctx, &person.actor, duties.clone(), &duty.stored.facts).await?;
    let proofs = proofs(ctx, &person.actor, duties, &duty.stored.facts, &seen).await?;
    let form = FormState::kept(&kept, &visitor)
        .await?
        .unwrap_or_else(|| FormState::filled([("move", wanted.stage.clone())]));
    let asked = match first_contact_of(ctx, &power, &duty.stored.facts).await? {
        None => None,
        Some(asked) => {
            let advertised = advertised_in(ctx, &duty.stored).await?;
            let link = pass_on_link(ctx, &duty.stored).await?;
            Some(first_contact::panel(&visitor, &asked, advertised.as_ref(), link, &form))
        }
    };
    let wins = of_referral(ctx, id, Party::Company).await?;
    let words = visitor.words;
    let progress = duty.stored.facts.progress();
    let advocate = duty.names.get(&duty.stored.facts.advocate).cloned().unwrap_or_default();
    let stages = Stages::of(&visitor).await?;
    let stage = stages.now(&duty.stored.facts);
    let chosen =
        duty.stored.facts.incentive.and_then(|id| duty.stored.facts.terms.offer(id)).map(|offer| offer.kind);
    let chosen = match chosen {
        Some(kind) => words.code("incentive", kind.as_str()),
        None => words.say(keys::CHOICE_OPEN),
    };
    let deal = duty.stored.deal.map(|deal| {
        view! { <dt>{words.say(keys::MOVE_DEAL)}</dt><dd>{ui::amount(deal, words, visitor.formats())}</dd> }
    });
    // Behind an advocate's own link nobody has written one.
    let reason = (!duty.stored.reason.is_empty()).then(|| {
        view! {
            <dt>{words.say(keys::REFER_REASON)}</dt>
            <dd>{duty.stored.reason.clone()}</dd>
        }
    });
    let view = view! {
        <header class="page-head">
            <p class="crumb"><a href=paths::BOARD.to_string()>{words.say(keys::NAV_BOARD)}</a></p>
            <h1>{duty.stored.facts.company.to_string()}</h1>
            <p class="lede">
                {words.with(keys::TICKET_BY, [("name", advocate.into())])}
                {(!duty.stored.role_title.is_empty()).then(|| format!(" · {}", duty.stored.role_title))}
            </p>
        </header>
        {ui::error_summary(&form, words)}
        <div class="split">
            <div class="stack">
                {conflict::both_versions(&visitor, &stages, &duty, &form)}
                {conflict::both_sizes(&visitor, &duty, &form)}
                <section class="panel" aria-labelledby="now">
                    <header><h2 id="now">{stage}</h2></header>
                    <div class="body">
                        {parts::ball(&visitor, &progress, duty.stored.contact_done_at)}
                        <dl class="facts">
                            {reason}
                            <dt>{words.say(keys::CHANNELS_CHANNEL)}</dt>
                            <dd>{words.code("way", duty.stored.channel.as_str())}</dd>
                            {answers::facts(&visitor, &duty.stored.answers)}
                            <dt>{words.say(keys::CONSENT_LABEL)}</dt>
                            <dd>{words.code("consent", duty.stored.facts.consent.as_str())}</dd>
                            <dt>{words.say(keys::CHOICE_LABEL)}</dt>
                            <dd>{chosen}</dd>
                            {deal}
                            {perhaps(&visitor, &alike)}
                        </dl>
                    </div>
                </section>
                {asked}
                {contacts::contacts(&visitor, &seen, id)}
                {proof::panel(&visitor, &duty, &proofs)}
                {neutral::of_referral(&visitor, &nothing)}
                {deal_form(&visitor, &duty, &form)}
                {moves(&visitor, &stages, &duty, &form)}
                {thanks(&visitor, &duty, &form)}
                {parts::dialogue(&visitor, &duty, &form, &paths::work_message(id), duty.stored.staff_unread)}
            </div>
            <aside class="stack" aria-label=words.say(keys::TIMELINE_TITLE)>
                <section class="panel">
                    <header><h2>{words.say(keys::TIMELINE_TITLE)}</h2></header>
                    <div class="body">{parts::timeline(&visitor, &duty, parts::Sight::Staff(&stages))}</div>
                </section>
                {triple_win::of_referral(&visitor, &wins)}
            </aside>
        </div>
    };
    Ok(page(&visitor, Head::new(duty.stored.facts.company.as_str()).in_nav(Nav::Board).compact(), view))
}

/// Where the size of a won deal is recorded that nobody has said yet.
fn deal_form(visitor: &Visitor, duty: &Duty, form: &FormState) -> Option<Markup> {
    let facts = &duty.stored.facts;
    if facts.position.stage() != Stage::Won || duty.stored.deal.is_some() {
        return None;
    }
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let currency = visitor.app.ctx.host.currency.as_str();
    let deal = Field {
        name: "size",
        label: words.with(keys::MOVE_DEAL_IN, [("currency", currency.into())]),
        help: Some(words.say(keys::DEAL_LATER_HELP).into_owned()),
        inputmode: "decimal",
        maxlength: 20,
        ..Field::default()
    };
    Some(
        view! {
            <section class="panel" aria-labelledby="deal-title">
                <header><h2 id="deal-title">{words.say(keys::DEAL_LATER)}</h2></header>
                <form class="body" method="post" action=paths::work_deal(facts.id).to_string() novalidate=true>
                    <input type="hidden" name="version" value=duty.stored.version/>
                    {ui::text_field(&deal, form, words, assets)}
                    <div><button class="button" type="submit">{words.say(keys::DEAL_LATER_DO)}</button></div>
                </form>
            </section>
        }
        .into_markup(),
    )
}

/// Companies of the same name: a hint, because only the contact's own address tells which company it is.
fn perhaps(visitor: &Visitor, alike: &[AccountLine]) -> Option<Markup> {
    if alike.is_empty() {
        return None;
    }
    let words = visitor.words;
    let lines = alike
        .iter()
        .map(|account| {
            let about = words.with(
                keys::HINT_ACCOUNT,
                [
                    ("country", words.code("country", &account.country.to_lowercase()).into_owned().into()),
                    ("status", words.say(status_key(account.status)).into_owned().into()),
                ],
            );
            view! { <dd><a href=paths::account(account.id).to_string()>{account.name.clone()}</a>" "{about}</dd> }
        })
        .collect_view();
    Some(view! { <dt>{words.say(keys::HINT_TITLE)}</dt>{lines} }.into_markup())
}

/// Everything that can be done with the stage: on, to an end, back.
fn moves(visitor: &Visitor, stages: &Stages, duty: &Duty, form: &FormState) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let facts = &duty.stored.facts;
    let position = facts.position;
    let consented = facts.consent == ConsentState::Given;
    let mut options = Vec::new();
    if let Some(step) = position.open() {
        let here = facts.stop();
        let stops = stages.pipeline.stops();
        for next in
            stops.iter().filter(|next| consented && Some(**next) != here && leads_on(stages, step, **next))
        {
            options.push((next.to_string(), stages.stop(*next)));
        }
        let end = if step == Step::Submitted { Stage::Disqualified } else { Stage::Lost };
        options.push((end.as_str().to_owned(), stages.stage(end)));
    }
    let there = |step: &&Step| !stages.pipeline.dropped().contains(step);
    for back in Step::ALL.iter().filter(there).filter(|back| match position.open() {
        Some(step) => **back < step || (**back == step && facts.between.is_some()),
        None => {
            **back <= position.reached() && position.stage() != Stage::Won
                || **back < Step::Won && position.stage() == Stage::Won
        }
    }) {
        let stage = stages.stage(back.stage());
        options.push((
            format!("back-{}", back.as_str()),
            words.with(keys::MOVE_BACK, [("stage", stage.into())]),
        ));
    }
    let options = options.into_iter().map(|(value, label)| Choice { value, label }).collect();
    let reasons = |prefix: &'static str, codes: Vec<&'static str>| {
        codes
            .into_iter()
            .map(|code| {
                let chosen = form.value("reason") == code;
                view! { <option value=code selected=chosen>{words.code(prefix, code)}</option> }
            })
            .collect_view()
    };
    let lost = position.open().is_some_and(|step| step > Step::Submitted);
    let list = if lost {
        reasons("lost", LossReason::ALL.iter().map(|code| code.as_str()).collect())
    } else {
        reasons("disqualified", DisqualifyReason::ALL.iter().map(|code| code.as_str()).collect())
    };
    let won = words.code("won-means", facts.terms.won_means.as_str());
    let to = Field {
        name: "move",
        label: words.say(keys::LIST_STAGE).into_owned(),
        help: facts.position.open().map(|_| words.with(keys::MOVE_WON_MEANS, [("won", won.into())])),
        ..Field::default()
    };
    let deal = Field {
        name: "deal",
        label: words.with(keys::MOVE_DEAL_IN, [("currency", visitor.app.ctx.host.currency.as_str().into())]),
        help: Some(words.say(keys::MOVE_DEAL_HELP).into_owned()),
        inputmode: "decimal",
        optional: true,
        maxlength: 20,
        ..Field::default()
    };
    let note = Field {
        name: "note",
        label: words.say(keys::MOVE_NOTE).into_owned(),
        help: Some(words.say(keys::MOVE_NOTE_HELP).into_owned()),
        optional: true,
        full: true,
        ..Field::default()
    };
    view! {
        <section class="panel" aria-labelledby="moves">
            <header><h2 id="moves">{words.say(keys::MOVE_TITLE)}</h2></header>
            <form class="body" method="post" action=paths::work_move(facts.id).to_string()>
                {move_marks(visitor, duty, form)}
                <div class="fields">
                    {ui::select_field(&to, options, form, words, assets)}
                    {ui::text_field(&deal, form, words, assets)}
                    <div class="field">
                        <label for="reason">{words.say(keys::MOVE_REASON)}" "<span>{words.say(keys::FORM_OPTIONAL)}</span></label>
                        <select id="reason" name="reason">
                            <option value="">{words.say(keys::MOVE_REASON_NONE)}</option>
                            {list}
                        </select>
                    </div>
                    {ui::text_area(&note, form, words, assets)}
                </div>
                <div><button class="button" type="submit">{words.say(keys::MOVE_DO)}</button></div>
            </form>
        </section>
    }
    .into_markup()
}

/// Whether a move to this stop leads on from a step.
fn leads_on(stages: &Stages, from: Step, to: Stop) -> bool {
    match to {
        Stop::Step(step) => step > from,
        Stop::Between(id) => stages.pipeline.sub_stage(id).is_some_and(|stage| stage.after >= from),
    }
}

/// What a move's form knows without being asked: the state it was made on, and itself.
fn move_marks(visitor: &Visitor, duty: &Duty, form: &FormState) -> Markup {
    // A form that was interrupted was made on what it showed then, not on what is stored now.
    let version = match form.value("version") {
        "" => duty.stored.version.to_string(),
        seen => seen.to_owned(),
    };
    let seen = match form.value("seen") {
        seen if !seen.is_empty() && !conflict::is_late(form) => seen.to_owned(),
        _ => stages::seen(&duty.stored.facts),
    };
    let key: uuid::Uuid = visitor.app.ctx.new_id();
    view! {
        <input type="hidden" name="version" value=version/>
        <input type="hidden" name="seen" value=seen/>
        <input type="hidden" name="key" value=key.to_string()/>
    }
    .into_markup()
}

/// Thanks, as long as nobody has said them.
fn thanks(visitor: &Visitor, duty: &Duty, form: &FormState) -> Option<Markup> {
    if duty.stored.thanks_done_at.is_some() {
        return None;
    }
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let clocks = settings(&visitor.app.ctx).1;
    let state = clock(ClockKind::Thanks, &duty.stored.facts.progress(), None, visitor.app.ctx.now(), &clocks);
    let field = Field {
        name: "thanks",
        label: words.say(keys::THANKS_TEXT).into_owned(),
        help: Some(words.say(keys::THANKS_HELP).into_owned()),
        full: true,
        ..Field::default()
    };
    Some(
        view! {
            <section class="panel" aria-labelledby="thanks-title">
                <header><h2 id="thanks-title">{words.say(keys::THANKS_TITLE)}</h2></header>
                <form class="body" method="post" action=paths::work_thanks(duty.stored.facts.id).to_string()>
                    {state.map(|state| ui::promise(state, clocks.thanks, words, visitor.formats(), assets))}
                    {ui::text_area(&field, form, words, assets)}
                    <div><button class="button" type="submit">{words.say(keys::THANKS_DO)}</button></div>
                </form>
            </section>
        }
        .into_markup(),
    )
}
