//! Home: what is waiting for whoever is signed in.

use axum::response::Response;
use domain::members::{Duties, Referrer};
use leptos::prelude::*;
use services::{
    campaigns::for_advocate,
    catalogue,
    consent::advertised_of,
    members::Person,
    referrals::Tally,
    tiers::{ladder_of, standing_of, year_before},
    touches::share_kit_of,
    triple_win::tally as wins_of,
};
use words::keys;

use crate::{
    markup::IntoMarkup,
    pages::{
        PageError, PageResult, campaigns,
        referrals::{mine, own, row},
        tiers,
        touches::{ShareStage, share_stage},
        triple_win,
    },
    paths,
    shell::{Head, Nav, go, page},
    visitor::{SignedIn, Visitor},
};

/// Referrals on the home page; the rest stands in the list.
const SHOWN: u32 = 6;

/// `GET /`
///
/// # Errors
/// When the memory fails.
pub async fn show(SignedIn { visitor, person }: SignedIn) -> PageResult {
    if let Some(referrer) = person.actor.referrer() {
        return advocate(&visitor, &person, &referrer).await;
    }
    // Staff begin where their work waits.
    let actor = &person.actor;
    let first = if actor.account_managing(Duties::default()).is_some() {
        paths::BOARD
    } else if actor.approving().is_some() {
        paths::APPROVALS
    } else if actor.administering().is_some() {
        paths::PEOPLE
    } else {
        paths::PROFILE
    };
    Ok(go(&first))
}

async fn advocate(visitor: &Visitor, person: &Person, referrer: &Referrer) -> Result<Response, PageError> {
    let ctx = &visitor.app.ctx;
    let words = visitor.words;
    let catalogue = catalogue(ctx, Some(person.catalogue)).await?;
    let program = catalogue.programme.as_ref().map(|programme| programme.program.id);
    let home = ctx.store.home(referrer.member(), program, year_before(ctx.now()), SHOWN).await?;
    let (tally, mut lines) = (home.tally, home.turns);
    lines.sort_by_key(|line| !mine(visitor, line));
    let list = if lines.is_empty() {
        own::empty(visitor)
    } else {
        let all = words.with(keys::HOME_ALL, [("n", tally.all.into())]);
        view! {
            <section class="panel" aria-labelledby="turns">
                <header>
                    <h2 id="turns">{words.say(keys::HOME_TURNS)}</h2>
                    <a href=paths::REFERRALS.to_string()>{all}</a>
                </header>
                <ul class="rows">{lines.iter().map(|line| row(visitor, line)).collect_view()}</ul>
            </section>
        }
        .into_markup()
    };
    let ladder = ladder_of(ctx, &catalogue, referrer.member()).await?;
    let standing = standing_of(ladder, person.tier.as_ref(), tally.metrics.clone());
    let tier = tiers::panel(visitor, &standing);
    let wins = triple_win::panel(visitor, &wins_of(&home.wins));
    let programme = match &catalogue.programme {
        Some(programme) => Some(for_advocate(ctx, programme, referrer.member()).await?),
        None => None,
    };
    let theirs = programme.as_ref();
    let advertised =
        theirs.zip(home.advocate).and_then(|(programme, advocate)| advertised_of(advocate, programme));
    let campaigns = advertised.as_ref().zip(theirs).map(|(advertised, programme)| {
        campaigns::on(&advertised.terms.boosts, &programme.campaigns, visitor)
    });
    let share = match advertised {
        Some(advertised) => {
            let kit = share_kit_of(ctx, referrer, advertised.program.id, home.codes).await?;
            Some(ShareStage { kit, advertised })
        }
        None => None,
    };
    let greeting = words.with(keys::HOME_GREETING, [("name", person.name.as_str().into())]);
    let view = view! {
        <header class="page-head">
            <h1>{greeting}</h1>
            <p class="lede">{lede(visitor, &tally)}</p>
        </header>
        <div class="split">
            <div class="stack">{campaigns} {share.map(|share| share_stage(&share, visitor))} {list}</div>
            <aside class="stack" aria-label=words.say(keys::HOME_STANDING)>{tier}{wins}</aside>
        </div>
    };
    Ok(page(visitor, Head::new(words.say(keys::NAV_HOME)).in_nav(Nav::Home), view))
}

/// One sentence: with whom the open referrals are.
fn lede(visitor: &Visitor, tally: &Tally) -> String {
    let words = visitor.words;
    let host = visitor.app.ctx.host.name.as_str();
    let parts: Vec<String> = [
        (tally.with_advocate, keys::HOME_WITH_YOU),
        (tally.with_host, keys::HOME_WITH_HOST),
        (tally.with_contact, keys::HOME_WITH_CONTACT),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, key)| words.with(key, [("n", count.into()), ("host", host.into())]))
    .collect();
    if parts.is_empty() {
        return words.say(keys::HOME_NOTHING_OPEN).into_owned();
    }
    words.with(keys::HOME_OPEN, [("parts", parts.join(", ").into())])
}
