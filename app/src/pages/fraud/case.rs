//! One case: what speaks for misuse, what was found where, which rewards are concerned, and the decision. To print as well.

use axum::extract::{Path as Segment, Query};
use domain::{
    fraud::{CaseState, CaseVerdict},
    ids::CaseId,
};
use leptos::prelude::*;
use services::{
    fraud::{CaseView, Finding, StoredCase, Weighed, case},
    rewards::RewardLine,
};
use words::keys;

use super::{sentence, weight};
use crate::{
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult, rewards::parts},
    paths,
    shell::{Head, Nav, page},
    ui::{Choice, Column, Field, Party, choice_field, error_summary, party, scrolling_table, text_area},
    visitor::{SignedIn, Visitor},
};

/// `GET /work/cases/{id}`
///
/// # Errors
/// [`PageError::NotAllowed`] for those who may not decide about rewards, [`PageError::NotFound`] where there is no case that
/// they may see.
pub async fn show(
    Segment(id): Segment<CaseId>,
    Query(kept): Query<Kept>,
    SignedIn { visitor, person }: SignedIn,
) -> PageResult {
    person.actor.approving().ok_or(PageError::NotAllowed)?;
    let found = case(&visitor.app.ctx, &person.actor, id).await?.ok_or(PageError::NotFound)?;
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_default();
    let words = visitor.words;
    let stored = &found.case;
    let title = words.with(keys::FRAUD_CASE, [("name", stored.advocate_name.as_str().into())]);
    let state = words.code("fraud-state", stored.case.state.as_str());
    let opened = words.with(
        keys::FRAUD_OPENED,
        [("date", visitor.formats().date(stored.opened_at).into()), ("score", weight(&found.reasons).into())],
    );
    let who = party(
        &visitor.app.assets,
        Party::Advocate,
        format!("{}, {}", stored.advocate_name, stored.account_name),
    );
    let decision = match stored.case.state {
        CaseState::Open => decide(stored, &form, &visitor),
        CaseState::Confirmed | CaseState::FalseAlarm => decided(stored, &form, &visitor),
    };
    let view = view! {
        <header class="page-head">
            <p class="crumb no-print"><a href=paths::CASES.to_string()>{words.say(keys::FRAUD_TITLE)}</a></p>
            <div class="spread"><h1>{title.clone()}</h1><span class="tag">{state}</span></div>
            <p class="lede">{opened}</p>
            <p>{who}</p>
        </header>
        {error_summary(&form, words)}
        <div class="stack">
            {reasons(&found.reasons, &visitor)}
            {evidence(&found.findings, &visitor)}
            {rewards(&found, &visitor)}
            {decision}
        </div>
    };
    Ok(page(&visitor, Head::new(title).in_nav(Nav::Cases).compact(), view))
}

fn reasons(reasons: &[Weighed], visitor: &Visitor) -> Markup {
    let (words, formats) = (visitor.words, visitor.formats());
    let rows = reasons
        .iter()
        .map(|weighed| {
            view! {
                <tr>
                    <th scope="row">{words.code("fraud-reason", weighed.reason.as_str())}</th>
                    <td class="n">{formats.number(weighed.weight.into())}</td>
                    <td class="n">{formats.number(weighed.referrals)}</td>
                </tr>
            }
            .into_markup()
        })
        .collect();
    let columns = [
        keys::FRAUD_REASON.into(),
        Column::number(keys::FRAUD_WEIGHT),
        Column::number(keys::FRAUD_REFERRALS),
    ];
    view! {
        <section class="panel" aria-labelledby="reasons">
            <header><h2 id="reasons">{words.say(keys::FRAUD_REASONS)}</h2></header>
            <div class="body"><p class="small muted">{words.say(keys::FRAUD_REASONS_HELP)}</p></div>
            {scrolling_table(keys::FRAUD_REASONS, columns, rows, words)}
        </section>
    }
    .into_markup()
}

fn evidence(findings: &[Finding], visitor: &Visitor) -> Markup {
    let (words, formats) = (visitor.words, visitor.formats());
    let rows = findings
        .iter()
        .map(|finding| {
            view! {
                <tr>
                    <th scope="row">{finding.company.clone()}</th>
                    <td>{sentence(&finding.met, words)}</td>
                    <td>
                        <time datetime=finding.found_at.to_rfc3339()>{formats.moment(finding.found_at)}</time>
                    </td>
                </tr>
            }
            .into_markup()
        })
        .collect();
    let columns = [keys::FRAUD_REFERRAL, keys::FRAUD_REASON, keys::FRAUD_FOUND_AT];
    view! {
        <section class="panel" aria-labelledby="evidence">
            <header><h2 id="evidence">{words.say(keys::FRAUD_EVIDENCE)}</h2></header>
            {scrolling_table(keys::FRAUD_EVIDENCE, columns, rows, words)}
        </section>
    }
    .into_markup()
}

