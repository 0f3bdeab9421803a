//! One reward: how it stands, its whole life, and taking it back.

use axum::extract::{Path as Segment, Query};
use domain::{ids::RewardId, rewards::RewardCode};
use leptos::prelude::*;
use services::rewards::{Life, RewardLine, RewardStep, life};
use words::keys;

use super::{category, parts, shortfalls, take_back};
use crate::{
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    ui::{self, Party, error_summary, party},
    visitor::{SignedIn, Visitor},
};

/// `GET /work/rewards/{id}`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who may not decide about rewards, [`PageError::NotFound`] where there is none.
pub async fn show(
    Segment(id): Segment<RewardId>,
    Query(kept): Query<Kept>,
    SignedIn { visitor, person }: SignedIn,
) -> PageResult {
    person.actor.approving().ok_or(PageError::NotAllowed)?;
    let Life { line, steps, own, shortfalls: short } =
        life(&visitor.app.ctx, &person.actor, id).await?.ok_or(PageError::NotFound)?;
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_default();
    let words = visitor.words;
    let title = parts::name(&line, &visitor);
    let state = words.say(parts::state(&line, visitor.app.ctx.now()));
    // Nobody reads that they themselves are suspected.
    let case = line.suspicion.filter(|_| !own).map(|case| {
        view! { <p><a href=paths::case(case).to_string()>{words.say(keys::FRAUD_TO_CASE)}</a></p> }
    });
    let view = view! {
        <header class="page-head">
            <p class="crumb"><a href=paths::WORK_REWARDS.to_string()>{words.say(keys::NAV_ALL_REWARDS)}</a></p>
            <div class="spread"><h1>{title.clone()}</h1><span class="tag">{state}</span></div>
            <p class="lede">{words.say(parts::part_key(line.part))} ", " {line.company.clone()}</p>
        </header>
        {error_summary(&form, words)}
        <div class="split">
            <div class="stack">
                <section class="panel" aria-labelledby="facts">
                    <header><h2 id="facts">{words.say(keys::REWARD_PAGE_FACTS)}</h2></header>
                    <div class="body">
                        <p>{parts::next_for_staff(&line, &visitor)}</p>
                        {case}
                        {facts(&line, &visitor)}
                        {category::form(&visitor, &line, category::From::Reward, &form).filter(|_| !own)}
                    </div>
                </section>
                {shortfalls::of_reward(&short, &visitor)}
                <section class="panel" aria-labelledby="return" id=parts::field_id("reward", line.id)>
                    <header><h2 id="return">{words.say(keys::DELIVERIES_TAKE_BACK_FOLD)}</h2></header>
                    <div class="body">{returning(&line, own, &form, &visitor)}</div>
                </section>
            </div>
            <aside class="stack" aria-label=words.say(keys::REWARD_PAGE_LIFE)>{lived(&steps, &visitor)}</aside>
        </div>
    };
    Ok(page(&visitor, Head::new(title).in_nav(Nav::AllRewards).compact(), view))
}

fn facts(line: &RewardLine, visitor: &Visitor) -> Markup {
    let words = visitor.words;
    let refunded = (line.refunded_percent > 0).then(|| {
        words.with(keys::REWARD_PAGE_REFUNDED_PERCENT, [("percent", i64::from(line.refunded_percent).into())])
    });
    let open = line.delivery.as_ref().filter(|delivery| delivery.done_at.is_none());
    let owner = open.map(|delivery| {
        let owner = line.owner_name.clone();
        let owner = owner.unwrap_or_else(|| words.say(keys::DELIVERIES_NOBODY).into_owned());
        words.with(
            keys::DELIVERIES_BY,
            [("owner", owner.into()), ("date", visitor.formats().date(delivery.due_at).into())],
        )
    });
    let amount = line.amount.map(|amount| ui::amount(amount, words, visitor.formats()));
    let advocate =
        party(&visitor.app.assets, Party::Advocate, format!("{}, {}", line.advocate_name, line.account_name));
    let rows = [
        (keys::REWARD_PAGE_AMOUNT, amount),
        (keys::REWARD_PAGE_REFUNDED, refunded),
        (keys::REWARD_PAGE_RECEIVER, parts::receiver(line, visitor)),
        (keys::REWARD_PAGE_OWNER, owner),
    ]
    .into_iter()
    .filter_map(|(key, value)| value.map(|value| view! { <dt>{words.say(key)}</dt><dd>{value}</dd> }))
    .collect_view();
    let cut = [parts::boosted(line, visitor), parts::cut(line, visitor), parts::set_off(line, visitor)]
        .into_iter()
        .flatten();
    let cut = cut.map(|text| view! { <p class="small muted">{text}</p> }).collect_view();
    view! {
        <dl class="facts">
            {rows}
            <dt>{words.say(keys::REWARD_PAGE_ADVOCATE)}</dt>
            <dd>{advocate}</dd>
        </dl>
        {cut}
    }
    .into_markup()
}

/// The form, or why there is none.
fn returning(line: &RewardLine, own: bool, form: &FormState, visitor: &Visitor) -> Markup {
    let ended = matches!(line.state, RewardCode::Reversed | RewardCode::Declined | RewardCode::Expired);
    let why_not = match (ended, own) {
        (true, _) => keys::REWARD_PAGE_ENDED,
        (false, true) => keys::REWARD_PAGE_OWN,
        (false, false) => return take_back::form(visitor, line, form),
    };
    view! { <p class="muted">{visitor.words.say(why_not)}</p> }.into_markup()
}

fn lived(steps: &[RewardStep], visitor: &Visitor) -> Markup {
    let (words, formats) = (visitor.words, visitor.formats());
    let steps = steps
        .iter()
        .map(|step| {
            let what = words.code("reward-step", step.action.trim_start_matches("rewards."));
            let moved = step.moved.map(|amount| format!(", {}", ui::amount(amount, words, formats)));
            let by = step
                .by
                .as_deref()
                .map(|name| format!(", {}", words.with(keys::REWARD_PAGE_BY, [("name", name.into())])));
            view! {
                <li>
                    <strong>{what}{moved}</strong>
                    <p class="small muted">
                        <time datetime=step.at.to_rfc3339()>{formats.moment(step.at)}</time>{by}
                    </p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="panel" aria-labelledby="life">
            <header><h2 id="life">{words.say(keys::REWARD_PAGE_LIFE)}</h2></header>
            <div class="body"><ol class="stem">{steps}</ol></div>
        </section>
    }
    .into_markup()
}
