//! What was taken back after its delivery: set off, asked back, waived, given back; nothing silently, and nothing twice.

use chrono::{Days, NaiveDate, TimeDelta};
use domain::{
    ids::ShortfallId,
    incentives::PayingStep,
    ledger::LedgerAccountKind,
    members::{Actor, Role},
    referrals::{Facts, Step},
    rewards::{Proof, RewardCode, RewardError, ShortfallDecision, ShortfallError, ShortfallState},
    text::{Language, Reason},
};
use services::{
    Ctx,
    rewards::{
        ActError, StoredShortfall, TakeBack, approve, decide_shortfall, deliver, life, mine, open_credits,
        shortfall, shortfalls, statement, take_back,
    },
    testing::TestHouse,
};

use crate::rewards_world::*;

fn reason() -> Reason {
    Reason::parse("Der Auftrag wurde widerrufen").unwrap()
}

fn today(ctx: &Ctx) -> NaiveDate {
    ctx.now().with_timezone(&ctx.host.zone).date_naive()
}

/// Approves a part whose clearing has ended.
async fn approved(house: &TestHouse, world: &World, facts: &Facts, part: PayingStep) {
    let ctx = &house.ctx;
    let line = line_of(ctx, facts, part).await;
    assert!(approve(ctx, &world.marketing, line.id, line.version).await.unwrap());
}

/// A won referral whose last part, 40 euros, was delivered and then taken back by so much.
async fn taken_back(house: &TestHouse, world: &World, percent: u8) -> (Facts, StoredShortfall) {
    let ctx = &house.ctx;
    let mut facts = world.refer(ctx, Some(&world.credit)).await;
    move_to(ctx, &mut facts, Step::Won).await;
    house.clock.advance(TimeDelta::days(30));
    approved(house, world, &facts, PayingStep::Won).await;
    let line = line_of(ctx, &facts, PayingStep::Won).await;
    deliver(ctx, &world.marketing, line.id, line.version, "GS-1", None).await.unwrap();
    let line = line_of(ctx, &facts, PayingStep::Won).await;
    let why = TakeBack::Refund { percent };
    take_back(ctx, &world.marketing, line.id, line.version, why, &reason()).await.unwrap();
    let found = life(ctx, &world.marketing, line.id).await.unwrap().unwrap().shortfalls;
    (facts, found.into_iter().next_back().unwrap())
}

async fn decide(
    ctx: &Ctx,
    by: &Actor,
    one: &StoredShortfall,
    decision: ShortfallDecision,
) -> Result<(), ActError> {
    decide_shortfall(ctx, by, one.shortfall.id, one.version, decision, &reason()).await
}

async fn now(ctx: &Ctx, world: &World, id: ShortfallId) -> StoredShortfall {
    shortfall(ctx, &world.marketing, id).await.unwrap().unwrap().0
}

async fn receivable(ctx: &Ctx, world: &World) -> i64 {
    let own = mine(ctx, &world.advocate.referrer().unwrap(), None).await.unwrap();
    own.balance(euros(1).unit(), LedgerAccountKind::Receivable)
}

