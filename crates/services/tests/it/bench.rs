//! A house to measure with is as large as asked for and agrees with itself; it never comes where anybody has begun.

use domain::{
    members::{Role, RoleSet},
    text::Language,
    tiers::{evaluate, year_before},
};
use services::{
    bench::{self, Size},
    demo,
    rewards::{check_ledger, statement},
    testing::TestHouse,
};
use store::testing::{against_caps, rows, rows_by};

const SIZE: Size = Size { advocates: 2_500, referrals: 3_000, entries: 400 };

#[tokio::test]
async fn a_house_to_measure_with_is_as_large_as_asked_for_on_sqlite() {
    as_large_as_asked_for(TestHouse::sqlite().await).await;
}

#[tokio::test]
async fn a_house_to_measure_with_is_as_large_as_asked_for_on_postgresql() {
    // A test of its own, because telling the demonstration's year takes a while.
    if let Some(house) = TestHouse::postgres().await {
        as_large_as_asked_for(house).await;
    }
}

async fn as_large_as_asked_for(house: TestHouse) {
    let ctx = &house.ctx;
    assert!(!bench::is_bench(ctx).await.unwrap());
    bench::seed(ctx, SIZE).await.unwrap();
    assert!(bench::is_bench(ctx).await.unwrap() && demo::is_demo(ctx).await.unwrap());

    let store = &ctx.store;
    assert_eq!(rows(store, "referrals").await, i64::from(SIZE.referrals));
    let customers = rows_by(store, "member_roles", "role").await["advocate"];
    assert!((i64::from(SIZE.advocates)..i64::from(SIZE.advocates) + 100).contains(&customers), "{customers}");
    let transfers = rows(store, "ledger_transfers").await;
    assert!(transfers > i64::from(SIZE.referrals) / 2, "{transfers}");
    let ledger = check_ledger(ctx).await.unwrap();
    assert!(ledger.is_sound(), "{:?}", ledger.differences);
    let [kept, counted] = against_caps(store).await;
    assert_eq!(kept, counted);

    let ladder: Vec<_> = store.tiers().all().await.unwrap().into_iter().map(|named| named.tier).collect();
    let everybody = store.tiers().everybody(year_before(ctx.now()), ctx.now()).await.unwrap();
    let wrong = everybody.iter().filter(|one| {
        let reaches = evaluate(&one.metrics, &ladder, false).map_or(0, |tier| tier.order);
        let has =
            ladder.iter().find(|tier| Some(&tier.code) == one.tier.as_ref()).map_or(0, |tier| tier.order);
        // In the story somebody is kept at a tier by hand, and others are in their time of grace.
        reaches > has
    });
    assert_eq!(wrong.count(), 0);
    assert!(everybody.iter().filter(|one| one.tier.is_some()).count() > 500, "copies have tiers as well");

    let busiest = demo::faces(ctx).await.unwrap().pop().unwrap();
    let person = store.members().person(busiest.member).await.unwrap().unwrap();
    assert!(person.actor.roles == RoleSet::EMPTY.with(Role::Advocate));
    let referrer = person.actor.referrer().unwrap();
    let file = statement(ctx, &referrer, 2026, Language::German).await.unwrap();
    let lines = file.iter().filter(|byte| **byte == b'\n').count() - 1;
    assert!(lines >= SIZE.entries as usize, "{lines}");

    let movable = store.movable(50).await.unwrap();
    assert_eq!(movable.len(), 50);
    let refused = bench::seed(ctx, SIZE).await.unwrap_err();
    assert!(refused.to_string().contains("not empty"), "{refused}");
    assert_eq!(rows(store, "referrals").await, i64::from(SIZE.referrals), "nothing was added");
    house.close().await;
}
