//! Rewards, from the stage that earns them to their delivery.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use domain::{
    incentives::{DealBand, Incentive, IncentiveKind, Part, PartValue, PayingStep},
    members::Role,
    referrals::{End, EventKind, Facts, Position, Stage, Step},
    rewards::{RewardCode, RewardError, Side},
    text::{Language, Reason},
};
use serde_json::json;
use services::{
    rewards::{
        ActError, TakeBack, approve, decline, deliver, mine, plan_delivery, queue, statement, take_back,
        tasks,
    },
    testing::TestHouse,
};

use crate::rewards_world::*;

fn reason() -> Reason {
    Reason::parse("Der Auftrag wurde widerrufen").unwrap()
}

#[tokio::test]
async fn skipped_stages_pay_and_twice_is_once() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let mut facts = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut facts, Step::Contacted).await;
        assert_eq!(short(ctx, &facts).await, ["accepted clearing 10"]);
        move_to(ctx, &mut facts, Step::Won).await;
        move_to(ctx, &mut facts, Step::Won).await;
        assert_eq!(
            short(ctx, &facts).await,
            ["accepted clearing 10", "meeting clearing 20", "qualified clearing 30", "won clearing 40"]
        );
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_at_the_same_moment_earn_once() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let mut facts = world.refer(ctx, Some(&world.credit)).await;
        let before = facts.clone();
        facts.position = Position::On(Step::Won);
        let tx = ctx.store.begin().await.unwrap();
        tx.referrals().save(&facts, 0, None, None).await.unwrap();
        tx.commit().await.unwrap();
        let kind = EventKind::Moved { from: Stage::Submitted, to: Stage::Won, closing: None, note: None };
        let moved = event(ctx.now(), kind);
        let follows = (0..64).map(|_| {
            let (ctx, before, after, moved) = (ctx.clone(), before.clone(), facts.clone(), moved.clone());
            tokio::spawn(async move {
                let tx = ctx.store.begin().await?;
                services::rewards::follow(&ctx, &tx, Some(&before), &after, &[moved]).await?;
                tx.commit().await
            })
        });
        for follow in follows.collect::<Vec<_>>() {
            follow.await.unwrap().unwrap();
        }
        assert_eq!(lines(ctx, &facts).await.len(), 5, "four parts and the contact's benefit");
        let report = services::rewards::check_ledger(ctx).await.unwrap();
        assert_eq!((report.transfers, report.differences), (4, Vec::new()));
        assert_eq!(ctx.store.triple_win().of_referral(facts.id).await.unwrap().len(), 3);
        house.close().await;
    }
}

/// Four advocates have won sixteen customers each, and all is booked at the same moment: neither the cap of one of them nor
/// that of the programme is exceeded, and both are used to the last cent.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn caps_hold_with_sixty_four_writers() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        cap(ctx, json!({ "advocate": { "EUR": 33_300 }, "program": { "EUR": 99_900 } })).await;
        let mut moves = Vec::new();
        for _ in 0..4 {
            let advocate = member(ctx, Some(world.account), Role::Advocate, "Anna Adler").await;
            let theirs = World { advocate, ..world.clone() };
            for _ in 0..16 {
                let before = theirs.refer(ctx, Some(&world.credit)).await;
                let after = Facts { position: Position::On(Step::Won), ..before.clone() };
                let tx = ctx.store.begin().await.unwrap();
                tx.referrals().save(&after, 0, None, None).await.unwrap();
                tx.commit().await.unwrap();
                moves.push((before, after));
            }
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
        let mut earned = BTreeMap::new();
        for (_, facts) in &moves {
            for line in lines(ctx, facts).await {
                if let (RewardCode::Clearing, Some(amount)) = (line.state, line.amount) {
                    *earned.entry(facts.advocate).or_insert(0) += amount.value();
                }
            }
        }
        assert!(earned.values().all(|sum| *sum <= 33_300), "{earned:?}");
        assert_eq!(earned.values().sum::<i64>(), 99_900, "{earned:?}");
        let [kept, counted] = store::testing::against_caps(&ctx.store).await;
        assert_eq!(kept, counted);
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn a_correction_takes_back_and_gives_again() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let mut facts = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut facts, Step::Accepted).await;
        let paid = pay(&house, &world, &facts, PayingStep::Accepted).await;
        assert_eq!(paid.state, RewardCode::Fulfilled);
        move_to(ctx, &mut facts, Step::Won).await;
        move_to(ctx, &mut facts, Step::Submitted).await;
        let reversed =
            ["accepted fulfilled 10", "meeting reversed 20", "qualified reversed 30", "won reversed 40"];
        assert_eq!(short(ctx, &facts).await, reversed, "what was delivered stays");
        assert!(
            ctx.store
                .triple_win()
                .of_referral(facts.id)
                .await
                .unwrap()
                .iter()
                .all(|kept| { kept.entry.cause == domain::triple_win::WinCause::RewardFulfilled })
        );
        check(ctx).await;
        move_to(ctx, &mut facts, Step::Qualified).await;
        let again =
            ["accepted fulfilled 10", "meeting clearing 20", "qualified clearing 30", "won reversed 40"];
        assert_eq!(short(ctx, &facts).await, again);
        check(ctx).await;
        house.close().await;
    }
}

