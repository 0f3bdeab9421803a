//! A campaign as its advocates see it: while it is on, before it begins, and when it has ended.

use axum::extract::Path as Wanted;
use domain::ids::CampaignId;
use leptos::prelude::*;
use services::{
    campaigns::{OwnCampaign, own_campaign},
    referrals::programme,
};
use words::keys;

use super::{form::incentives, moment, times};
use crate::{
    markup::IntoMarkup,
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    visitor::SignedIn,
};

/// `GET /campaigns/{id}`
///
/// # Errors
/// [`PageError::NotFound`] where there is none, and while it is none of theirs.
pub async fn show(Wanted(id): Wanted<CampaignId>, SignedIn { visitor, person }: SignedIn) -> PageResult {
    let referrer = person.actor.referrer().ok_or(PageError::NotFound)?;
    let ctx = &visitor.app.ctx;
    let found = own_campaign(ctx, &referrer, id).await?.ok_or(PageError::NotFound)?;
    let programme = programme(ctx).await?.ok_or(PageError::NotFound)?;
    let words = visitor.words;
    let (named, said) = match &found {
        OwnCampaign::On(named) => (named, keys::CAMPAIGN_OWN_ON),
        OwnCampaign::Upcoming(named) => (named, keys::CAMPAIGN_OWN_UPCOMING),
        OwnCampaign::Ended(named) => (named, keys::CAMPAIGN_OWN_ENDED),
    };
    let title = named.name.to(words.language()).to_owned();
    let body = match &found {
        OwnCampaign::Ended(_) => view! { <p>{words.say(keys::CAMPAIGN_OWN_ENDED_HELP)}</p> }.into_markup(),
        OwnCampaign::On(_) | OwnCampaign::Upcoming(_) => {
            let limited = (!named.campaign.budget.is_empty())
                .then(|| view! { <p class="small muted">{words.say(keys::CAMPAIGN_OWN_BUDGET)}</p> });
            view! {
                <dl class="facts">
                    <dt>{words.say(keys::CAMPAIGN_BOOST)}</dt><dd>{times(named.campaign.boost, words)}</dd>
                    <dt>{words.say(keys::CAMPAIGN_FOR)}</dt><dd>{incentives(named, &programme, &visitor)}</dd>
                    <dt>{words.say(keys::CAMPAIGN_FROM)}</dt><dd>{moment(named, false, &visitor)}</dd>
                    <dt>{words.say(keys::CAMPAIGN_UNTIL)}</dt><dd>{moment(named, true, &visitor)}</dd>
                </dl>
                {limited}
                <p class="small muted">{words.say(keys::CAMPAIGN_OWN_KEPT)}</p>
            }
            .into_markup()
        }
    };
    let view = view! {
        <header class="page-head">
            <h1>{title.clone()}</h1>
            <p class="lede">{words.say(said)}</p>
        </header>
        <section class="panel">
            <div class="body">
                {body}
                <p><a class="button" href=paths::REFER.to_string()>{words.say(keys::REFER_TITLE)}</a></p>
            </div>
        </section>
    };
    Ok(page(&visitor, Head::new(title).in_nav(Nav::Refer), view))
}
