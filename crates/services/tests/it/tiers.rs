//! Tiers: rising by what referrals become, and the rules behind it.

use chrono::TimeDelta;
use domain::{
    members::Role,
    referrals::{End, EventKind, Position, Stage, Step},
    text::Bilingual,
    tiers::{Metric, Period, TierCause, TierCode, TierRule},
};
use services::{
    testing::TestHouse,
    tiers::{
        ChangeRulesError, TierChange, change_rules, ensure_defaults, history, order_recount, overview,
        standing,
    },
};

use crate::rewards_world::*;

#[tokio::test]
async fn referrals_raise_their_advocate() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let member = world.advocate.member;
        ensure_defaults(ctx).await.unwrap();
        let tier = || async {
            let standing = standing(ctx, member).await.unwrap();
            let code = standing.current.map(|index| standing.tiers[index].tier.code.to_string());
            (code.unwrap_or_default(), standing.open())
        };
        assert_eq!(tier().await, (String::new(), 1));
        let mut first = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut first, Step::Qualified).await;
        assert_eq!(tier().await, ("bronze".to_owned(), 1));
        house.clock.advance(chrono::TimeDelta::minutes(1));
        move_to(ctx, &mut first, Step::Won).await;
        assert_eq!(tier().await, ("silver".to_owned(), 1));
        house.clock.advance(chrono::TimeDelta::minutes(1));
        let mut second = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut second, Step::Won).await;
        // The highest tier takes a third customer, and an appointment.
        assert_eq!(tier().await, ("gold".to_owned(), 2));
        move_to(ctx, &mut second, Step::Won).await;
        let moves = history(ctx, member).await.unwrap();
        let path: Vec<_> = moves.iter().rev().map(|step| step.moved.to.as_str()).collect();
        assert_eq!(path, ["bronze", "silver", "gold"], "each rise once");
        let causes: Vec<_> = moves.iter().rev().map(|step| step.moved.referral).collect();
        assert_eq!(causes, [Some(first.id), Some(first.id), Some(second.id)], "each with its referral");
        assert!(moves.iter().all(|step| {
            step.moved.cause == TierCause::Referral
                && step.company.as_deref() == Some("Ravensteiner Hydraulik GmbH")
        }));
        move_to(ctx, &mut second, Step::Accepted).await;
        assert_eq!(tier().await.0, "gold", "a correction lowers nobody");
        house.close().await;
    }
}

#[tokio::test]
async fn a_higher_tier_is_never_easier() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        ensure_defaults(ctx).await.unwrap();
        ensure_defaults(ctx).await.unwrap();
        let tiers = overview(ctx, &world.marketing).await.unwrap().unwrap().tiers;
        assert_eq!(tiers.len(), 4);
        assert!(overview(ctx, &world.advocate).await.unwrap().is_none());
        let change = |code: &str, version, at_least| TierChange {
            code: TierCode::parse(code).unwrap(),
            version,
            name: Bilingual::new("Silber", "Silver"),
            benefits: Bilingual::new("Etwas", "Something"),
            rules: vec![TierRule { metric: Metric::WonReferrals, at_least, period: Period::Lifetime }],
        };
        let by = &world.marketing;
        let refused = change_rules(ctx, by, change("silver", 0, 3)).await;
        assert!(matches!(refused, Err(ChangeRulesError::Ladder(_))), "gold asks for two");
        change_rules(ctx, by, change("silver", 0, 2)).await.unwrap();
        let stale = change_rules(ctx, by, change("silver", 0, 1)).await;
        assert!(matches!(stale, Err(ChangeRulesError::Stale)));
        let advocate = change_rules(ctx, &world.advocate, change("silver", 1, 1)).await;
        assert!(matches!(advocate, Err(ChangeRulesError::NotAllowed)));
        house.close().await;
    }
}

