//! What billing tells of deals after they were won: looked at line by line, and taken exactly once.

use chrono::TimeDelta;
use domain::{
    incentives::{Amount, PayingStep},
    members::Role,
    referrals::{Facts, Step},
    rewards::{ConversionEffect, DealReference, RewardCode},
};
use services::{
    Ctx,
    rewards::{
        ActError, ConversionOutcome, Conversions, approve, conversions_template, deliver, latest_conversions,
        look_at_conversions, refused_conversions, take_conversions, take_conversions_of_host,
    },
    testing::TestHouse,
};

use crate::rewards_world::*;

/// A deal of 400 € whose credit of 40 € rests.
async fn won(ctx: &Ctx, world: &World) -> Facts {
    let mut facts = world.refer(ctx, Some(&world.credit)).await;
    let tx = ctx.store.begin().await.unwrap();
    let version = tx.referrals().load(facts.id).await.unwrap().unwrap().version;
    tx.referrals().set_deal(facts.id, version, euros(400)).await.unwrap();
    tx.commit().await.unwrap();
    move_to(ctx, &mut facts, Step::Won).await;
    facts
}

/// The same, delivered a month later.
async fn delivered(house: &TestHouse, world: &World) -> Facts {
    let ctx = &house.ctx;
    let facts = won(ctx, world).await;
    house.clock.advance(TimeDelta::days(30));
    let line = line_of(ctx, &facts, PayingStep::Won).await;
    assert!(approve(ctx, &world.marketing, line.id, line.version).await.unwrap());
    let line = line_of(ctx, &facts, PayingStep::Won).await;
    deliver(ctx, &world.marketing, line.id, line.version, "GS-1", None).await.unwrap();
    facts
}

/// One line of billing's file, today.
fn told(ctx: &Ctx, event: &str, facts: &Facts, kind: &str, amount: &str) -> String {
    let today = ctx.now().with_timezone(&ctx.host.zone).date_naive();
    format!("{event};{};{kind};{today};{amount};EUR\n", DealReference::of(facts.id))
}

fn file(lines: &[String]) -> String {
    format!("event_id;referral;kind;date;amount;currency\n{}", lines.concat())
}

fn codes(found: &Conversions) -> Vec<String> {
    let code = |outcome: &ConversionOutcome| match outcome {
        ConversionOutcome::Takes(effect) => effect.as_str().to_owned(),
        ConversionOutcome::Unchanged => "unchanged".to_owned(),
        ConversionOutcome::Refused(code) => code.clone(),
    };
    found.lines.iter().map(|line| code(&line.outcome)).collect()
}

/// State and euros of the part on `won`.
async fn state(ctx: &Ctx, facts: &Facts) -> (RewardCode, i64) {
    let line = line_of(ctx, facts, PayingStep::Won).await;
    (line.state, line.amount.map_or(0, Amount::value) / 100)
}

async fn take(ctx: &Ctx, world: &World, lines: &[String]) -> Vec<String> {
    let file = file(lines);
    let looked = look_at_conversions(ctx, &world.marketing, &file).await.unwrap();
    let taken = take_conversions(ctx, &world.marketing, &file).await.unwrap();
    assert_eq!(looked, taken, "what the look says is what happens");
    codes(&taken)
}

