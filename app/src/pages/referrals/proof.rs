//! The proof of consent: on the referral's page, and to print.

use axum::extract::Path as Segment;
use domain::{consent::Disclosure, ids::ReferralId, referrals::EventKind};
use leptos::prelude::*;
use services::{
    consent::{ConsentStep, Proof, proofs, seen_contacts},
    referrals::{Duty, detail_for_staff, duties},
};
use words::keys;

use crate::{
    markup::{IntoMarkup, Markup},
    pages::{
        PageError, PageResult,
        consent::{
            benefits::{kind_name, most},
            mine::said,
        },
    },
    paths,
    shell::{Head, Nav, page},
    ui::{self, Party},
    visitor::{SignedIn, Visitor},
};

/// `GET /work/referrals/{id}/proof`
///
/// # Errors
/// [`PageError::NotFound`] for a referral that somebody else looks after.
pub async fn show(Segment(id): Segment<ReferralId>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    let ctx = &visitor.app.ctx;
    let duties = duties(ctx, person.actor.member).await?;
    let power = person.actor.account_managing(duties.clone()).ok_or(PageError::NotFound)?;
    let duty = detail_for_staff(ctx, &power, id).await?.ok_or(PageError::NotFound)?;
    let seen = seen_contacts(ctx, &person.actor, duties.clone(), &duty.stored.facts).await?;
    let found = proofs(ctx, &person.actor, duties, &duty.stored.facts, &seen).await?;
    let words = visitor.words;
    let company = duty.stored.facts.company.to_string();
    let advocate = duty.names.get(&duty.stored.facts.advocate).cloned().unwrap_or_default();
    let empty = found.is_empty().then(|| view! { <p>{words.say(keys::CONSENT_PROOF_EMPTY)}</p> });
    let view = view! {
        <p class="crumb no-print"><a href=paths::work_referral(id).to_string()>{company.clone()}</a></p>
        <div class="stack">
            <p class="notice no-print">{words.say(keys::LETTER_PRINT)}</p>
            <article class="panel letter">
                <div class="body">
                    <h1>{words.say(keys::CONSENT_PROOF_TITLE)}</h1>
                    <dl class="facts">
                        <dt>{words.say(keys::REFER_COMPANY)}</dt>
                        <dd>{company}</dd>
                        <dt>{words.say(keys::LIST_ADVOCATE)}</dt>
                        <dd>{advocate}</dd>
                        <dt>{words.say(keys::CONSENT_PROOF_REFERRAL)}</dt>
                        <dd>{id.to_string()}</dd>
                    </dl>
                    {empty}
                    {found.iter().map(|proof| one(&visitor, &duty, proof, true)).collect_view()}
                </div>
            </article>
        </div>
    };
    Ok(page(&visitor, Head::new(words.say(keys::CONSENT_PROOF_TITLE)).in_nav(Nav::Board).compact(), view))
}

/// The panel on the referral's page; nothing before anybody has said anything.
pub(super) fn panel(visitor: &Visitor, duty: &Duty, found: &[Proof]) -> Option<Markup> {
    let words = visitor.words;
    (!found.is_empty()).then(|| {
        let print = paths::work_proof(duty.stored.facts.id).to_string();
        view! {
            <section class="panel" data-party="customer" aria-labelledby="proof">
                <header>
                    <h2 id="proof">{words.say(keys::CONSENT_PROOF_TITLE)}</h2>
                    <a href=print>{words.say(keys::CONSENT_PROOF_PRINT)}</a>
                </header>
                <div class="body">{found.iter().map(|proof| one(visitor, duty, proof, false)).collect_view()}</div>
            </section>
        }
        .into_markup()
    })
}

/// One contact's steps; `open` with everything unfolded, as paper needs it.
fn one(visitor: &Visitor, duty: &Duty, proof: &Proof, open: bool) -> Markup {
    let words = visitor.words;
    let who = match &proof.who {
        Some((name, address)) if address.is_empty() => name.clone(),
        Some((name, address)) => format!("{name}, {address}"),
        None => words.say(keys::CONSENT_PROOF_ERASED).into_owned(),
    };
    let steps = proof.steps.iter().map(|step| line(visitor, duty, step, open)).collect_view();
    view! {
        <div class="stack-tight" data-proof="">
            <p><strong>{who}</strong></p>
            <ol class="stem">{steps}</ol>
        </div>
    }
    .into_markup()
}

fn line(visitor: &Visitor, duty: &Duty, step: &ConsentStep, open: bool) -> Markup {
    let words = visitor.words;
    let version = words.with(keys::MY_WORDING, [("version", i64::from(step.wording_version).into())]);
    let told = told(visitor, &step.disclosure);
    let wording = step.wording.clone();
    let text = if open {
        view! { <p>{version}":"</p><p class="said">{wording}</p>{told} }.into_markup()
    } else {
        view! {
            <details>
                <summary class="small">{version}</summary>
                <p class="said">{wording}</p>
                {told}
            </details>
        }
        .into_markup()
    };
    let where_said = words.code("consent-channel", step.channel.as_str());
    let recorded = recorded_by(duty, step)
        .map(|name| view! { <p>{words.with(keys::CONSENT_PROOF_RECORDED, [("name", name.into())])}</p> });
    view! {
        <li>
            {ui::note(&visitor.app.assets, Party::Customer)}
            <strong>{words.say(said(step.state))}</strong>
            <p>
                <time datetime=step.at.to_rfc3339()>{visitor.formats().moment(step.at)}</time>" · "{where_said}
            </p>
            {recorded}
            {text}
        </li>
    }
    .into_markup()
}

/// Who wrote a spoken answer down.
fn recorded_by(duty: &Duty, step: &ConsentStep) -> Option<String> {
    let said = |kind: &EventKind| matches!(kind, EventKind::ConsentChanged { to, .. } if *to == step.state);
    let event = duty.events.iter().find(|event| event.at == step.at && said(&event.kind))?;
    duty.names.get(&event.member?).cloned()
}

/// What the person had been told about everybody's benefit.
fn told(visitor: &Visitor, disclosure: &Disclosure) -> Markup {
    let (words, formats) = (visitor.words, visitor.formats());
    let chosen =
        disclosure.chosen.map_or_else(|| words.say(keys::CHOICE_OPEN), |kind| kind_name(kind, words));
    let kinds: Vec<_> = disclosure
        .kinds
        .iter()
        .filter(|kind| !kind.is_nothing())
        .map(|kind| kind_name(*kind, words))
        .collect();
    let row = |label, value: Option<String>| {
        value
            .filter(|value| !value.is_empty())
            .map(|value| view! { <dt>{words.say(label)}</dt><dd>{value}</dd> })
    };
    let benefit = disclosure.benefit.as_ref().map(|benefit| {
        let text = benefit.text.to(words.language()).trim().to_owned();
        match benefit.amount {
            Some(worth) => format!("{text} ({})", ui::amount(worth, words, formats)),
            None => text,
        }
    });
    view! {
        <p>{words.say(keys::CONSENT_PROOF_TOLD)}":"</p>
        <dl class="facts">
            {row(keys::CONSENT_PROOF_CHOSEN, Some(chosen.into_owned()))}
            {row(keys::CONSENT_PROOF_KINDS, Some(kinds.join(", ")))}
            {row(keys::CONSENT_PROOF_MOST, most(disclosure, words, formats))}
            {row(keys::CONSENT_PROOF_BENEFIT, benefit)}
        </dl>
    }
    .into_markup()
}