/// 100 € for a deal from 1,000 €, 300 € from 10,000 €.
fn bands() -> Part {
    let band = |from, pays| DealBand { from: euros(from).value(), amount: euros(pays) };
    Part { step: PayingStep::Won, value: PartValue::Bands(vec![band(1_000, 100), band(10_000, 300)]) }
}

#[tokio::test]
async fn a_deal_put_right_pays_by_its_new_size() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let offer = Incentive { id: world.credit.id, ..incentive(ctx, IncentiveKind::Credit, vec![bands()]) };
        let mut facts = world.refer_with(ctx, vec![offer.clone()], Some(offer.id)).await;
        for (deal, paid) in [
            (euros(12_000), "won clearing 300"),
            (euros(2_000), "won clearing 100"),
            (euros(999), "won declined -"),
            (euros(10_000), "won clearing 300"),
        ] {
            record_deal(ctx, &facts, deal).await;
            move_to(ctx, &mut facts, Step::Won).await;
            assert_eq!(short(ctx, &facts).await, [paid], "{deal:?}");
            check(ctx).await;
            move_to(ctx, &mut facts, Step::Qualified).await;
            assert_eq!(line_of(ctx, &facts, PayingStep::Won).await.state, RewardCode::Reversed);
        }
        house.close().await;
    }
}

#[tokio::test]
async fn a_choice_after_a_correction_serves_the_stage_again() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let mut facts = world.refer(ctx, Some(&world.donation)).await;
        move_to(ctx, &mut facts, Step::Meeting).await;
        move_to(ctx, &mut facts, Step::Accepted).await;
        choose(ctx, &mut facts, &world.credit).await;
        move_to(ctx, &mut facts, Step::Meeting).await;
        assert_eq!(short(ctx, &facts).await, ["accepted clearing 5", "meeting clearing 20"]);
        // Back to the start and up again: what was earned before the choice goes on by the one before it.
        move_to(ctx, &mut facts, Step::Submitted).await;
        move_to(ctx, &mut facts, Step::Meeting).await;
        assert_eq!(short(ctx, &facts).await, ["accepted clearing 5", "meeting clearing 20"]);
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn a_part_that_waits_is_paid_by_the_choice_it_was_earned_under() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let mut facts = world.refer(ctx, Some(&world.donation)).await;
        let id = facts.id;
        let goes_to = |organisation| async move {
            let tx = ctx.store.begin().await.unwrap();
            tx.referrals().set_organisation(id, organisation).await.unwrap();
            tx.commit().await.unwrap();
        };
        goes_to(None).await;
        move_to(ctx, &mut facts, Step::Accepted).await;
        choose(ctx, &mut facts, &world.credit).await;
        assert_eq!(short(ctx, &facts).await, ["accepted pending -"]);
        goes_to(Some(world.organisation)).await;
        move_to(ctx, &mut facts, Step::Meeting).await;
        assert_eq!(short(ctx, &facts).await, ["accepted clearing 5", "meeting clearing 20"]);
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn a_lost_deal_takes_nothing_back() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let mut facts = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut facts, Step::Meeting).await;
        let before = facts.clone();
        facts.position = Position::Ended { end: End::Lost, reached: Step::Meeting };
        let kind = EventKind::Moved { from: Stage::Meeting, to: Stage::Lost, closing: None, note: None };
        save_and_follow(ctx, &before, &facts, kind).await;
        assert_eq!(short(ctx, &facts).await, ["accepted clearing 10", "meeting clearing 20"]);
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn another_choice_serves_later_stages() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let mut facts = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut facts, Step::Meeting).await;
        choose(ctx, &mut facts, &world.donation).await;
        move_to(ctx, &mut facts, Step::Won).await;
        assert_eq!(
            short(ctx, &facts).await,
            ["accepted clearing 10", "meeting clearing 20", "won clearing 50"]
        );
        let won = line_of(ctx, &facts, PayingStep::Won).await;
        assert_eq!(
            (won.kind, won.organisation.as_deref()),
            (Some(IncentiveKind::Donation), Some("Tafel Bremen"))
        );
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn without_a_choice_the_reward_waits_for_it() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let mut facts = world.refer(ctx, None).await;
        move_to(ctx, &mut facts, Step::Meeting).await;
        assert_eq!(short(ctx, &facts).await, ["accepted pending -", "meeting pending -"]);
        choose(ctx, &mut facts, &world.donation).await;
        assert_eq!(short(ctx, &facts).await, ["accepted clearing 5", "meeting declined -"]);
        let meeting = line_of(ctx, &facts, PayingStep::Meeting).await;
        assert_eq!(meeting.ended_reason.as_deref(), Some("choice"));
        check(ctx).await;

        let mut nothing = world.refer(ctx, Some(&world.nothing)).await;
        move_to(ctx, &mut nothing, Step::Won).await;
        assert!(short(ctx, &nothing).await.is_empty(), "no reward is an equal choice");
        house.close().await;
    }
}

