//! Campaigns as staff see them: the list, the editor with the rule of overlaps, what one has brought, and its next step.

use axum::extract::{Path as Wanted, Query};
use domain::{campaigns::CampaignState, ids::CampaignId, incentives::Amount};
use leptos::prelude::*;
use services::{
    campaigns::{CampaignView, campaign, campaigns},
    referrals::programme,
};
use words::{Key, Words, keys};

use super::{
    form::{editor, filled, fresh, incentives},
    moment, state_key, times,
};
use crate::{
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    ui::{self, Column, error_summary, list_table, scrolling_table, unit_name},
    visitor::{SignedIn, Visitor},
};

/// `GET /manage/campaigns`
///
/// # Errors
/// For somebody who does not see programmes.
pub async fn list(SignedIn { visitor, person }: SignedIn) -> PageResult {
    let all = campaigns(&visitor.app.ctx, &person.actor).await?.ok_or(PageError::NotAllowed)?;
    let edits = person.actor.program_managing().is_some();
    let words = visitor.words;
    let now = visitor.app.ctx.now();
    let rows = all.iter().map(|named| {
        let one = &named.campaign;
        let state = match one.is_over(now) && one.state != CampaignState::Closed {
            true => keys::CAMPAIGN_STATE_OVER,
            false => state_key(one.state),
        };
        view! {
            <tr>
                <th scope="row">
                    <a href=paths::campaign(one.id).to_string()>{named.name.to(words.language()).to_owned()}</a>
                </th>
                <td>{words.say(state)}</td>
                <td>{times(one.boost, words)}</td>
                <td>{moment(named, false, &visitor)}</td>
                <td>{moment(named, true, &visitor)}</td>
            </tr>
        }
        .into_markup()
    });
    let columns = [
        keys::CAMPAIGN_NAME,
        keys::CAMPAIGN_STATE,
        keys::CAMPAIGN_BOOST,
        keys::CAMPAIGN_FROM,
        keys::CAMPAIGN_UNTIL,
    ];
    let empty = (keys::CAMPAIGNS_EMPTY, keys::CAMPAIGNS_EMPTY_HELP);
    let table = list_table(keys::CAMPAIGNS_TITLE, columns, rows.collect(), empty, words);
    let view = view! {
        <header class="page-head">
            <p class="crumb"><a href=paths::INCENTIVES.to_string()>{words.say(keys::NAV_INCENTIVES)}</a></p>
            <h1>{words.say(keys::CAMPAIGNS_TITLE)}</h1>
            <p class="lede">{words.say(keys::CAMPAIGNS_LEDE)}</p>
        </header>
        <div class="stack">
            {table}
            {edits.then(|| view! {
                <p><a class="button" href=paths::NEW_CAMPAIGN.to_string()>{words.say(keys::CAMPAIGN_NEW)}</a></p>
            })}
        </div>
    };
    Ok(page(&visitor, Head::new(words.say(keys::CAMPAIGNS_TITLE)).in_nav(Nav::Incentives).compact(), view))
}

/// `GET /manage/campaigns/new`
///
/// # Errors
/// For anybody but marketing, and before there is a programme.
pub async fn new(Query(kept): Query<Kept>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    person.actor.program_managing().ok_or(PageError::NotAllowed)?;
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_else(|| fresh(&visitor));
    let ctx = &visitor.app.ctx;
    let programme = programme(ctx).await?.ok_or(PageError::NotFound)?;
    let segments = ctx.store.segments().all().await?;
    let words = visitor.words;
    let editor = editor(&visitor, &form, (&programme, &segments), &paths::NEW_CAMPAIGN, None);
    let view = view! {
        {head(words.say(keys::CAMPAIGN_NEW).into_owned(), words)}
        {error_summary(&form, words)}
        <div class="split">
            <div class="stack">{editor}</div>
            <aside class="stack" aria-label=words.say(keys::CAMPAIGN_OVERLAPS)>{overlaps(&visitor, None)}</aside>
        </div>
    };
    Ok(page(&visitor, Head::new(words.say(keys::CAMPAIGN_NEW)).in_nav(Nav::Incentives).compact(), view))
}

