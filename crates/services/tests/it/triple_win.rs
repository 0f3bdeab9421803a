//! The triple win: exactly the entries of the table, and nobody sees more than it says.

use chrono::TimeDelta;
use domain::{
    ids::MemberId,
    incentives::PayingStep,
    referrals::{Party, Step},
    rewards::Side,
    triple_win::Seen,
};
use services::{
    Ctx,
    rewards::{approve, deliver},
    testing::TestHouse,
    triple_win::{Shown, Whose, dashboard, dashboard_csv, of_referral},
};

use crate::rewards_world::*;

#[tokio::test]
async fn the_entries_are_those_of_the_table() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let mut facts = world.refer(ctx, Some(&world.credit)).await;
        let entries = || async {
            let kept = ctx.store.triple_win().of_referral(facts.id).await.unwrap();
            let mut lines: Vec<_> = kept
                .iter()
                .map(|kept| {
                    let entry = kept.entry;
                    format!("{}: {} → {} {}", entry.cause, entry.giver, entry.receiver, entry.kind)
                })
                .collect();
            lines.sort();
            lines
        };
        assert!(entries().await.is_empty());
        let mut moved = facts.clone();
        move_to(ctx, &mut moved, Step::Accepted).await;
        assert_eq!(entries().await, ["accepted: advocate → company introduction"]);
        record_deal(ctx, &moved, euros(4_000)).await;
        move_to(ctx, &mut moved, Step::Won).await;
        house.clock.advance(TimeDelta::days(30));
        for line in lines(ctx, &moved).await {
            if line.side == Side::Advocate && line.part == PayingStep::Won {
                approve(ctx, &world.marketing, line.id, line.version).await.unwrap();
                deliver(ctx, &world.marketing, line.id, line.version + 1, "G-1", None).await.unwrap();
            }
            if line.side == Side::Contact {
                deliver(ctx, &world.marketing, line.id, line.version, "§ 4", None).await.unwrap();
            }
        }
        assert_eq!(
            entries().await,
            [
                "accepted: advocate → company introduction",
                "benefit_fulfilled: company → customer saving",
                "reward_fulfilled: company → advocate money",
                "won: advocate → customer introduction",
                "won: customer → company money",
            ]
        );
        let seen = |viewer| async move {
            let entries = of_referral(ctx, moved.id, viewer).await.unwrap();
            let amounts = entries.iter().filter(|entry| !matches!(entry.seen, Seen::Full(None)));
            let mut lines: Vec<_> =
                amounts.map(|entry| format!("{} {:?}", entry.cause, entry.seen)).collect();
            lines.sort();
            lines
                .iter()
                .map(|line| line.split(['{', '(']).next().unwrap().trim().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            seen(Party::Company).await,
            ["benefit_fulfilled Full", "reward_fulfilled Full", "won Full"]
        );
        assert_eq!(
            seen(Party::Advocate).await,
            ["benefit_fulfilled Kind", "reward_fulfilled Full", "won NotYet"]
        );
        assert_eq!(
            seen(Party::Customer).await,
            ["benefit_fulfilled Full", "reward_fulfilled UpTo", "won NotYet"]
        );
        facts = moved;
        let _ = facts;
        house.close().await;
    }
}

#[tokio::test]
async fn others_deals_are_a_range_late_and_among_enough() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let figures = || async { dashboard(ctx, Whose::All).await.unwrap() };
        for number in 1..=5 {
            let mut facts = world.refer(ctx, Some(&world.credit)).await;
            record_deal(ctx, &facts, euros(1_000)).await;
            move_to(ctx, &mut facts, Step::Won).await;
            let figures = figures().await;
            assert_eq!((figures.total.introductions, figures.total.customers), (number, number));
            assert_eq!(figures.quarters.last().unwrap().customers, number);
        }
        assert_eq!(figures().await.revenue, Shown::NotYet { have: 0, need: 5 }, "too fresh");
        house.clock.advance(TimeDelta::days(30));
        let Shown::Band(band) = figures().await.revenue else { panic!("a range by now") };
        assert!(band.from <= 500_000 && 500_000 < band.below);
        let own = dashboard(ctx, Whose::Of(world.advocate.member)).await.unwrap();
        assert_eq!(own.total.customers, 5);
        let nobody = dashboard(ctx, Whose::Of(world.marketing.member)).await.unwrap();
        assert_eq!(nobody.total.customers, 0);
        let csv = dashboard_csv(ctx, domain::text::Language::English).await.unwrap();
        assert_eq!(String::from_utf8(csv).unwrap().lines().count(), 9);
        house.close().await;
    }
}

/// An advocate's entries as they are kept, which is what counting them anew says.
pub(crate) async fn tally(ctx: &Ctx, advocate: MemberId) -> i64 {
    let room = ctx.store.triple_win();
    let mut counted = room.counts(Whose::Of(advocate), &[]).await.unwrap();
    let mut kept = ctx.store.home(advocate, None, ctx.now(), 6).await.unwrap().wins;
    let order = |count: &services::triple_win::WinCount| format!("{count:?}");
    counted.sort_by_key(order);
    kept.sort_by_key(order);
    assert_eq!(kept, counted);
    kept.iter().map(|count| count.count).sum()
}

#[tokio::test]
async fn an_advocates_tally_is_what_counting_would_say() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let mut first = world.refer(ctx, Some(&world.credit)).await;
        let mut second = world.refer(ctx, Some(&world.donation)).await;
        let advocate = world.advocate.member;
        let agrees = async || tally(ctx, advocate).await;
        assert_eq!(agrees().await, 0);
        move_to(ctx, &mut first, Step::Accepted).await;
        move_to(ctx, &mut first, Step::Won).await;
        move_to(ctx, &mut second, Step::Meeting).await;
        assert_eq!(agrees().await, 4, "an introduction each, and two entries of the deal");
        // A correction takes the deal back.
        move_to(ctx, &mut first, Step::Meeting).await;
        assert_eq!(agrees().await, 2);
        move_to(ctx, &mut first, Step::Won).await;
        assert_eq!(agrees().await, 4);
        // The step that brought the tallies fills them from what is there.
        store::testing::migrate_again(&ctx.store, "m20261122_000040_read_models").await;
        assert_eq!(agrees().await, 4);
        house.close().await;
    }
}