#[tokio::test]
async fn easier_rules_raise_people_at_the_next_daily_count() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        ensure_defaults(ctx).await.unwrap();
        // Some more than one step of the count takes, each with a referral whose need is confirmed: all have bronze.
        let mut advocates = Vec::new();
        for number in 0..60 {
            let name = format!("Anna {}", char::from(b'A' + number % 26));
            let advocate = member(ctx, Some(world.account), Role::Advocate, &name).await;
            let theirs = World { advocate, ..world.clone() };
            let mut facts = theirs.refer(ctx, None).await;
            move_to(ctx, &mut facts, Step::Qualified).await;
            advocates.push(advocate.member);
        }
        house.run_jobs().await;
        let silver = TierChange {
            code: TierCode::parse("silver").unwrap(),
            version: 0,
            name: Bilingual::new("Silber", "Silver"),
            benefits: Bilingual::new("Etwas", "Something"),
            rules: vec![TierRule {
                metric: Metric::QualifiedReferrals,
                at_least: 1,
                period: Period::Lifetime,
            }],
        };
        change_rules(ctx, &world.marketing, silver).await.unwrap();
        let silver = || async {
            let mut risen = 0;
            for member in &advocates {
                let last = history(ctx, *member).await.unwrap().swap_remove(0).moved;
                let by_count = last.cause == TierCause::Recount && last.referral.is_none();
                risen += usize::from(last.to.as_str() == "silver" && by_count);
            }
            risen
        };
        order_recount(ctx).await.unwrap();
        order_recount(ctx).await.unwrap();
        house.run_jobs().await;
        assert_eq!(silver().await, 0, "not before the night: a slip can still be put right");
        house.clock.advance(TimeDelta::days(1));
        house.run_jobs().await;
        assert_eq!(silver().await, 60);
        let told = house.mails.sent().iter().filter(|mail| mail.subject == "Ihre neue Stufe: Silber").count();
        assert_eq!(told, 60, "once each");
        order_recount(ctx).await.unwrap();
        house.clock.advance(TimeDelta::days(1));
        house.run_jobs().await;
        assert_eq!(history(ctx, advocates[0]).await.unwrap().len(), 2, "a second count changes nothing");
        house.close().await;
    }
}

#[tokio::test]
async fn a_year_rolls_on_and_older_customers_count_no_longer_for_it() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        ensure_defaults(ctx).await.unwrap();
        // Two customers, so many days apart; gold takes two within twelve months.
        for (apart, expected, within) in [(396, "silver", 1), (364, "gold", 2)] {
            let advocate = member(ctx, Some(world.account), Role::Advocate, "Karl Amsel").await;
            let theirs = World { advocate, ..world.clone() };
            let mut first = theirs.refer(ctx, None).await;
            move_to(ctx, &mut first, Step::Won).await;
            house.clock.advance(TimeDelta::days(apart));
            let mut second = theirs.refer(ctx, None).await;
            move_to(ctx, &mut second, Step::Won).await;
            let standing = standing(ctx, advocate.member).await.unwrap();
            let code = standing.current.map(|index| standing.tiers[index].tier.code.to_string());
            assert_eq!(code.as_deref(), Some(expected), "{apart} days apart");
            let year_ago = services::tiers::year_before(ctx.now());
            let home = ctx.store.home(advocate.member, Some(world.program), year_ago, 6).await.unwrap();
            for metrics in [standing.metrics, home.tally.metrics] {
                assert_eq!(
                    metrics.get(Metric::WonReferrals, Period::RollingYear),
                    within,
                    "{apart} days apart"
                );
                assert_eq!(metrics.get(Metric::WonReferrals, Period::Lifetime), 2);
            }
        }
        house.close().await;
    }
}

#[tokio::test]
async fn what_ended_counts_from_the_day_it_came_so_far() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        ensure_defaults(ctx).await.unwrap();
        let mut facts = world.refer(ctx, None).await;
        move_to(ctx, &mut facts, Step::Qualified).await;
        house.clock.advance(TimeDelta::days(200));
        let before = facts.clone();
        facts.position = Position::Ended { end: End::Expired, reached: Step::Qualified };
        facts.stage_since = ctx.now();
        let kind = EventKind::Moved { from: Stage::Qualified, to: Stage::Expired, closing: None, note: None };
        save_and_follow(ctx, &before, &facts, kind).await;
        let within_the_year = || async {
            let standing = standing(ctx, world.advocate.member).await.unwrap();
            let year_ago = services::tiers::year_before(ctx.now());
            let home = ctx.store.home(world.advocate.member, Some(world.program), year_ago, 6).await.unwrap();
            let mut counted = ctx.store.tiers().counted(None, year_ago, 9).await.unwrap();
            let counted = counted.pop().unwrap();
            [standing.metrics, home.tally.metrics, counted.metrics].map(|metrics| {
                assert_eq!(metrics.get(Metric::QualifiedReferrals, Period::Lifetime), 1);
                metrics.get(Metric::QualifiedReferrals, Period::RollingYear)
            })
        };
        assert_eq!(within_the_year().await, [1; 3]);
        // A year after the need was confirmed, half a year after the end.
        house.clock.advance(TimeDelta::days(170));
        assert_eq!(within_the_year().await, [0; 3]);
        // A database from before finds the day in the timeline.
        store::testing::migrate_again(&ctx.store, "m20261130_000002_reached").await;
        assert_eq!(within_the_year().await, [0; 3]);
        house.clock.set(facts.submitted_at + TimeDelta::days(200));
        assert_eq!(within_the_year().await, [1; 3]);
        house.close().await;
    }
}
