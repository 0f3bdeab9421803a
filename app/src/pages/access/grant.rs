//! What an advocate was granted early: the feature, its terms, how it is used, and the key.

use axum::extract::{Path as Segment, Query};
use domain::{access::AccessState, ids::RewardId};
use leptos::prelude::*;
use services::{
    access::{Grant, own_grant, term, today},
    tiers::known,
};
use words::keys;

use super::{shown, term as days};
use crate::{
    forms::{FormState, Kept},
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    ui::error_summary,
    visitor::{SignedIn, Visitor},
};

/// `GET /rewards/{id}/access`
///
/// # Errors
/// [`PageError::NotFound`] where there is no such grant, or it is somebody else's.
pub async fn show(
    Segment(reward): Segment<RewardId>,
    Query(kept): Query<Kept>,
    SignedIn { visitor, person }: SignedIn,
) -> PageResult {
    let referrer = person.actor.referrer().ok_or(PageError::NotAllowed)?;
    let ctx = &visitor.app.ctx;
    let grant = own_grant(ctx, &referrer, reward).await?.ok_or(PageError::NotFound)?;
    let form = FormState::kept(&kept, &visitor).await?.unwrap_or_default();
    let words = visitor.words;
    let title = grant.name.to(words.language()).to_owned();
    let tier = match &grant.tier {
        Some(code) => known(ctx).await?.into_iter().find(|named| named.tier.code == *code),
        None => None,
    };
    let tier = tier.map(|named| {
        let name = named.name.to(words.language()).to_owned();
        view! { <p>{words.with(keys::GRANT_WITH_TIER, [("tier", name.into())])}</p> }
    });
    let guide = grant.guide.to(words.language()).to_owned();
    let guide = (!guide.is_empty()).then(|| {
        view! {
            <section class="panel" aria-labelledby="guide">
                <header><h2 id="guide">{words.say(keys::GRANT_GUIDE)}</h2></header>
                <div class="body"><p class="prose">{guide}</p></div>
            </section>
        }
    });
    let view = view! {
        <header class="page-head">
            <p class="crumb"><a href=paths::REWARDS.to_string()>{words.say(keys::REWARDS_TITLE)}</a></p>
            <div class="spread"><h1>{title.clone()}</h1><span class="tag">{days::state(&grant, &visitor)}</span></div>
            <p class="lede">{days::of(&grant, &visitor)}" "{words.with(keys::GRANT_SEATS, [("n", grant.seats.into())])}</p>
        </header>
        <div class="stack">
            {error_summary(&form, words)}
            {shown::key(&form, &visitor)}
            {key(&grant, &visitor)}
            {guide}
            <section class="panel" aria-labelledby="terms">
                <header><h2 id="terms">{words.say(keys::GRANT_TERMS)}</h2></header>
                <div class="body">
                    <p class="prose">{grant.terms.to(words.language()).to_owned()}</p>
                    {tier}
                </div>
            </section>
        </div>
    };
    Ok(page(&visitor, Head::new(title).in_nav(Nav::Rewards), view))
}

/// The form that makes a key; nothing where the access has ended.
fn key(grant: &Grant, visitor: &Visitor) -> Option<Markup> {
    let (ctx, words) = (&visitor.app.ctx, visitor.words);
    if grant.ended_at.is_some() || term(ctx, grant).state(today(ctx)) == AccessState::Over {
        return None;
    }
    let (said, button) = match grant.keys_made {
        0 => (keys::GRANT_KEY_LEDE, keys::GRANT_KEY_MAKE),
        _ => (keys::GRANT_KEY_MADE, keys::GRANT_KEY_RENEW),
    };
    Some(
        view! {
            <section class="panel" aria-labelledby="make">
                <header><h2 id="make">{words.say(keys::GRANT_KEY)}</h2></header>
                <form class="body stack-tight" method="post" action=paths::grant(grant.reward).to_string()>
                    <p>{words.say(said)}</p>
                    <input type="hidden" name="version" value=grant.keys_made.to_string()/>
                    <div><button class="button" type="submit">{words.say(button)}</button></div>
                </form>
            </section>
        }
        .into_markup(),
    )
}