#[tokio::test]
async fn bands_wait_for_the_deal() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let offer = Incentive { id: world.credit.id, ..incentive(ctx, IncentiveKind::Credit, vec![bands()]) };
        let refer = || async { world.refer_with(ctx, vec![offer.clone()], Some(offer.id)).await };

        let mut facts = refer().await;
        move_to(ctx, &mut facts, Step::Won).await;
        assert_eq!(short(ctx, &facts).await, ["won pending -"]);
        record_deal(ctx, &facts, euros(12_000)).await;
        assert_eq!(short(ctx, &facts).await, ["won clearing 300"]);
        let deal = ctx.store.triple_win().of_referral(facts.id).await.unwrap();
        assert!(
            deal.iter().any(|kept| kept.entry.amount == Some(euros(12_000))),
            "the entry learns the amount"
        );

        let mut small = refer().await;
        record_deal(ctx, &small, euros(999)).await;
        move_to(ctx, &mut small, Step::Won).await;
        assert_eq!(short(ctx, &small).await, ["won declined -"]);
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn caps_hold_at_the_same_moment() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        cap(ctx, json!({ "advocate": { "EUR": 2_500 } })).await;
        let mut moves = Vec::new();
        let mut all = Vec::new();
        for _ in 0..12 {
            let facts = world.refer(ctx, Some(&world.credit)).await;
            all.push(facts.clone());
            let ctx = ctx.clone();
            moves.push(tokio::spawn(async move {
                let mut facts = facts;
                move_to(&ctx, &mut facts, Step::Accepted).await;
            }));
        }
        for done in moves {
            done.await.unwrap();
        }
        let mut earned = Vec::new();
        for facts in &all {
            let line = line_of(ctx, facts, PayingStep::Accepted).await;
            earned.push((line.state, line.amount.map_or(0, |amount| amount.value()), line.cut));
        }
        earned.sort();
        earned.reverse();
        let mut expected = vec![(RewardCode::Declined, 1_000, 1_000); 9];
        expected.extend([(RewardCode::Clearing, 1_000, 0), (RewardCode::Clearing, 1_000, 0)]);
        expected.push((RewardCode::Clearing, 500, 500));
        assert_eq!(earned, expected, "the remainder is paid and shown");
        check(ctx).await;

        // The next calendar year, in the host's zone, begins anew.
        house.clock.set("2026-12-31T23:30:00Z".parse().unwrap());
        let mut next_year = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut next_year, Step::Accepted).await;
        assert_eq!(short(ctx, &next_year).await, ["accepted clearing 10"]);
        house.close().await;
    }
}

#[tokio::test]
async fn a_programme_has_a_cap_of_its_own_and_a_return_asks_again() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        cap(ctx, json!({ "program": { "EUR": 1_500 } })).await;
        let mut first = world.refer(ctx, Some(&world.credit)).await;
        let mut second = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut first, Step::Accepted).await;
        move_to(ctx, &mut first, Step::Submitted).await;
        move_to(ctx, &mut second, Step::Accepted).await;
        move_to(ctx, &mut first, Step::Accepted).await;
        let line = line_of(ctx, &first, PayingStep::Accepted).await;
        assert_eq!((line.amount, line.cut), (Some(euros(5)), 500));
        check(ctx).await;
        house.close().await;
    }
}