#[tokio::test]
async fn a_file_is_looked_at_line_by_line_and_each_event_is_taken_once() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let (one, two) = (won(ctx, &world).await, world.refer(ctx, Some(&world.credit)).await);
        let lines = [
            told(ctx, "G-1", &one, "Erstattung", "100,00"),
            told(ctx, "G-2", &two, "refund", "1"),
            told(ctx, "G-3", &one, "reduced", "350"),
            told(ctx, "G-1", &one, "Erstattung", "100,00"),
            told(ctx, "G-1", &one, "Erstattung", "99,00"),
            told(ctx, "G-4", &one, "reduced", "100"),
            told(ctx, "", &one, "reduced", "100"),
            told(ctx, "G-5", &one, "upsell", "900"),
        ];
        let expected = [
            "taken_back",
            "conversion_not_won",
            "conversion_more_than_deal",
            "unchanged",
            "conversion_other",
            "taken_back",
            "conversion_event",
            "noted",
        ];
        let before = look_at_conversions(ctx, &world.marketing, &file(&lines)).await.unwrap();
        assert_eq!(codes(&before), expected);
        assert_eq!(state(ctx, &one).await, (RewardCode::Clearing, 40), "nothing happened yet");
        assert!(latest_conversions(ctx, &world.marketing).await.unwrap().unwrap().is_empty());
        let theirs = take_conversions(ctx, &world.advocate, &file(&lines)).await;
        assert!(matches!(theirs, Err(ActError::NotAllowed)));

        assert_eq!(take(ctx, &world, &lines).await, expected);
        assert_eq!(
            state(ctx, &one).await,
            (RewardCode::Clearing, 20),
            "half of the deal, half of the reward"
        );
        let again = take(ctx, &world, &lines).await;
        assert_eq!(again.iter().filter(|code| *code == "unchanged").count(), 4, "{again:?}");
        assert_eq!(state(ctx, &one).await, (RewardCode::Clearing, 20));
        assert_eq!(latest_conversions(ctx, &world.marketing).await.unwrap().unwrap().len(), 3);

        let found = look_at_conversions(ctx, &world.marketing, &file(&lines)).await.unwrap();
        let errors = refused_conversions(&found, words::Words::new(domain::text::Language::German));
        let wrong = errors.lines().find(|line| line.contains(";G-2;")).unwrap();
        assert!(wrong.starts_with("3;Diese Empfehlung hat keinen Auftrag gebracht"), "{wrong}");

        // The rest of the deal goes back: nothing is left, however it was rounded on the way.
        assert_eq!(take(ctx, &world, &[told(ctx, "G-6", &one, "refund", "200")]).await, ["taken_back"]);
        assert_eq!(state(ctx, &one).await, (RewardCode::Reversed, 20));
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn a_template_names_every_deal_and_says_nothing_while_it_is_empty() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let facts = won(ctx, &world).await;
        let template = conversions_template(ctx, &world.marketing).await.unwrap();
        let template = services::imports::text::decode(&template).into_owned();
        assert!(template.contains(&DealReference::of(facts.id).to_string()), "{template}");
        let found = look_at_conversions(ctx, &world.marketing, &template).await.unwrap();
        assert!(found.lines.is_empty() && !found.no_columns, "{found:?}");
        let other = look_at_conversions(ctx, &world.marketing, "Firma;Land\nA;DE\n").await.unwrap();
        assert!(other.no_columns);
        house.close().await;
    }
}

