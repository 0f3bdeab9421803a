//! Campaigns: what is promised when, what is given of it, and that no budget is overspent.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use domain::{
    campaigns::{Boost, Boosted, Campaign, CampaignError, CampaignState},
    ids::{CampaignId, ReferralId, SegmentId},
    incentives::{Amount, IncentiveKind, Part, PartValue, PayingStep, Unit},
    members::Role,
    referrals::{EventKind, Facts, Position, Stage, Step},
    rewards::RewardCode,
    segments::{SegmentRule, Whom},
    text::{Bilingual, Country, Currency, Reason},
};
use serde_json::json;
use services::{
    Ctx,
    campaigns::{
        NamedCampaign, OwnCampaign, SaveCampaignError, StepError, campaign, campaigns, for_advocate,
        own_campaign, save_campaign, take_step,
    },
    incentives::{SaveOfferError, Saving, save_offer},
    referrals::{programme, submit},
    rewards::{TakeBack, take_back},
    segments::{DeleteSegmentError, Segment, SegmentUse, delete_segment, save_segment},
    testing::TestHouse,
};

use crate::rewards_world::*;

const EUR: Unit = Unit::Money(Currency::EUR);

fn reason() -> Reason {
    Reason::parse("Die Hälfte wurde storniert.").unwrap()
}

fn named(ctx: &Ctx, world: &World, boost: u32) -> NamedCampaign {
    let at = ctx.now();
    let campaign = Campaign {
        id: ctx.new_id(),
        version: 0,
        program: world.program,
        incentives: [world.credit.id].into(),
        starts_at: at,
        ends_at: at + TimeDelta::days(30),
        boost: Boost::new(boost).unwrap(),
        budget: BTreeMap::new(),
        spent: BTreeMap::new(),
        whom: None,
        pilot: None,
        state: CampaignState::Draft,
    };
    let name = Bilingual::new("Doppelt danken", "Thanks twice");
    NamedCampaign { campaign, name, zone: "Europe/Berlin".to_owned(), segment: None, pilot: None }
}

async fn save(ctx: &Ctx, world: &World, named: &NamedCampaign, new: bool) -> Result<(), SaveCampaignError> {
    let power = world.marketing.program_managing().unwrap();
    save_campaign(ctx, &power, named.clone(), new).await
}

async fn step(
    ctx: &Ctx,
    world: &World,
    id: CampaignId,
    version: i32,
    next: CampaignState,
) -> Result<(), StepError> {
    take_step(ctx, &world.marketing.program_managing().unwrap(), id, version, next).await
}

async fn running(ctx: &Ctx, world: &World, named: &NamedCampaign) {
    save(ctx, world, named, true).await.unwrap();
    step(ctx, world, named.campaign.id, 0, CampaignState::Running).await.unwrap();
}

/// A group of everybody in one country.
async fn country(ctx: &Ctx, world: &World, code: &str) -> SegmentId {
    let countries = [Country::parse(code).unwrap()].into();
    let whom = Whom::Rule(SegmentRule { countries, ..SegmentRule::default() });
    let segment = Segment { id: ctx.new_id(), name: Bilingual::new(code, code), whom, version: 0 };
    save_segment(ctx, &world.marketing.program_managing().unwrap(), &segment, true).await.unwrap();
    segment.id
}

/// Submits a referral as the form does, with credit.
async fn submitted(ctx: &Ctx, world: &World, key: &str) -> Facts {
    let referrer = world.advocate.referrer().unwrap();
    let mut command = submission(key);
    command.incentive = Some(world.credit.id);
    let id: ReferralId = submit(ctx, &referrer, command).await.unwrap();
    ctx.store.referrals().load(id).await.unwrap().unwrap().facts
}