#[tokio::test]
async fn it_comes_off_the_next_rewards_of_the_same_receiver() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let (_, one) = taken_back(&house, &world, 50).await;
        assert_eq!((one.shortfall.left(), one.shortfall.state), (Some(euros(20)), ShortfallState::Open));

        // Before somebody decides, nothing comes off.
        let mut next = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut next, Step::Won).await;
        house.clock.advance(TimeDelta::days(30));
        approved(&house, &world, &next, PayingStep::Meeting).await;
        assert_eq!(line_of(ctx, &next, PayingStep::Meeting).await.set_off, 0);
        for _ in 0..2 {
            decide(ctx, &world.marketing, &one, ShortfallDecision::SetOff).await.unwrap();
        }

        // A donation goes to somebody else: nothing comes off it.
        let mut given = world.refer(ctx, Some(&world.donation)).await;
        move_to(ctx, &mut given, Step::Accepted).await;
        house.clock.advance(TimeDelta::days(30));
        approved(&house, &world, &given, PayingStep::Accepted).await;
        assert_eq!(line_of(ctx, &given, PayingStep::Accepted).await.set_off, 0);

        // Ten euros are set off as a whole: nothing is left to hand over.
        approved(&house, &world, &next, PayingStep::Accepted).await;
        let small = line_of(ctx, &next, PayingStep::Accepted).await;
        assert_eq!((small.state, small.set_off, small.to_hand_over()), (RewardCode::Fulfilled, 1_000, None));
        assert!(small.proof.is_none() && small.delivery.is_some_and(|task| task.done_at.is_some()));
        assert_eq!(now(ctx, &world, one.shortfall.id).await.shortfall.left(), Some(euros(10)));
        check(ctx).await;

        // Of thirty the rest of ten comes off, and the billing system is told of twenty.
        approved(&house, &world, &next, PayingStep::Qualified).await;
        let line = line_of(ctx, &next, PayingStep::Qualified).await;
        let expected = (RewardCode::Approved, 1_000, Some(euros(20)));
        assert_eq!((line.state, line.set_off, line.to_hand_over()), expected);
        let credits = open_credits(ctx, &world.marketing).await.unwrap().unwrap();
        let credit = credits.iter().find(|credit| credit.reward == line.id).unwrap();
        assert_eq!(credit.amount, euros(20));
        assert!(credits.iter().all(|credit| credit.reward != small.id));
        deliver(ctx, &world.marketing, line.id, line.version, "GS-2", None).await.unwrap();
        assert_eq!(now(ctx, &world, one.shortfall.id).await.shortfall.left(), None);
        approved(&house, &world, &next, PayingStep::Won).await;
        assert_eq!(line_of(ctx, &next, PayingStep::Won).await.set_off, 0, "nothing is left of it");
        assert_eq!(receivable(ctx, &world).await, 0);
        assert!(shortfalls(ctx, &world.marketing).await.unwrap().unwrap().is_empty());

        let year = chrono::Datelike::year(&today(ctx));
        let referrer = world.advocate.referrer().unwrap();
        let mut said = String::new();
        for year in [year - 1, year] {
            said += &String::from_utf8(statement(ctx, &referrer, year, Language::English).await.unwrap())
                .unwrap();
        }
        assert_eq!(said.matches("set off").count(), 2, "{said}");
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn what_it_came_off_may_come_to_nothing_and_then_it_is_left_again() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let (_, one) = taken_back(&house, &world, 50).await;
        decide(ctx, &world.marketing, &one, ShortfallDecision::SetOff).await.unwrap();
        let mut next = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut next, Step::Won).await;
        house.clock.advance(TimeDelta::days(30));
        approved(&house, &world, &next, PayingStep::Won).await;
        let line = line_of(ctx, &next, PayingStep::Won).await;
        assert_eq!((line.set_off, receivable(ctx, &world).await), (2_000, 0));

        // Three quarters of the deal are refunded: ten euros are owed, and only they can be set off.
        let why = TakeBack::Refund { percent: 75 };
        take_back(ctx, &world.marketing, line.id, line.version, why, &reason()).await.unwrap();
        let line = line_of(ctx, &next, PayingStep::Won).await;
        assert_eq!((line.amount, line.set_off, line.to_hand_over()), (Some(euros(10)), 1_000, None));
        assert_eq!(now(ctx, &world, one.shortfall.id).await.shortfall.left(), Some(euros(10)));
        let credits = open_credits(ctx, &world.marketing).await.unwrap().unwrap();
        assert!(credits.is_empty(), "there is nothing to book: {credits:?}");
        check(ctx).await;

        // What is left is waived; then the stage is put right, and what came off is to be decided anew.
        let known = now(ctx, &world, one.shortfall.id).await;
        decide(ctx, &world.marketing, &known, ShortfallDecision::Waive).await.unwrap();
        move_to(ctx, &mut next, Step::Qualified).await;
        let known = now(ctx, &world, one.shortfall.id).await.shortfall;
        assert_eq!((known.left(), known.state), (Some(euros(10)), ShortfallState::Open));
        assert_eq!(line_of(ctx, &next, PayingStep::Won).await.set_off, 0);
        assert_eq!(receivable(ctx, &world).await, 1_000);
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn marketing_decides_and_never_about_their_own() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let (_, one) = taken_back(&house, &world, 100).await;
        assert_eq!(one.shortfall.left(), Some(euros(40)));
        let ask = |days| ShortfallDecision::AskBack {
            until: today(ctx).checked_add_days(Days::new(days)).unwrap(),
        };
        let manager = member(ctx, None, Role::AccountManager, "Mira Eins").await;
        let colleague = member(ctx, Some(world.account), Role::Marketing, "Kollegin").await;
        for (who, allowed) in [(&world.advocate, false), (&manager, false), (&colleague, true)] {
            let refused = decide(ctx, who, &one, ShortfallDecision::Waive).await;
            match refused {
                Err(ActError::NotAllowed) => assert!(!allowed),
                Err(ActError::Rule(RewardError::OwnReward)) => assert!(allowed),
                other => panic!("{other:?}"),
            }
        }
        assert!(shortfalls(ctx, &manager).await.unwrap().is_none());
        assert!(shortfall(ctx, &world.advocate, one.shortfall.id).await.unwrap().is_none());
        assert!(
            shortfall(ctx, &colleague, one.shortfall.id).await.unwrap().unwrap().1,
            "their own company's"
        );

        let over = ShortfallDecision::AskBack { until: today(ctx).pred_opt().unwrap() };
        let refused = decide(ctx, &world.marketing, &one, over).await;
        assert!(matches!(refused, Err(ActError::Shortfall(ShortfallError::DayOver))), "{refused:?}");
        for _ in 0..2 {
            decide(ctx, &world.marketing, &one, ask(14)).await.unwrap();
        }
        let stale = decide(ctx, &world.marketing, &one, ask(15)).await;
        assert!(matches!(stale, Err(ActError::Stale)), "{stale:?}");
        house.run_jobs().await;
        let asked: Vec<_> = house
            .mails
            .sent()
            .into_iter()
            .filter(|mail| mail.subject.starts_with("Bitte um Rückgabe"))
            .map(|mail| mail.text)
            .collect();
        assert_eq!(asked.len(), 1, "{asked:?}");
        assert!(asked[0].contains(reason().as_str()) && !asked[0].contains("40"), "{}", asked[0]);
        let own = mine(ctx, &world.advocate.referrer().unwrap(), None).await.unwrap().shortfalls;
        assert_eq!(
            own.iter().map(|one| one.shortfall.state).collect::<Vec<_>>(),
            [ShortfallState::AskedBack]
        );
        let other = member(ctx, Some(world.account), Role::Advocate, "Karl Amsel").await;
        let theirs = mine(ctx, &other.referrer().unwrap(), None).await.unwrap();
        assert!(theirs.shortfalls.is_empty(), "a colleague's is not shown");

        // It comes back, with its proof; then there is nothing to decide any more.
        let asked = now(ctx, &world, one.shortfall.id).await;
        let proof = Proof::new("Zahlung 17", Some(today(ctx)), today(ctx)).unwrap();
        let back = ShortfallDecision::Returned { proof };
        decide(ctx, &world.marketing, &asked, back.clone()).await.unwrap();
        let done = now(ctx, &world, one.shortfall.id).await;
        assert_eq!((done.shortfall.left(), done.shortfall.state), (None, ShortfallState::Returned));
        let again = decide(ctx, &world.marketing, &done, back).await;
        assert!(matches!(again, Err(ActError::Shortfall(ShortfallError::Settled))), "{again:?}");
        assert_eq!(receivable(ctx, &world).await, 0);
        check(ctx).await;

        let (_, two) = taken_back(&house, &world, 25).await;
        decide(ctx, &world.marketing, &two, ShortfallDecision::Waive).await.unwrap();
        let own = mine(ctx, &world.advocate.referrer().unwrap(), None).await.unwrap();
        assert_eq!(own.balance(euros(1).unit(), LedgerAccountKind::Waived), 1_000);
        assert_eq!(own.balance(euros(1).unit(), LedgerAccountKind::Receivable), 0);
        check(ctx).await;

        // Each is found anew from the ledger.
        let before = [now(ctx, &world, one.shortfall.id).await, now(ctx, &world, two.shortfall.id).await];
        let (_, open) = taken_back(&house, &world, 50).await;
        store::testing::migrate_again(&ctx.store, "m20261130_000520_shortfalls").await;
        for known in &before {
            let reward = known.shortfall.reward;
            let found = life(ctx, &world.marketing, reward).await.unwrap().unwrap().shortfalls;
            let [found] = found.as_slice() else { panic!("{found:?}") };
            assert_eq!((found.shortfall.amount, found.shortfall.rest), (known.shortfall.amount, 0));
            assert_eq!(found.shortfall.state, known.shortfall.state);
        }
        let found = shortfalls(ctx, &world.marketing).await.unwrap().unwrap();
        let [found] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(
            (found.shortfall.reward, found.shortfall.left()),
            (open.shortfall.reward, Some(euros(20)))
        );
        decide(ctx, &world.marketing, found, ShortfallDecision::Waive).await.unwrap();
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn two_rewards_that_are_approved_at_once_never_set_off_the_same() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let (_, one) = taken_back(&house, &world, 50).await;
        decide(ctx, &world.marketing, &one, ShortfallDecision::SetOff).await.unwrap();
        let mut lines = Vec::new();
        for _ in 0..3 {
            let mut facts = world.refer(ctx, Some(&world.credit)).await;
            move_to(ctx, &mut facts, Step::Won).await;
            lines.push(facts);
        }
        house.clock.advance(TimeDelta::days(30));
        let [first, second, third] = lines.as_slice() else { panic!("three of them") };
        tokio::join!(
            approved(&house, &world, first, PayingStep::Qualified),
            approved(&house, &world, second, PayingStep::Qualified),
            approved(&house, &world, third, PayingStep::Qualified)
        );
        let mut off = 0;
        for facts in &lines {
            off += line_of(ctx, facts, PayingStep::Qualified).await.set_off;
        }
        assert_eq!(off, 2_000, "all of it, once");
        assert_eq!(receivable(ctx, &world).await, 0);
        check(ctx).await;
        house.close().await;
    }
}