/// Clears, approves and delivers one part.
async fn pay(
    house: &TestHouse,
    world: &World,
    facts: &domain::referrals::Facts,
    part: PayingStep,
) -> services::rewards::RewardLine {
    let ctx = &house.ctx;
    house.clock.advance(TimeDelta::days(30));
    let line = line_of(ctx, facts, part).await;
    assert!(approve(ctx, &world.marketing, line.id, line.version).await.unwrap());
    let line = line_of(ctx, facts, part).await;
    hand_over(ctx, &world.marketing, &line, "G-2026-17").await.unwrap();
    line_of(ctx, facts, part).await
}

#[tokio::test]
async fn a_whole_life_ends_with_a_proof() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let mut facts = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut facts, Step::Accepted).await;
        let line = line_of(ctx, &facts, PayingStep::Accepted).await;
        let early = approve(ctx, &world.marketing, line.id, line.version).await;
        assert!(matches!(early, Err(ActError::Rule(RewardError::TooEarly))));
        assert_eq!(queue(ctx, &world.marketing, None).await.unwrap().unwrap().resting, 1);

        house.clock.advance(TimeDelta::days(30));
        let waiting = queue(ctx, &world.marketing, None).await.unwrap().unwrap();
        assert_eq!((waiting.page.lines.len(), waiting.resting), (1, 0));
        assert!(approve(ctx, &world.marketing, line.id, line.version).await.unwrap());
        assert!(approve(ctx, &world.marketing, line.id, line.version).await.unwrap(), "twice is once");

        let open = tasks(ctx, &world.marketing, None).await.unwrap().unwrap().open.lines;
        let task = open.first().unwrap();
        let delivery = task.delivery.as_ref().unwrap();
        assert_eq!(delivery.due_at, ctx.now() + TimeDelta::days(14));
        let day = "2027-01-15".parse().unwrap();
        let plan = |version| plan_delivery(ctx, &world.marketing, task.id, version, None, day);
        plan(delivery.version).await.unwrap();
        assert!(matches!(plan(delivery.version).await, Err(ActError::Stale)));

        let proof = |reference| deliver(ctx, &world.marketing, task.id, task.version, reference, None);
        assert!(matches!(proof("").await, Err(ActError::Proof(_))));
        proof("G-2026-17").await.unwrap();
        proof("G-2026-17").await.unwrap();
        let done = line_of(ctx, &facts, PayingStep::Accepted).await;
        assert_eq!(done.state, RewardCode::Fulfilled);
        assert_eq!(done.proof.unwrap().reference, "G-2026-17");

        let referrer = world.advocate.referrer().unwrap();
        let own = mine(ctx, &referrer, None).await.unwrap();
        let unit = euros(1).unit();
        assert_eq!(own.balance(unit, domain::ledger::LedgerAccountKind::Settled), 1_000);
        assert_eq!(own.balance(unit, domain::ledger::LedgerAccountKind::Owed), 0);
        let csv = statement(ctx, &referrer, 2026, Language::German).await.unwrap();
        let csv = String::from_utf8(csv).unwrap();
        assert_eq!(csv.lines().count(), 4, "{csv}");
        assert!(csv.contains("bereitgestellt;;10,00;EUR"), "{csv}");
        assert_eq!(
            statement(ctx, &referrer, 2025, Language::English)
                .await
                .unwrap()
                .split(|byte| *byte == b'\n')
                .count(),
            2
        );
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn nobody_decides_about_their_own() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let mut facts = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut facts, Step::Accepted).await;
        house.clock.advance(TimeDelta::days(30));
        let line = line_of(ctx, &facts, PayingStep::Accepted).await;
        let colleague = member(ctx, Some(world.account), Role::Marketing, "Kollege").await;
        let own = approve(ctx, &colleague, line.id, line.version).await;
        assert!(matches!(own, Err(ActError::Rule(RewardError::OwnReward))));
        let own = decline(ctx, &colleague, line.id, line.version, &reason()).await;
        assert!(matches!(own, Err(ActError::Rule(RewardError::OwnReward))));
        let own = take_back(ctx, &colleague, line.id, line.version, TakeBack::Fraud, &reason()).await;
        assert!(matches!(own, Err(ActError::Rule(RewardError::OwnReward))));
        let advocate = approve(ctx, &world.advocate, line.id, line.version).await;
        assert!(matches!(advocate, Err(ActError::NotAllowed)));
        let missing = approve(ctx, &world.marketing, unknown(), 0).await;
        assert!(matches!(missing, Err(ActError::NotFound)));
        let stale = approve(ctx, &world.marketing, line.id, line.version + 1).await;
        assert!(matches!(stale, Err(ActError::Stale)));

        decline(ctx, &world.marketing, line.id, line.version, &reason()).await.unwrap();
        decline(ctx, &world.marketing, line.id, line.version, &reason()).await.unwrap();
        let line = line_of(ctx, &facts, PayingStep::Accepted).await;
        assert_eq!((line.state, line.ended_note.as_deref()), (RewardCode::Declined, Some(reason().as_str())));
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn above_the_limit_two_people_approve() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        set(ctx, json!({ "four_eyes_above": euros(9) })).await;
        let mut facts = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut facts, Step::Accepted).await;
        house.clock.advance(TimeDelta::days(30));
        let line = line_of(ctx, &facts, PayingStep::Accepted).await;
        assert!(!approve(ctx, &world.marketing, line.id, line.version).await.unwrap());
        let line = line_of(ctx, &facts, PayingStep::Accepted).await;
        let again = approve(ctx, &world.marketing, line.id, line.version).await;
        assert!(matches!(again, Err(ActError::Rule(RewardError::SameApprover))));
        let second = member(ctx, None, Role::Marketing, "Ole Brandt").await;
        assert!(approve(ctx, &second, line.id, line.version).await.unwrap());
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn what_was_delivered_becomes_receivable() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let mut facts = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut facts, Step::Won).await;
        let won = pay(&house, &world, &facts, PayingStep::Won).await;
        let refund = |version, percent| {
            let why = TakeBack::Refund { percent };
            let reason = reason();
            async move { take_back(ctx, &world.marketing, won.id, version, why, &reason).await }
        };
        refund(won.version, 25).await.unwrap();
        let won = line_of(ctx, &facts, PayingStep::Won).await;
        assert_eq!((won.state, won.amount), (RewardCode::Fulfilled, Some(euros(30))));
        refund(won.version, 25).await.unwrap();
        let won = line_of(ctx, &facts, PayingStep::Won).await;
        let half = (RewardCode::Fulfilled, Some(euros(20)), 50);
        assert_eq!((won.state, won.amount, won.refunded_percent), half, "percent of what was promised");
        let referrer = world.advocate.referrer().unwrap();
        let receivable = domain::ledger::LedgerAccountKind::Receivable;
        let own = mine(ctx, &referrer, None).await.unwrap();
        assert_eq!(own.balance(euros(1).unit(), receivable), 2_000);
        check(ctx).await;

        let accepted = line_of(ctx, &facts, PayingStep::Accepted).await;
        let fraud = TakeBack::Fraud;
        take_back(ctx, &world.marketing, accepted.id, accepted.version, fraud, &reason()).await.unwrap();
        assert!(short(ctx, &facts).await.iter().all(|line| line.contains("reversed")));
        let own = mine(ctx, &referrer, None).await.unwrap();
        assert_eq!(own.balance(euros(1).unit(), receivable), 4_000);
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn the_new_customer_gets_what_was_promised() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let mut facts = world.refer(ctx, Some(&world.nothing)).await;
        move_to(ctx, &mut facts, Step::Won).await;
        let benefit = || async {
            let lines = lines(ctx, &facts).await;
            lines.into_iter().find(|line| line.side == Side::Contact).unwrap()
        };
        let owed = benefit().await;
        assert_eq!((owed.state, owed.amount), (RewardCode::Approved, Some(euros(100))));
        assert_eq!(owed.delivery.as_ref().unwrap().due_at, ctx.now() + TimeDelta::days(30));
        let approved = approve(ctx, &world.marketing, owed.id, owed.version).await;
        assert!(matches!(approved, Err(ActError::NotFound)), "nobody approves a benefit");
        deliver(ctx, &world.marketing, owed.id, owed.version, "Vertrag § 4", None).await.unwrap();
        assert_eq!(benefit().await.state, RewardCode::Fulfilled);
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn a_benefit_goes_and_comes_with_its_deal() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let mut facts = world.refer(ctx, Some(&world.nothing)).await;
        for (step, state) in [
            (Step::Won, RewardCode::Approved),
            (Step::Meeting, RewardCode::Reversed),
            (Step::Won, RewardCode::Approved),
        ] {
            move_to(ctx, &mut facts, step).await;
            let lines = lines(ctx, &facts).await;
            assert_eq!((lines.len(), lines[0].state), (1, state));
            assert_eq!(lines[0].delivery.is_some(), state == RewardCode::Approved);
        }
        house.close().await;
    }
}