#[tokio::test]
async fn what_was_promised_within_its_time_stays_promised_and_nothing_is_afterwards() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let before = submitted(ctx, &world, "before").await;
        assert!(before.terms.boosts.is_empty());
        let one = named(ctx, &world, 200);
        let id = one.campaign.id;
        save(ctx, &world, &one, true).await.unwrap();
        assert!(submitted(ctx, &world, "draft").await.terms.boosts.is_empty(), "a draft promises nothing");
        step(ctx, &world, id, 0, CampaignState::Running).await.unwrap();

        let mut boosted = submitted(ctx, &world, "within").await;
        let kept = Boosted {
            incentive: world.credit.id,
            campaign: id,
            version: 1,
            boost: one.campaign.boost,
            normal: world.credit.scheme.clone(),
        };
        assert_eq!(boosted.terms.boosts, [kept]);
        assert_eq!(boosted.terms.offer(world.credit.id).unwrap().scheme.maximum(), Some(euros(200)));
        assert_eq!(boosted.terms.offer(world.donation.id).unwrap().scheme.maximum(), Some(euros(55)));
        let told = boosted.terms.disclosure.maximum.amounts().find(|amount| amount.unit() == EUR);
        assert_eq!(told, Some(euros(200)), "the contact reads the most that it may be");

        // The campaign changes and ends: what was promised is given all the same, also in parts that come later.
        let less = Campaign { version: 1, boost: Boost::new(150).unwrap(), ..one.campaign.clone() };
        save(ctx, &world, &NamedCampaign { campaign: less, ..one.clone() }, false).await.unwrap();
        move_to(ctx, &mut boosted, Step::Meeting).await;
        house.clock.advance(TimeDelta::days(31));
        let mut after = submitted(ctx, &world, "after").await;
        assert!(after.terms.boosts.is_empty(), "a referral after the end has the normal terms");
        step(ctx, &world, id, 2, CampaignState::Closed).await.unwrap();
        move_to(ctx, &mut boosted, Step::Won).await;
        move_to(ctx, &mut after, Step::Won).await;
        let given =
            ["accepted clearing 20", "meeting clearing 40", "qualified clearing 60", "won clearing 80"];
        assert_eq!(short(ctx, &boosted).await, given);
        assert_eq!(short(ctx, &after).await[3], "won clearing 40");
        let line = line_of(ctx, &boosted, PayingStep::Won).await;
        assert_eq!(line.campaign, Some((one.name.clone(), 4_000)));
        assert_eq!(line_of(ctx, &after, PayingStep::Won).await.campaign, None);

        let view = campaign(ctx, &world.marketing, id).await.unwrap().unwrap();
        assert_eq!((view.figures.referrals, view.figures.won), (1, 1));
        assert_eq!(view.figures.rewards, [(EUR, (4, 20_000))].into());
        assert_eq!(view.named.campaign.spent, [(EUR, 10_000)].into());
        let referrer = world.advocate.referrer().unwrap();
        assert!(matches!(own_campaign(ctx, &referrer, id).await.unwrap(), Some(OwnCampaign::Ended(_))));
        // What a refund takes is free again in proportion.
        let why = TakeBack::Refund { percent: 50 };
        take_back(ctx, &world.marketing, line.id, line.version, why, &reason()).await.unwrap();
        let view = campaign(ctx, &world.marketing, id).await.unwrap().unwrap();
        assert_eq!(view.named.campaign.spent, [(EUR, 8_000)].into());
        check(ctx).await;

        // Down and up again on a filled database: rewards keep their amounts, campaigns go with their tables.
        store::testing::migrate_again(&ctx.store, "m20261130_000810_campaigns").await;
        assert_eq!(short(ctx, &boosted).await[..3], given[..3]);
        assert_eq!(line_of(ctx, &boosted, PayingStep::Meeting).await.campaign, None);
        assert!(campaigns(ctx, &world.marketing).await.unwrap().unwrap().is_empty());
        save(ctx, &world, &named(ctx, &world, 200), true).await.unwrap();
        check(ctx).await;
        house.close().await;
    }
}

