//! An advocate's own referrals.

use axum::extract::{Path as Segment, Query};
use domain::{
    consent::{ConsentPath, ConsentState},
    ids::ReferralId,
    referrals::{DialogueSide, Party, Referral, Step},
};
use leptos::prelude::*;
use services::{
    consent::{Advertised, advertised_in},
    referrals::{
        After, Duty, Line, Programme, carried_link_token, detail_for_advocate, looked, programme, standing,
    },
    triple_win::of_referral,
};
use words::keys;

use super::{
    amend, answers,
    form::choices,
    paging::{Paging, place, submitted},
    parts,
    stages::Stages,
};
use crate::{
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult, campaigns, consent::benefits, triple_win},
    paths,
    shell::{Head, Nav, page},
    ui::{self, ASKED, Slice},
    visitor::{SignedIn, Visitor},
};

/// `GET /referrals`
///
/// # Errors
/// When the memory fails, or for somebody who can't refer.
pub async fn list(Query(paging): Query<Paging>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    let referrer = person.actor.referrer().ok_or(PageError::NotAllowed)?;
    let after = place(paging.after.as_deref()).map(|(submitted_at, id)| After { submitted_at, id });
    let lines = visitor.app.ctx.store.referrals().of_advocate(referrer.member(), after, ASKED).await?;
    let Slice { lines, first, next } =
        Slice::of(lines, &paths::REFERRALS, paging.after.as_deref(), submitted);
    let words = visitor.words;
    let view = view! {
        <header class="page-head"><h1>{words.say(keys::REFERRALS_TITLE)}</h1></header>
        <div class="stack">
            {if lines.is_empty() { empty(&visitor) } else { rows(&visitor, &lines) }}
            {ui::pager(first.as_ref(), next.as_ref(), words)}
        </div>
    };
    Ok(page(&visitor, Head::new(words.say(keys::REFERRALS_TITLE)).in_nav(Nav::Refer), view))
}

fn rows(visitor: &Visitor, lines: &[Line]) -> Markup {
    view! {
        <section class="panel">
            <h2 class="hidden">{visitor.words.say(keys::HOME_TURNS)}</h2>
            <ul class="rows">{lines.iter().map(|line| parts::row(visitor, line)).collect_view()}</ul>
        </section>
    }
    .into_markup()
}

/// What stands where there is no referral yet.
pub fn empty(visitor: &Visitor) -> Markup {
    let words = visitor.words;
    view! {
        <section class="panel">
            <div class="body">
                <p>{words.say(keys::REFERRALS_EMPTY)}</p>
                <p><a class="button" href=paths::REFER.to_string()>{words.say(keys::REFERRALS_EMPTY_DO)}</a></p>
            </div>
        </section>
    }
    .into_markup()
}

/// `GET /referrals/{id}`
///
/// # Errors
/// [`PageError::NotFound`] for somebody else's.
pub async fn show(
    Segment(id): Segment<ReferralId>,
    Query(kept): Query<Kept>,
    SignedIn { visitor, person }: SignedIn,
) -> PageResult {
    let referrer = person.actor.referrer().ok_or(PageError::NotFound)?;
    let ctx = &visitor.app.ctx;
    let duty = detail_for_advocate(ctx, &referrer, id).await?.ok_or(PageError::NotFound)?;
    looked(ctx, &duty.stored, DialogueSide::Advocate).await?;
    let form = FormState::kept(&kept, &visitor).await?;
    let words = visitor.words;
    let referral = Referral::restore(duty.stored.facts.clone());
    let may_choose = referral.may_choose();
    let choice = match (programme(ctx).await?, standing(ctx, referrer.member()).await?) {
        (Some(programme), Some(standing)) if may_choose => {
            let facts = &duty.stored.facts;
            let boosts = facts.terms.boosts.clone();
            let programme = Programme { campaigns: Vec::new(), boosts, ..programme };
            let offered = programme.frozen_choices(&facts.terms, &standing.receiver, facts.incentive);
            let features = ctx.store.access().features().await?;
            // Another of the page's forms says nothing about the choice.
            let chosen = |form: &FormState| {
                ["incentive", "organisation"]
                    .iter()
                    .any(|field| form.ticked(field) || form.error(field, words).is_some())
            };
            let form = form.clone().filter(chosen).unwrap_or_else(|| {
                FormState::filled([
                    ("incentive", duty.stored.facts.incentive.map(|id| id.to_string()).unwrap_or_default()),
                    ("organisation", duty.stored.organisation.map(|id| id.to_string()).unwrap_or_default()),
                ])
            });
            view! {
                <form class="form" method="post" action=paths::referral_choice(id).to_string()>
                    {choices(
                        &visitor,
                        &form,
                        (&programme, &standing.receiver),
                        (&offered, &features),
                        facts.terms.won_means,
                        keys::CHOICE_HELP,
                    )}
                    <div><button class="button" type="submit">{words.say(keys::CHOICE_SAVE)}</button></div>
                </form>
            }
            .into_markup()
        }
        _ => ().into_markup(),
    };
    let boosted = duty.stored.facts.incentive.and_then(|chosen| duty.stored.facts.terms.boost(chosen));
    let boosted = match boosted {
        Some(boosted) => {
            let names = ctx.store.campaigns().names(&[boosted.campaign].into()).await?;
            let said = campaigns::kept(boosted, names.get(&boosted.campaign), &visitor);
            Some(view! { <p class="notice">{ui::icon(&visitor.app.assets, "check")}<span>{said}</span></p> })
        }
        None => None,
    };
    let wins = of_referral(ctx, id, Party::Advocate).await?;
    let form = form.unwrap_or_default();
    let progress = duty.stored.facts.progress();
    let advertised = if waits_for_link(&duty) { advertised_in(ctx, &duty.stored).await? } else { None };
    let reason = (!duty.stored.reason.is_empty()).then(|| {
        view! {
            <section class="panel">
                <header><h2>{words.say(keys::REFER_REASON)}</h2></header>
                <div class="body"><p>{duty.stored.reason.clone()}</p></div>
            </section>
        }
    });
    let stages = if duty.steps { Some(Stages::of(&visitor).await?) } else { None };
    let sight = stages.as_ref().map_or(parts::Sight::States, parts::Sight::Steps);
    let allowed = duty.steps.then(|| view! { <p class="small muted">{words.say(keys::TIMELINE_STEPS)}</p> });
    let role = (!duty.stored.role_title.is_empty())
        .then(|| view! { <p class="lede">{duty.stored.role_title.clone()}</p> });
    let view = view! {
        <header class="page-head">
            <p class="crumb"><a href=paths::REFERRALS.to_string()>{words.say(keys::REFERRALS_TITLE)}</a></p>
            <h1>{duty.stored.facts.company.to_string()}</h1>
            {role}
        </header>
        {ui::error_summary(&form, words)}
        <div class="split">
            <div class="stack">
                {advertised.map(|advertised| carry(&visitor, &duty, &advertised))}
                <section class="panel" aria-labelledby="now">
                    <header>
                        <h2 id="now">
                            {words.code("state", duty.stored.facts.position.advocate_view().as_str())}
                        </h2>
                    </header>
                    <div class="body">{parts::ball(&visitor, &progress, duty.stored.contact_done_at)}</div>
                </section>
                {boosted}
                {choice}
                {parts::dialogue(&visitor, &duty, &form, &paths::referral_message(id), duty.stored.advocate_unread)}
                {amend::amend(&visitor, &duty, &form)}
                {withdraw(&visitor, &duty)}
            </div>
            <aside class="stack" aria-label=words.say(keys::TIMELINE_TITLE)>
                <section class="panel">
                    <header><h2>{words.say(keys::TIMELINE_TITLE)}</h2></header>
                    <div class="body">
                        {allowed}
                        {parts::timeline(&visitor, &duty, sight)}
                    </div>
                </section>
                {triple_win::of_referral(&visitor, &wins)}
                {reason}
                {answers::panel(&visitor, &duty.stored.answers)}
            </aside>
        </div>
    };
    Ok(page(&visitor, Head::new(duty.stored.facts.company.as_str()).in_nav(Nav::Refer), view))
}