/// `GET /manage/campaigns/{id}`
///
/// # Errors
/// [`PageError::NotFound`] where there is none, and for somebody who does not see programmes.
pub async fn show(
    Wanted(id): Wanted<CampaignId>,
    Query(kept): Query<Kept>,
    SignedIn { visitor, person }: SignedIn,
) -> PageResult {
    let ctx = &visitor.app.ctx;
    let found = campaign(ctx, &person.actor, id).await?.ok_or(PageError::NotFound)?;
    let programme = programme(ctx).await?.ok_or(PageError::NotFound)?;
    let segments = ctx.store.segments().all().await?;
    let refused = FormState::kept(&kept, &visitor).await?.unwrap_or_default();
    // A step is refused without anything typed.
    let form = if refused.ticked("name_de") { refused.clone() } else { filled(&found.named, &visitor) };
    let words = visitor.words;
    let title = found.named.name.to(words.language()).to_owned();
    let action = paths::campaign(id);
    let editor = editor(&visitor, &form, (&programme, &segments), &action, Some(&found.named));
    let editor = if found.named.campaign.state == CampaignState::Closed {
        ui::locked(words.say(keys::ERROR_CAMPAIGN_CLOSED).into_owned(), editor)
    } else {
        ui::look_only(found.editable, editor, words)
    };
    let view = view! {
        {head(title.clone(), words)}
        {error_summary(&refused, words)}
        <div class="split">
            <div class="stack">{editor}</div>
            <aside class="stack" aria-label=words.say(keys::CAMPAIGN_STATE)>
                {state(&visitor, &found)}
                {figures(&visitor, &found)}
                {overlaps(&visitor, Some((&found, &programme)))}
            </aside>
        </div>
    };
    Ok(page(&visitor, Head::new(title).in_nav(Nav::Incentives).compact(), view))
}

fn head(title: String, words: Words) -> Markup {
    view! {
        <header class="page-head">
            <p class="crumb"><a href=paths::CAMPAIGNS.to_string()>{words.say(keys::CAMPAIGNS_TITLE)}</a></p>
            <h1>{title}</h1>
        </header>
    }
    .into_markup()
}

/// How far it has come, and what can be decided.
fn state(visitor: &Visitor, found: &CampaignView) -> Markup {
    let words = visitor.words;
    let one = &found.named.campaign;
    let over = one.is_over(visitor.app.ctx.now());
    let said = match one.state {
        CampaignState::Closed => keys::CAMPAIGN_IS_CLOSED,
        _ if over => keys::CAMPAIGN_IS_OVER,
        CampaignState::Draft => keys::CAMPAIGN_IS_DRAFT,
        CampaignState::Pilot => keys::CAMPAIGN_IS_PILOT,
        CampaignState::Running => keys::CAMPAIGN_IS_RUNNING,
    };
    let steps: &[(CampaignState, Key)] = match one.state {
        CampaignState::Closed => &[],
        _ if over => &[(CampaignState::Closed, keys::CAMPAIGN_CLOSE)],
        CampaignState::Draft => &[
            (CampaignState::Pilot, keys::CAMPAIGN_BEGIN_PILOT),
            (CampaignState::Running, keys::CAMPAIGN_BEGIN),
            (CampaignState::Closed, keys::CAMPAIGN_DISCARD),
        ],
        CampaignState::Pilot => &[
            (CampaignState::Running, keys::CAMPAIGN_ROLL_OUT),
            (CampaignState::Closed, keys::CAMPAIGN_CLOSE),
        ],
        CampaignState::Running => &[(CampaignState::Closed, keys::CAMPAIGN_CLOSE)],
    };
    let steps: Vec<_> = steps
        .iter()
        // A pilot takes a group.
        .filter(|(step, _)| *step != CampaignState::Pilot || found.named.pilot.is_some())
        .map(|(step, label)| {
            view! {
                <form method="post" action=paths::campaign_step(one.id).to_string()>
                    <input type="hidden" name="version" value=one.version.to_string()/>
                    <button class="button" data-kind="plain" type="submit" name="do" value=step.as_str()>
                        {words.say(*label)}
                    </button>
                </form>
            }
            .into_markup()
        })
        .collect();
    let steps = found.editable.then(|| view! { <div class="cluster">{steps}</div> });
    view! {
        <section class="panel" aria-labelledby="state">
            <header><h2 id="state">{words.say(state_key(one.state))}</h2></header>
            <div class="body"><p>{words.say(said)}</p>{steps}</div>
        </section>
    }
    .into_markup()
}