/// Sixty-four referrals of one campaign are won at the same moment: the normal is given to each, and of what goes beyond it
/// exactly the budget.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixty_four_writers_spend_no_more_than_the_budget() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let mut one = named(ctx, &world, 200);
        one.campaign.budget = [(EUR, 123_400)].into();
        running(ctx, &world, &one).await;
        let programme = programme(ctx).await.unwrap().unwrap();
        let theirs = for_advocate(ctx, &programme, world.advocate.member).await.unwrap().into_owned();
        let offers: Vec<_> = theirs.offers.iter().map(|offer| offer.incentive.clone()).collect();
        let mut moves = Vec::new();
        for _ in 0..64 {
            let advocate = member(ctx, Some(world.account), Role::Advocate, "Anna Adler").await;
            let theirs_too = World { advocate, ..world.clone() };
            let mut before = theirs_too.facts(ctx, offers.clone(), Some(world.credit.id));
            before.terms.boosts = theirs.boosts.clone();
            theirs_too.insert(ctx, &before, None).await;
            let after = Facts { position: Position::On(Step::Won), ..before.clone() };
            let tx = ctx.store.begin().await.unwrap();
            tx.referrals().save(&after, 0, None, None).await.unwrap();
            tx.commit().await.unwrap();
            moves.push((before, after));
        }
        let kind = EventKind::Moved { from: Stage::Submitted, to: Stage::Won, closing: None, note: None };
        let moved = event(ctx.now(), kind);
        let follow = |(before, after): (Facts, Facts)| {
            let (ctx, moved) = (ctx.clone(), moved.clone());
            async move {
                let tx = ctx.store.begin().await?;
                services::rewards::follow(&ctx, &tx, Some(&before), &after, &[moved]).await?;
                tx.commit().await
            }
        };
        let all = moves.iter().cloned().map(|one| tokio::spawn(follow(one)));
        for (task, one) in all.collect::<Vec<_>>().into_iter().zip(&moves) {
            // On a busy machine the last in the queue may be told to come again, and does.
            if task.await.unwrap().is_err() {
                follow(one.clone()).await.unwrap();
            }
        }
        let (mut given, mut extra) = (0, 0);
        for (_, facts) in &moves {
            for line in lines(ctx, facts).await {
                if let (RewardCode::Clearing, Some(amount)) = (line.state, line.amount) {
                    given += amount.value();
                    extra += line.campaign.map_or(0, |(_, extra)| extra);
                }
            }
        }
        assert_eq!((given, extra), (64 * 10_000 + 123_400, 123_400));
        let view = campaign(ctx, &world.marketing, one.campaign.id).await.unwrap().unwrap();
        assert_eq!(view.named.campaign.spent, [(EUR, 123_400)].into());
        // It is spent, so it promises nothing any more, until somebody raises it.
        assert!(submitted(ctx, &world, "late").await.terms.boosts.is_empty());
        let referrer = world.advocate.referrer().unwrap();
        let own = own_campaign(ctx, &referrer, one.campaign.id).await.unwrap();
        assert!(matches!(own, Some(OwnCampaign::Ended(_))));
        one.campaign.version = 1;
        one.campaign.budget = [(EUR, 123_300)].into();
        let refused = save(ctx, &world, &one, false).await;
        assert!(matches!(refused, Err(SaveCampaignError::Rule(CampaignError::Budget))), "{refused:?}");
        one.campaign.budget = [(EUR, 150_000)].into();
        save(ctx, &world, &one, false).await.unwrap();
        assert_eq!(submitted(ctx, &world, "raised").await.terms.boosts[0].version, 2);
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn a_pilot_group_has_it_first_and_the_greatest_boost_applies() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let (germany, austria) = (country(ctx, &world, "DE").await, country(ctx, &world, "AT").await);
        let mut one = named(ctx, &world, 150);
        let id = one.campaign.id;
        save(ctx, &world, &one, true).await.unwrap();
        let refused = step(ctx, &world, id, 0, CampaignState::Pilot).await;
        assert!(matches!(refused, Err(StepError::Rule(CampaignError::NoPilot))));
        one.pilot = Some(austria);
        save(ctx, &world, &one, false).await.unwrap();
        step(ctx, &world, id, 1, CampaignState::Pilot).await.unwrap();
        let referrer = world.advocate.referrer().unwrap();
        assert!(own_campaign(ctx, &referrer, id).await.unwrap().is_none(), "she is of Germany");
        assert!(submitted(ctx, &world, "pilot").await.terms.boosts.is_empty());
        let stale = step(ctx, &world, id, 1, CampaignState::Running).await;
        assert!(matches!(stale, Err(StepError::Stale)));
        step(ctx, &world, id, 2, CampaignState::Running).await.unwrap();
        assert!(matches!(own_campaign(ctx, &referrer, id).await.unwrap(), Some(OwnCampaign::On(_))));
        assert_eq!(submitted(ctx, &world, "all").await.terms.boosts[0].boost, one.campaign.boost);

        let mut greater = named(ctx, &world, 300);
        greater.segment = Some(germany);
        running(ctx, &world, &greater).await;
        let boosts = submitted(ctx, &world, "greater").await.terms.boosts;
        assert_eq!((boosts.len(), boosts[0].campaign), (1, greater.campaign.id), "never both");
        let view = campaign(ctx, &world.marketing, id).await.unwrap().unwrap();
        assert_eq!(
            view.overlaps.iter().map(|other| other.campaign.id).collect::<Vec<_>>(),
            [greater.campaign.id]
        );
        assert!(campaign(ctx, &world.advocate, id).await.unwrap().is_none());

        // A segment that a campaign goes by stays.
        let uses = ctx.store.segments().uses(germany).await.unwrap();
        assert_eq!(uses, [SegmentUse::Campaign(greater.campaign.id, greater.name.clone())]);
        let power = world.marketing.program_managing().unwrap();
        let used = delete_segment(ctx, &power, germany, 0).await;
        assert!(matches!(used, Err(DeleteSegmentError::InUse)));
        // Whoever leaves a segment has what is left.
        let elsewhere =
            Whom::Rule(SegmentRule { until: Some(ctx.now().date_naive()), ..SegmentRule::default() });
        let name = Bilingual::new("DE", "DE");
        let changed = Segment { id: germany, name, whom: elsewhere, version: 0 };
        save_segment(ctx, &power, &changed, false).await.unwrap();
        assert_eq!(submitted(ctx, &world, "left").await.terms.boosts[0].campaign, id);
        house.close().await;
    }
}