fn rewards(found: &CaseView, visitor: &Visitor) -> Markup {
    let words = visitor.words;
    let body = if found.rewards.is_empty() {
        view! { <div class="body"><p class="muted">{words.say(keys::FRAUD_NO_REWARDS)}</p></div> }
            .into_markup()
    } else {
        let rows = found.rewards.iter().map(|line| reward(line, visitor)).collect();
        let columns = [keys::ALL_REWARDS_REWARD, keys::ALL_REWARDS_COMPANY, keys::ALL_REWARDS_STATE];
        scrolling_table(keys::FRAUD_REWARDS, columns, rows, words)
    };
    let more = found.more.then(|| {
        view! { <div class="body"><p class="small muted">{words.say(keys::FRAUD_MORE_REWARDS)}</p></div> }
    });
    view! {
        <section class="panel" aria-labelledby="rewards">
            <header><h2 id="rewards">{words.say(keys::FRAUD_REWARDS)}</h2></header>
            {body}
            {more}
        </section>
    }
    .into_markup()
}

fn reward(line: &RewardLine, visitor: &Visitor) -> Markup {
    view! {
        <tr>
            <th scope="row">
                <a href=paths::work_reward(line.id).to_string()>{parts::name(line, visitor)}</a>
            </th>
            <td>{line.company.clone()}</td>
            <td>{visitor.words.say(parts::state(line, visitor.app.ctx.now()))}</td>
        </tr>
    }
    .into_markup()
}

fn decide(stored: &StoredCase, form: &FormState, visitor: &Visitor) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let version = if form.is_overtaken() { form.version() } else { stored.version };
    let verdict = Field {
        name: "verdict",
        label: words.say(keys::FRAUD_VERDICT).into_owned(),
        full: true,
        ..Field::default()
    };
    let options = CaseVerdict::ALL
        .iter()
        .map(|verdict| Choice {
            value: verdict.as_str().to_owned(),
            label: words.code("fraud-verdict", verdict.as_str()).into_owned(),
        })
        .collect();
    let reason = Field {
        name: "reason",
        label: words.say(keys::FRAUD_WHY).into_owned(),
        help: Some(words.with(keys::FRAUD_WHY_HELP, [("name", stored.advocate_name.as_str().into())])),
        full: true,
        ..Field::default()
    };
    view! {
        <section class="panel no-print" aria-labelledby="decision">
            <header><h2 id="decision">{words.say(keys::FRAUD_DECISION)}</h2></header>
            <form class="form body" method="post" action=paths::case_decision(stored.case.id).to_string() novalidate=true>
                <input type="hidden" name="version" value=version.to_string()/>
                <div class="fields">
                    {choice_field(&verdict, options, form, words, assets)}
                    {text_area(&reason, form, words, assets)}
                </div>
                <div class="cluster">
                    <button class="button" type="submit">{words.say(keys::FRAUD_DECIDE)}</button>
                </div>
            </form>
        </section>
    }
    .into_markup()
}

fn decided(stored: &StoredCase, form: &FormState, visitor: &Visitor) -> Markup {
    let words = visitor.words;
    let by = stored.decided_by.clone().unwrap_or_default();
    let at = stored.decided_at.unwrap_or(stored.opened_at);
    let said = words
        .with(keys::FRAUD_DECIDED_BY, [("name", by.into()), ("date", visitor.formats().date(at).into())]);
    let reason = stored.reason.clone().map(|reason| view! { <p class="prose">{reason}</p> });
    // Whoever was slower keeps what they had written.
    let typed = form.value("reason").to_owned();
    let typed = (form.is_overtaken() && !typed.is_empty()).then(|| {
        view! {
            <p class="small muted">{words.say(keys::FRAUD_TYPED)}</p>
            <p class="prose">{typed}</p>
        }
    });
    view! {
        <section class="panel" aria-labelledby="decision">
            <header><h2 id="decision">{words.say(keys::FRAUD_DECISION)}</h2></header>
            <div class="body stack-tight">
                <p><strong>{words.code("fraud-verdict", stored.case.state.as_str())}</strong></p>
                <p class="small muted">{said}</p>
                {reason}
                {typed}
            </div>
        </section>
    }
    .into_markup()
}
