//! The programme and everything it offers, on one page.

use axum::extract::Query;
use domain::ids::OrganisationId;
use leptos::prelude::*;
use services::{
    incentives::Organisation,
    referrals::{Programme, programme},
};
use words::keys;

use super::organisation;
use crate::{
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    ui::{self, Column},
    visitor::{SignedIn, Visitor},
};

/// `GET /manage/incentives`
///
/// # Errors
/// For somebody who does not see programmes.
pub async fn show(Query(kept): Query<Kept>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    if !person.actor.sees_programs() {
        return Err(PageError::NotAllowed);
    }
    let edits = person.actor.program_managing().is_some();
    let programme = programme(&visitor.app.ctx).await?.ok_or(PageError::NotFound)?;
    let all = visitor.app.ctx.store.incentives().all_organisations().await?;
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_default();
    let words = visitor.words;
    let language = words.language();
    let program = &programme.program;
    let state = words.say(if program.open { keys::PROGRAM_OPEN } else { keys::PROGRAM_CLOSED });
    let view = view! {
        <header class="page-head">
            <div class="spread">
                <h1>{program.name.to(language).to_owned()}</h1>
                <span class="tag">{state}</span>
            </div>
            <p class="lede">{words.say(keys::CATALOGUE_LEDE)}</p>
        </header>
        <div class="split">
            <div class="stack">
                {offers(&visitor, &programme)}
                {edits.then(|| {
                    view! {
                        <p>
                            <a class="button" data-kind="plain" href=paths::NEW_OFFER.to_string()>
                                {words.say(keys::OFFER_NEW)}
                            </a>
                        </p>
                    }
                })}
            </div>
            <aside class="stack" aria-label=words.say(keys::CATALOGUE_ASIDE)>
                <section class="panel">
                    <header>
                        <h2>{words.say(keys::PROGRAM_LANDING)}</h2>
                        <a href=paths::PROGRAM.to_string()>{words.say(if edits { keys::EDIT } else { keys::LOOK })}</a>
                    </header>
                    <div class="body">
                        <p><strong>{program.headline.to(language).to_owned()}</strong></p>
                        <p class="small">{program.pitch.to(language).to_owned()}</p>
                        <p class="small muted">{program.benefit.to(language).to_owned()}</p>
                    </div>
                </section>
                <p><a href=paths::CAMPAIGNS.to_string()>{words.say(keys::CAMPAIGNS_TITLE)}</a></p>
                <p><a href=paths::SEGMENTS.to_string()>{words.say(keys::SEGMENTS_TITLE)}</a></p>
                {edits.then(|| view! {
                    <p><a href=paths::FEATURES.to_string()>{words.say(keys::FEATURES_TITLE)}</a></p>
                })}
                {organisations(&visitor, &all, &form, edits)}
                <p class="small"><a href=paths::CHANNELS.to_string()>{words.say(keys::CHANNELS_LINK)}</a></p>
            </aside>
        </div>
    };
    Ok(page(&visitor, Head::new(words.say(keys::NAV_INCENTIVES)).in_nav(Nav::Incentives).compact(), view))
}

fn offers(visitor: &Visitor, programme: &Programme) -> Markup {
    let (words, formats) = (visitor.words, visitor.formats());
    let language = words.language();
    let rows = programme
        .offers
        .iter()
        .map(|offer| {
            let name = offer.name.to(language).to_owned();
            let name = view! { <a href=paths::offer(offer.incentive.id).to_string()>{name}</a> };
            let parts = offer
                .incentive
                .scheme
                .parts()
                .iter()
                .map(|part| view! { <span class="tag">{ui::part(part, words, formats)}</span>" " })
                .collect_view();
            let stock = match offer.incentive.stock {
                Some(left) => formats.number(left.into()),
                None => words.say(keys::OFFER_UNLIMITED).into_owned(),
            };
            let state = words.say(if offer.incentive.active { keys::OFFER_ON } else { keys::OFFER_OFF });
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td>{words.code("incentive", offer.incentive.kind.as_str())}</td>
                    <td>{parts}</td>
                    <td class="n">{stock}</td>
                    <td>{state}</td>
                </tr>
            }
            .into_markup()
        })
        .collect();
    let columns = [
        keys::OFFER_NAME.into(),
        keys::OFFER_KIND.into(),
        keys::OFFER_PARTS.into(),
        Column::number(keys::OFFER_STOCK),
        keys::OFFER_STATE.into(),
    ];
    let table = if programme.offers.is_empty() {
        view! { <div class="body"><p>{words.say(keys::CATALOGUE_EMPTY)}</p></div> }.into_markup()
    } else {
        ui::scrolling_table(keys::CATALOGUE_TITLE, columns, rows, words)
    };
    view! {
        <section class="panel" aria-labelledby="offers">
            <header><h2 id="offers">{words.say(keys::CATALOGUE_TITLE)}</h2></header>
            {table}
        </section>
    }
    .into_markup()
}

fn organisations(visitor: &Visitor, all: &[Organisation], form: &FormState, edits: bool) -> Markup {
    let (words, assets) = (visitor.words, &visitor.app.assets);
    let empty = (!all.iter().any(|one| one.active))
        .then(|| view! { <p class="small muted">{words.say(keys::ORGANISATIONS_EMPTY)}</p> });
    let items = all
        .iter()
        .map(|one| {
            let name = if edits {
                view! { <a href=paths::organisation(one.id).to_string()>{one.name.clone()}</a> }.into_markup()
            } else {
                view! { <span>{one.name.clone()}</span> }.into_markup()
            };
            let off = (!one.active)
                .then(|| view! { " "<span class="tag">{words.say(keys::ORGANISATION_OFF)}</span> });
            view! { <li>{name}" "<span class="small muted">{one.legal_name.clone()}</span>{off}</li> }
        })
        .collect_view();
    view! {
        <section class="panel" id="organisations">
            <header><h2>{words.say(keys::ORGANISATIONS_TITLE)}</h2></header>
            <div class="body">
                {empty}
                <ul class="stack-tight">{items}</ul>
                {edits.then(|| {
                    let id: OrganisationId = visitor.app.ctx.new_id();
                    view! {
                        <form class="stack-tight" method="post" action=paths::ORGANISATIONS.to_string()>
                            {ui::error_summary(form, words)}
                            <input type="hidden" name="id" value=id.to_string()/>
                            {organisation::names(form, words, assets)}
                            <div>
                                <button class="button" data-kind="plain" type="submit">
                                    {words.say(keys::ORGANISATION_ADD)}
                                </button>
                            </div>
                        </form>
                    }
                })}
            </div>
        </section>
    }
    .into_markup()
}