#[tokio::test]
async fn no_boost_leaves_the_guard_band_or_a_cap() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        cap(ctx, json!({ "advocate": { "EUR": 25_000 }, "program": {} })).await;
        let refused = save(ctx, &world, &named(ctx, &world, 300), true).await;
        assert!(matches!(refused, Err(SaveCampaignError::Rule(CampaignError::Cap))), "{refused:?}");
        assert!(campaigns(ctx, &world.marketing).await.unwrap().unwrap().is_empty(), "nothing half saved");
        let mut one = named(ctx, &world, 200);
        one.segment = Some(uuid::Uuid::from_u128(5).into());
        let gone = save(ctx, &world, &one, true).await;
        assert!(matches!(gone, Err(SaveCampaignError::SegmentGone)));
        one.segment = None;
        running(ctx, &world, &one).await;

        // An offer that would leave the band by the campaign is refused, and so is a campaign by the offer.
        let share = |basis_points| {
            let at_most = Amount::new(5_000, EUR).unwrap();
            let value = PartValue::Percent { basis_points, at_most };
            incentive(ctx, IncentiveKind::Credit, vec![Part { step: PayingStep::Won, value }])
        };
        let offers = ctx.store.incentives().offers(world.program).await.unwrap();
        let mut offer = offers.into_iter().find(|offer| offer.incentive.id == world.credit.id).unwrap();
        let power = world.marketing.program_managing().unwrap();
        offer.incentive.scheme = share(800).scheme;
        let refused = save_offer(ctx, &power, &offer, Saving::Changed { left: None }).await;
        assert!(matches!(refused, Err(SaveOfferError::Boosted)), "{refused:?}");
        offer.incentive.scheme = share(700).scheme;
        save_offer(ctx, &power, &offer, Saving::Changed { left: None }).await.unwrap();
        let refused = save(ctx, &world, &named(ctx, &world, 250), true).await;
        assert!(matches!(refused, Err(SaveCampaignError::Rule(CampaignError::Guard))), "{refused:?}");
        let stale = save(ctx, &world, &one, false).await;
        assert!(matches!(stale, Err(SaveCampaignError::Stale)));
        step(ctx, &world, one.campaign.id, 1, CampaignState::Closed).await.unwrap();
        let closed = Campaign { version: 2, ..one.campaign.clone() };
        let refused = save(ctx, &world, &NamedCampaign { campaign: closed, ..one }, false).await;
        assert!(matches!(refused, Err(SaveCampaignError::Closed)));
        house.close().await;
    }
}

#[tokio::test]
async fn a_cap_takes_from_what_a_campaign_adds() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        running(ctx, &world, &named(ctx, &world, 200)).await;
        let mut facts = submitted(ctx, &world, "capped").await;
        cap(ctx, json!({ "advocate": { "EUR": 17_000 }, "program": {} })).await;
        move_to(ctx, &mut facts, Step::Won).await;
        let line = line_of(ctx, &facts, PayingStep::Won).await;
        assert_eq!((line.amount, line.cut), (Some(euros(50)), 3_000));
        assert_eq!(line.campaign.map(|(_, extra)| extra), Some(1_000), "the normal comes first");
        check(ctx).await;
        house.close().await;
    }
}
