//! Early access: seats that many ask for at once, grants that begin and end, keys that are shown once.

use chrono::TimeDelta;
use domain::{
    access::ApiScope,
    incentives::{Amount, IncentiveKind, Part, PartValue, PayingStep, Unit},
    members::Role,
    referrals::{Facts, Step},
    rewards::RewardCode,
    text::{Bilingual, Reason},
};
use services::{
    Ctx,
    access::{
        CallError, Feature, SaveFeatureError, account_named, call, create_key, grants_of, revoke_key,
        save_feature, show_key,
    },
    rewards::{ActError, TakeBack, approve, deliver, take_back},
    testing::TestHouse,
};

use crate::rewards_world::*;

/// A world whose early access of two seats grants a feature with so many.
async fn granting(house: &TestHouse, seats: i32) -> (World, domain::incentives::Incentive, Feature) {
    let ctx = &house.ctx;
    let world = World::new(house).await;
    let two = Amount::new(2, Unit::Seats).unwrap();
    let part = Part { step: PayingStep::Won, value: PartValue::Fixed(two) };
    let access = incentive(ctx, IncentiveKind::EarlyAccess, vec![part]);
    offer(ctx, &world, &access).await;
    let feature = Feature {
        id: ctx.new_id(),
        incentive: Some(access.id),
        name: Bilingual::new("Vorschau", "Preview"),
        terms: Bilingual::new("Nur zum Ausprobieren", "To try out only"),
        starts_on: "2026-12-01".parse().unwrap(),
        seats,
        taken: 0,
        version: 0,
    };
    let power = world.marketing.program_managing().unwrap();
    save_feature(ctx, &power, &feature, true).await.unwrap();
    (world, access, feature)
}

async fn approved(
    house: &TestHouse,
    world: &World,
    access: &domain::incentives::Incentive,
) -> services::rewards::RewardLine {
    let ctx = &house.ctx;
    let mut facts: Facts = world.refer_with(ctx, vec![access.clone()], Some(access.id)).await;
    move_to(ctx, &mut facts, Step::Won).await;
    house.clock.advance(TimeDelta::days(30));
    let line = line_of(ctx, &facts, PayingStep::Won).await;
    assert!(approve(ctx, &world.marketing, line.id, line.version).await.unwrap());
    line_of(ctx, &facts, PayingStep::Won).await
}

async fn taken(ctx: &Ctx, feature: &Feature) -> i32 {
    ctx.store.access().feature(feature.id).await.unwrap().unwrap().taken
}

#[tokio::test]
async fn sixty_four_at_once_never_take_more_seats_than_there_are() {
    for house in TestHouse::all().await {
        let (_, _, feature) = granting(&house, 20).await;
        let mut asking = tokio::task::JoinSet::new();
        for _ in 0..64 {
            let (store, id) = (house.ctx.store.clone(), feature.id);
            asking.spawn(async move {
                let tx = store.begin().await.unwrap();
                let got = tx.access().take_seats(id, 1).await.unwrap();
                tx.commit().await.unwrap();
                got
            });
        }
        let got = asking.join_all().await.into_iter().filter(|got| *got).count();
        assert_eq!(got, 20);
        assert_eq!(taken(&house.ctx, &feature).await, 20);
        house.close().await;
    }
}

#[tokio::test]
async fn a_grant_takes_its_seats_until_it_is_ended() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let (world, access, feature) = granting(&house, 3).await;
        let (one, two) = (approved(&house, &world, &access).await, approved(&house, &world, &access).await);
        let hand_over = |line: services::rewards::RewardLine| async move {
            deliver(ctx, &world.marketing, line.id, line.version, "Freigeschaltet", None).await
        };
        hand_over(one.clone()).await.unwrap();
        assert_eq!(taken(ctx, &feature).await, 2);
        assert!(matches!(hand_over(two.clone()).await, Err(ActError::NoSeats)));
        let still = ctx.store.rewards().line(two.id).await.unwrap().unwrap();
        assert_eq!(still.state, RewardCode::Approved, "nothing is half done");
        let fewer = Feature { seats: 1, ..feature.clone() };
        let power = world.marketing.program_managing().unwrap();
        assert!(matches!(save_feature(ctx, &power, &fewer, false).await, Err(SaveFeatureError::Taken)));

        // By id and by domain; the key is shown once, and to nobody else.
        let account = account_named(ctx, "polar.example").await.unwrap().unwrap();
        assert_eq!(account_named(ctx, &account.to_string()).await.unwrap(), Some(account));
        assert_eq!(account_named(ctx, "nobody.example").await.unwrap(), None);
        let grants = grants_of(ctx, account).await.unwrap();
        assert_eq!((grants.len(), grants[0].seats, grants[0].reward), (1, 2, one.id));
        let other = member(ctx, Some(world.account), Role::Advocate, "Kollegin").await;
        assert!(show_key(ctx, &other.referrer().unwrap(), one.id).await.unwrap().is_none());
        let anna = world.advocate.referrer().unwrap();
        assert!(show_key(ctx, &anna, one.id).await.unwrap().is_some());
        assert!(show_key(ctx, &anna, one.id).await.unwrap().is_none());

        let line = ctx.store.rewards().line(one.id).await.unwrap().unwrap();
        let why = Reason::parse("Die Stufe ist nicht mehr erreicht").unwrap();
        take_back(ctx, &world.marketing, one.id, line.version, TakeBack::Revocation, &why).await.unwrap();
        assert_eq!(taken(ctx, &feature).await, 0);
        assert!(grants_of(ctx, account).await.unwrap().is_empty());
        hand_over(two).await.unwrap();
        assert_eq!(taken(ctx, &feature).await, 2);
        house.run_jobs().await;
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn a_key_works_until_it_is_revoked_and_not_too_often() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let jonas = member(ctx, None, Role::Administrator, "Jonas Brandt").await;
        let by = jonas.administering().unwrap();
        let make = |scopes| create_key(ctx, by, "Lizenzserver".parse().unwrap(), scopes);
        let key = make(vec![ApiScope::GrantsRead]).await.unwrap();
        let bare = make(Vec::new()).await.unwrap();
        let ask = |key: String| async move { call(ctx, &key, ApiScope::GrantsRead).await };
        assert!(matches!(ask("dk_nothing".to_owned()).await, Err(CallError::Unknown)));
        assert!(matches!(ask(bare).await, Err(CallError::Scope)));
        for _ in 0..120 {
            ask(key.clone()).await.unwrap();
        }
        assert!(matches!(ask(key.clone()).await, Err(CallError::TooMany)));
        house.clock.advance(TimeDelta::minutes(2));
        ask(key.clone()).await.unwrap();
        let all = ctx.store.access().api_keys().await.unwrap();
        let known = all.iter().find(|known| known.scopes.len() == 1).unwrap();
        assert!(known.used_on.is_some());
        for _ in 0..2 {
            revoke_key(ctx, by, known.id).await.unwrap();
        }
        assert!(matches!(ask(key).await, Err(CallError::Unknown)));
        house.close().await;
    }
}