/// What it has brought, and what is left of its budget.
fn figures(visitor: &Visitor, found: &CampaignView) -> Markup {
    let (words, formats) = (visitor.words, visitor.formats());
    let one = &found.named.campaign;
    let units: std::collections::BTreeSet<_> =
        found.figures.rewards.keys().chain(one.budget.keys()).chain(one.spent.keys()).copied().collect();
    let in_unit = |value: i64, unit| match Amount::new(value, unit) {
        Ok(amount) => ui::amount(amount, words, formats),
        Err(_) => formats.number(0),
    };
    let rows: Vec<_> = units
        .into_iter()
        .map(|unit| {
            let (count, sum) = found.figures.rewards.get(&unit).copied().unwrap_or_default();
            let spent = one.spent.get(&unit).copied().unwrap_or(0);
            let budget = match one.budget.get(&unit) {
                Some(budget) => in_unit(*budget, unit),
                None => words.say(keys::CAMPAIGN_NO_BUDGET).into_owned(),
            };
            let left = one.left(unit).map(|left| in_unit(left, unit)).unwrap_or_default();
            view! {
                <tr>
                    <th scope="row">{unit_name(unit, words)}</th>
                    <td class="n">{formats.number(count)}</td>
                    <td class="n">{in_unit(sum, unit)}</td>
                    <td class="n">{in_unit(spent, unit)}</td>
                    <td class="n">{budget}</td>
                    <td class="n">{left}</td>
                </tr>
            }
            .into_markup()
        })
        .collect();
    let table = (!rows.is_empty()).then(|| {
        let columns = [
            Column::from(keys::CAMPAIGN_UNIT),
            Column::number(keys::CAMPAIGN_REWARDS),
            Column::number(keys::CAMPAIGN_SUM),
            Column::number(keys::CAMPAIGN_SPENT),
            Column::number(keys::CAMPAIGN_BUDGET),
            Column::number(keys::CAMPAIGN_LEFT),
        ];
        scrolling_table(keys::CAMPAIGN_FIGURES, columns, rows, words)
    });
    let said = words.with(
        keys::CAMPAIGN_BROUGHT,
        [("referrals", found.figures.referrals.into()), ("won", found.figures.won.into())],
    );
    view! {
        <section class="panel" aria-labelledby="figures">
            <header><h2 id="figures">{words.say(keys::CAMPAIGN_FIGURES)}</h2></header>
            <div class="body"><p><strong>{said}</strong></p><p class="small muted">{words.say(keys::CAMPAIGN_SPENT_HELP)}</p></div>
            {table}
        </section>
    }
    .into_markup()
}

/// The rule of overlaps, and the campaigns that this one meets.
fn overlaps(visitor: &Visitor, found: Option<(&CampaignView, &services::referrals::Programme)>) -> Markup {
    let words = visitor.words;
    let met = found.map(|(found, programme)| {
        let items: Vec<_> = found
            .overlaps
            .iter()
            .map(|other| {
                let name = other.name.to(words.language()).to_owned();
                let said = format!(
                    "{}, {}, {}",
                    times(other.campaign.boost, words),
                    incentives(other, programme, visitor),
                    moment(other, true, visitor)
                );
                view! {
                    <li>
                        <a href=paths::campaign(other.campaign.id).to_string()>{name}</a>
                        <p class="small muted">{said}</p>
                    </li>
                }
                .into_markup()
            })
            .collect();
        let none = items
            .is_empty()
            .then(|| view! { <p class="muted">{words.say(keys::CAMPAIGN_OVERLAPS_NONE)}</p> });
        view! { {none}<ul class="stack-tight">{items}</ul> }
    });
    view! {
        <section class="panel" aria-labelledby="overlaps">
            <header><h2 id="overlaps">{words.say(keys::CAMPAIGN_OVERLAPS)}</h2></header>
            <div class="body"><p>{words.say(keys::CAMPAIGN_RULE)}</p>{met}</div>
        </section>
    }
    .into_markup()
}