#[tokio::test]
async fn each_kind_has_its_result_before_and_after_the_delivery() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let done = [
            delivered(&house, &world).await,
            delivered(&house, &world).await,
            delivered(&house, &world).await,
        ];
        let open = [won(ctx, &world).await, won(ctx, &world).await, won(ctx, &world).await];
        let lines = [
            told(ctx, "D-1", &done[0], "unpaid", ""),
            told(ctx, "D-2", &done[1], "insolvent", ""),
            told(ctx, "D-3", &done[2], "reduced", "100"),
            told(ctx, "O-1", &open[0], "unpaid", ""),
            told(ctx, "O-2", &open[1], "insolvent", ""),
            told(ctx, "O-3", &open[2], "cancelled", ""),
        ];
        let expected = ["noted", "noted", "to_return", "taken_back", "taken_back", "taken_back"];
        assert_eq!(take(ctx, &world, &lines).await, expected);
        for stays in &done[..2] {
            assert_eq!(state(ctx, stays).await, (RewardCode::Fulfilled, 40));
        }
        assert_eq!(state(ctx, &done[2]).await, (RewardCode::Fulfilled, 30));
        let short = services::rewards::shortfalls(ctx, &world.marketing).await.unwrap().unwrap();
        assert_eq!(short.iter().map(|one| one.shortfall.amount).collect::<Vec<_>>(), [euros(10)]);
        for gone in &open {
            assert_eq!(state(ctx, gone).await.0, RewardCode::Reversed);
        }

        // What is paid after all is earned again, with its rest before it; what is lost stays lost.
        let lines = [
            told(ctx, "O-4", &open[0], "paid", ""),
            told(ctx, "O-5", &open[1], "paid", ""),
            told(ctx, "O-6", &open[2], "paid", ""),
        ];
        assert_eq!(take(ctx, &world, &lines).await, ["earned_again", "noted", "noted"]);
        assert_eq!(state(ctx, &open[0]).await, (RewardCode::Clearing, 40));
        check(ctx).await;

        // After the days for refunds nothing changes any more, whatever happens.
        house.clock.advance(TimeDelta::days(91));
        let late = [told(ctx, "L-1", &open[0], "cancelled", ""), told(ctx, "L-2", &open[0], "refund", "400")];
        assert_eq!(take(ctx, &world, &late).await, ["too_late", "too_late"]);
        assert_eq!(state(ctx, &open[0]).await, (RewardCode::Clearing, 40));
        check(ctx).await;
        // Whoever goes back to a schema without these tables loses what was told, and nothing else.
        store::testing::migrate_again(&ctx.store, "m20261130_000700_conversions").await;
        assert!(latest_conversions(ctx, &world.marketing).await.unwrap().unwrap().is_empty());
        assert_eq!(state(ctx, &done[2]).await, (RewardCode::Fulfilled, 30));
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn nobody_tells_of_their_own_company_and_a_stage_put_right_does_not_pay_what_is_unpaid() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let mut facts = won(ctx, &world).await;
        let colleague = member(ctx, Some(world.account), Role::Marketing, "Till Berger").await;
        let line = file(&[told(ctx, "U-1", &facts, "unpaid", "")]);
        let found = look_at_conversions(ctx, &colleague, &line).await.unwrap();
        assert_eq!(codes(&found), ["reward_own_reward"]);
        // The command line is nobody's.
        let looked = take_conversions_of_host(ctx, &line, true).await.unwrap();
        assert_eq!(codes(&looked), ["taken_back"]);
        assert_eq!(state(ctx, &facts).await.0, RewardCode::Clearing);
        take_conversions_of_host(ctx, &line, false).await.unwrap();
        move_to(ctx, &mut facts, Step::Qualified).await;
        move_to(ctx, &mut facts, Step::Won).await;
        assert_eq!(state(ctx, &facts).await.0, RewardCode::Reversed, "it is not paid yet");
        let paid = take(ctx, &world, &[told(ctx, "U-2", &facts, "paid", "")]).await;
        assert_eq!(paid, [ConversionEffect::EarnedAgain.as_str()]);
        assert_eq!(state(ctx, &facts).await, (RewardCode::Clearing, 40));
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn the_same_file_in_two_hands_at_once_is_taken_once() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let facts = won(ctx, &world).await;
        let (one, two) = (
            file(&[told(ctx, "G-1", &facts, "refund", "100")]),
            file(&[told(ctx, "G-2", &facts, "refund", "100"), told(ctx, "G-1", &facts, "refund", "100")]),
        );
        let (a, b) = tokio::join!(
            take_conversions(ctx, &world.marketing, &one),
            take_conversions(ctx, &world.marketing, &two)
        );
        for result in [a, b] {
            assert!(matches!(result, Ok(_) | Err(ActError::Stale)), "{result:?}");
        }
        take_conversions(ctx, &world.marketing, &two).await.unwrap();
        assert_eq!(state(ctx, &facts).await, (RewardCode::Clearing, 20), "a quarter twice, once each");
        check(ctx).await;
        house.close().await;
    }
}
