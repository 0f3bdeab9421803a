//! The tiers as advocates see them.

use domain::tiers::{Pin, TierRule};
use leptos::prelude::*;
use services::{
    catalogue,
    incentives::Offer,
    tiers::{NamedTier, Standing, at_risk, history, known, own_pin, standing},
};
use words::keys;

use super::{at_risk as risk_notice, name_of, panel, path, progress, rungs, text};
use crate::{
    markup::{IntoMarkup, Markup},
    pages::{PageError, PageResult},
    paths,
    shell::{Head, Nav, page},
    ui::icon,
    visitor::{SignedIn, Visitor},
};

/// `GET /tiers`
///
/// # Errors
/// When the memory fails, or for somebody who can't refer.
pub async fn show(SignedIn { visitor, person }: SignedIn) -> PageResult {
    let referrer = person.actor.referrer().ok_or(PageError::NotAllowed)?;
    let ctx = &visitor.app.ctx;
    let standing = standing(ctx, referrer.member()).await?;
    let risk = at_risk(ctx, referrer.member(), &standing).await?;
    let risk = risk.map(|risk| risk_notice(&visitor, &standing, &risk));
    let pinned = own_pin(ctx, referrer.member()).await?.map(|pin| kept(&visitor, &standing, &pin));
    let moves = history(ctx, referrer.member()).await?;
    let named = if moves.is_empty() { Vec::new() } else { known(ctx).await? };
    let catalogue = catalogue(ctx, Some(person.catalogue)).await?;
    let offers = catalogue.programme.as_ref().map_or(&[][..], |programme| &programme.offers);
    // Offers ask for tiers in force; a pilot's own tiers open nothing of their own.
    let opened = |named: &NamedTier| -> Vec<&Offer> {
        let force = catalogue.tiers.iter().find(|force| force.tier.code == named.tier.code);
        let order = force.map(|force| force.tier.order);
        let opens = |offer: &&Offer| offer.incentive.active && Some(offer.incentive.min_tier) == order;
        offers.iter().filter(opens).collect()
    };
    let words = visitor.words;
    let tiers = standing
        .tiers
        .iter()
        .enumerate()
        .map(|(index, tier)| one(&visitor, &standing, index, tier, &opened(tier)))
        .collect_view();
    let path = path(&visitor, &named, &moves, keys::TIERS_HISTORY, Some(paths::referral));
    let view = view! {
        <header class="page-head">
            <h1>{words.say(keys::TIERS_TITLE)}</h1>
            <p class="lede">{words.say(keys::TIERS_LEDE)}</p>
        </header>
        <div class="split">
            <div class="stack">
                {risk}
                {pinned}
                {tiers}
                <p class="small muted">{words.say(keys::TIERS_ALL_RULES)}</p>
            </div>
            <aside class="stack" aria-label=words.say(keys::TIERS_YOURS)>{panel(&visitor, &standing)}{path}</aside>
        </div>
    };
    Ok(page(&visitor, Head::new(words.say(keys::TIERS_TITLE)).in_nav(Nav::Home), view))
}

/// Until when the advocate has at least this tier, whatever they reach.
fn kept(visitor: &Visitor, standing: &Standing, pin: &Pin) -> Markup {
    let words = visitor.words;
    let tier = name_of(&standing.tiers, Some(&pin.tier), words);
    let date = visitor.formats().date(pin.until - chrono::TimeDelta::seconds(1));
    let said = words.with(keys::TIERS_PINNED, [("tier", tier.into()), ("date", date.into())]);
    view! { <p class="notice">{icon(&visitor.app.assets, "clock")}<span>{said}</span></p> }.into_markup()
}

fn one(visitor: &Visitor, standing: &Standing, index: usize, named: &NamedTier, opens: &[&Offer]) -> Markup {
    let words = visitor.words;
    let name = text(&named.name, words);
    let id = format!("tier-{}", named.tier.code);
    let heading = id.clone();
    let current = (standing.current == Some(index)).then(|| {
        view! { <span class="tag" data-kind="ink">{words.say(keys::TIERS_CURRENT)}</span> }
    });
    let has = |rule: &TierRule| (*rule, standing.metrics.get(rule.metric, rule.period));
    let takes: Vec<_> = named.tier.rules.iter().map(has).collect();
    let takes = progress(visitor, &takes, named.tier.needs_term);
    let opens = (!opens.is_empty()).then(|| {
        let names: Vec<_> = opens.iter().map(|offer| text(&offer.name, words)).collect();
        view! { <p class="small">{words.with(keys::TIERS_OPENS, [("offers", names.join(", ").into())])}</p> }
    });
    let brings = words.with(keys::TIERS_BRINGS, [("tier", name.as_str().into())]);
    view! {
        <section class="panel" aria-labelledby=heading>
            <div class="body">
                <div class="tier-now">
                    {rungs(index + 1, standing.tiers.len())}
                    <div><h2 id=id>{name}</h2>{current}</div>
                </div>
                <div class="two">
                    <div class="stack-tight">
                        <h3 class="small">{words.say(keys::TIERS_TAKES)}</h3>
                        {takes}
                    </div>
                    <div class="stack-tight">
                        <h3 class="small">{brings}</h3>
                        <p class="small">{text(&named.benefits, words)}</p>
                        {opens}
                    </div>
                </div>
            </div>
        </section>
    }
    .into_markup()
}