/// Whether the contact has not answered yet, and the advocate carries the link.
fn waits_for_link(duty: &Duty) -> bool {
    let facts = &duty.stored.facts;
    facts.consent == ConsentState::Awaiting
        && facts.consent_path == ConsentPath::CarriedLink
        && facts.position.open().is_some()
}

/// The link to carry on, and a mail in the advocate's own program. What the advocate gets stands in its text.
fn carry(visitor: &Visitor, duty: &Duty, advertised: &Advertised) -> Markup {
    let facts = &duty.stored.facts;
    let words = visitor.words;
    let link = visitor.app.ctx.url(paths::carried(&carried_link_token(&visitor.app.ctx, facts.id)).as_str());
    let host = visitor.app.ctx.host.name.as_str();
    let body = words.with(
        keys::CARRY_MAIL,
        [
            ("host", host.into()),
            ("reason", duty.stored.reason.as_str().into()),
            ("link", link.as_str().into()),
            ("told", benefits::in_share_text(advertised, host, words, visitor.formats()).into()),
        ],
    );
    let subject = words.with(keys::CARRY_MAIL_SUBJECT, [("host", host.into())]);
    let mailto = ui::mail_draft(&subject, &body);
    let assets = &visitor.app.assets;
    view! {
        <section class="stage" aria-labelledby="carry">
            <div class="body">
                <div class="share">
                    <div class="stack-tight">
                        <h2 id="carry">{words.say(keys::CARRY_TITLE)}</h2>
                        <p class="muted">{words.say(keys::CARRY_TEXT)}</p>
                        <div class="link">
                            <output>{link.clone()}</output>
                            {ui::copy_button(link, words)}
                        </div>
                        <div class="cluster">
                            <a class="button" data-kind="plain" href=mailto>
                                {ui::icon(assets, "mail")}{words.say(keys::CARRY_PREPARE)}
                            </a>
                        </div>
                    </div>
                </div>
            </div>
        </section>
    }
    .into_markup()
}

fn withdraw(visitor: &Visitor, duty: &Duty) -> Option<Markup> {
    let early = duty.stored.facts.position.open().is_some_and(|step| step < Step::Contacted);
    let words = visitor.words;
    early.then(|| {
        view! {
            <details class="fold">
                <summary>{words.say(keys::WITHDRAW_TITLE)}</summary>
                <form class="stack-tight" method="post"
                    action=paths::referral_withdrawal(duty.stored.facts.id).to_string()>
                    <p class="small">
                        {words.with(keys::WITHDRAW_TEXT, [("company", duty.stored.facts.company.as_str().into())])}
                    </p>
                    <input type="hidden" name="version" value=duty.stored.version/>
                    <div>
                        <button class="button" data-kind="plain" type="submit">{words.say(keys::WITHDRAW_DO)}</button>
                    </div>
                </form>
            </details>
        }
        .into_markup()
    })
}
