//! Credits handed to the billing system, and its bookings, taken exactly once.

use chrono::TimeDelta;
use domain::{
    incentives::PayingStep,
    members::{Actor, Role},
    referrals::{Facts, Step},
    rewards::{CreditReference, RewardCode, RewardError, TaxCategory},
    text::CompanyName,
};
use services::{
    Ctx,
    rewards::{
        ActError, LineOutcome, approve, book_credits, categorise, export_credits, life, look_at_bookings,
        open_credits,
    },
    testing::TestHouse,
};

use crate::rewards_world::*;

/// A credit of 40 € that is approved.
async fn approved(house: &TestHouse, world: &World) -> Facts {
    let ctx = &house.ctx;
    let mut facts = world.refer(ctx, Some(&world.credit)).await;
    move_to(ctx, &mut facts, Step::Won).await;
    house.clock.advance(TimeDelta::days(30));
    let line = line_of(ctx, &facts, PayingStep::Won).await;
    assert!(approve(ctx, &world.marketing, line.id, line.version).await.unwrap());
    facts
}

async fn reference(ctx: &Ctx, facts: &Facts) -> String {
    CreditReference::of(line_of(ctx, facts, PayingStep::Won).await.id).to_string()
}

async fn state(ctx: &Ctx, facts: &Facts) -> RewardCode {
    line_of(ctx, facts, PayingStep::Won).await.state
}

#[tokio::test]
async fn an_export_names_each_credit_by_the_same_reference_and_holds_no_formula() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let facts = approved(&house, &world).await;
        let name = CompanyName::parse("=SUMME(A1) GmbH").unwrap();
        let tx = ctx.store.begin().await.unwrap();
        let known = tx.accounts().details(world.account).await.unwrap().unwrap();
        let fields = store::accounts::AccountFields { name, ..known.fields };
        let by = world.marketing.inviting().unwrap();
        tx.accounts().change(by, world.account, &fields, known.version).await.unwrap();
        tx.commit().await.unwrap();
        assert!(matches!(export_credits(ctx, &world.advocate).await, Err(ActError::NotAllowed)));
        assert!(open_credits(ctx, &world.advocate).await.unwrap().is_none());
        let first = String::from_utf8(export_credits(ctx, &world.marketing).await.unwrap()).unwrap();
        house.clock.advance(TimeDelta::days(3));
        let second = String::from_utf8(export_credits(ctx, &world.marketing).await.unwrap()).unwrap();
        assert_eq!(first, second, "the same credits, the same references, the day of the first export");
        let reference = reference(ctx, &facts).await;
        let row = first.lines().find(|line| line.starts_with(&reference)).unwrap();
        assert!(row.contains(";'=SUMME(A1) GmbH;") && row.contains(";4000;EUR;"), "{row}");
        assert_eq!(first.matches(&reference).count(), 1);
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn finance_says_what_a_reward_is_for_tax_and_every_export_says_so() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let facts = approved(&house, &world).await;
        let line = line_of(ctx, &facts, PayingStep::Won).await;
        let known = line.category.unwrap();
        assert_eq!((known.category, known.confirmed), (TaxCategory::Mediation, false));
        let row = async || {
            let file = String::from_utf8(export_credits(ctx, &world.marketing).await.unwrap()).unwrap();
            let reference = CreditReference::of(line.id).to_string();
            file.lines().find(|line| line.starts_with(&reference)).unwrap().to_owned()
        };
        assert!(row().await.ends_with(";mediation;proposed"), "{}", row().await);
        let say = async |who: &Actor, seen, category| categorise(ctx, who, line.id, seen, category).await;
        let colleague = member(ctx, Some(world.account), Role::Marketing, "Till Berger").await;
        let own = say(&colleague, None, TaxCategory::Gift).await;
        assert!(matches!(own, Err(ActError::Rule(RewardError::OwnReward))), "{own:?}");
        assert!(matches!(say(&world.advocate, None, TaxCategory::Gift).await, Err(ActError::NotAllowed)));
        say(&world.marketing, None, TaxCategory::PriceReduction).await.unwrap();
        // Whoever has not seen that is told so, and nothing changes.
        let late = say(&world.marketing, None, TaxCategory::Gift).await;
        assert!(matches!(late, Err(ActError::Stale)), "{late:?}");
        let late = say(&world.marketing, Some(TaxCategory::Barter), TaxCategory::Gift).await;
        assert!(matches!(late, Err(ActError::Stale)), "{late:?}");
        assert!(row().await.ends_with(";price_reduction;confirmed"), "{}", row().await);
        let known = line_of(ctx, &facts, PayingStep::Won).await;
        assert_eq!(known.categorised.unwrap().0, "Jana Krüger");
        let year = chrono::Datelike::year(&ctx.now());
        let own = world.advocate.referrer().unwrap();
        let statement = services::rewards::statement(ctx, &own, year, domain::text::Language::German).await;
        let statement = String::from_utf8(statement.unwrap()).unwrap();
        assert!(statement.contains(";EUR;Preisnachlass\n"), "{statement}");
        assert!(
            statement.contains(";EUR;Vermittlung mit USt. und Gutschriftsbeleg (Vorschlag)\n"),
            "{statement}"
        );
        let steps = life(ctx, &world.marketing, line.id).await.unwrap().unwrap().steps;
        assert!(steps.iter().any(|step| step.action == "rewards.categorise"));
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn bookings_are_looked_at_first_and_taken_exactly_once() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let (one, two) = (approved(&house, &world).await, approved(&house, &world).await);
        let mut resting = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut resting, Step::Won).await;
        let today = ctx.now().with_timezone(&ctx.host.zone).date_naive();
        let (a, b) = (reference(ctx, &one).await, reference(ctx, &two).await);
        let c = reference(ctx, &resting).await;
        let unknown = CreditReference::of(unknown());
        let file = format!(
            "Kennung;Buchung;Tag;Betrag\n{a};RE-1;{today};4000\n{b};RE-2;{today};9999\n{c};RE-3;{today}\n\
             {unknown};RE-4;{today}\nquatsch;RE-5;{today}\n{a};RE-6;{today}\n{b};;{today}\n{b};RE-7;morgen\n"
        );
        let codes = |found: &services::rewards::Bookings| {
            let outcomes = found.lines.iter().map(|line| match line.outcome {
                LineOutcome::Booked => "booked",
                LineOutcome::Unchanged => "unchanged",
                LineOutcome::Refused(code) => code,
            });
            outcomes.collect::<Vec<_>>()
        };
        let looked = look_at_bookings(ctx, &world.marketing, &file).await.unwrap();
        let refused = [
            "booking_amount",
            "booking_not_approved",
            "booking_unknown",
            "booking_unknown",
            "booking_twice",
            "empty",
            "not_a_date",
        ];
        let expected: Vec<_> = std::iter::once("booked").chain(refused).collect();
        assert_eq!(codes(&looked), expected);
        assert_eq!(looked.lines[0].number, 2);
        assert_eq!(state(ctx, &one).await, RewardCode::Approved, "looking changes nothing");
        let not_theirs = book_credits(ctx, &world.advocate, &file).await;
        assert!(matches!(not_theirs, Err(ActError::NotAllowed)));

        book_credits(ctx, &world.marketing, &file).await.unwrap();
        assert_eq!(state(ctx, &one).await, RewardCode::Fulfilled);
        assert_eq!(state(ctx, &two).await, RewardCode::Approved);
        let proof = line_of(ctx, &one, PayingStep::Won).await.proof.unwrap();
        assert_eq!((proof.reference.as_str(), proof.on), ("RE-1", Some(today)));
        // The same file again, and another booking of the same credit.
        let again = book_credits(ctx, &world.marketing, &file).await.unwrap();
        assert_eq!(codes(&again)[0], "unchanged");
        let other = format!("Kennung;Buchung;Tag\n{a};RE-9;{today}\n");
        let other = book_credits(ctx, &world.marketing, &other).await.unwrap();
        assert_eq!(codes(&other), ["booking_other"]);
        assert_eq!(open_credits(ctx, &world.marketing).await.unwrap().unwrap().len(), 1);
        house.run_jobs().await;
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn more_lines_than_one_transaction_takes_are_all_booked() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let today = ctx.now().with_timezone(&ctx.host.zone).date_naive();
        let mut all = Vec::new();
        for _ in 0..23 {
            let mut facts = world.refer(ctx, Some(&world.credit)).await;
            move_to(ctx, &mut facts, Step::Won).await;
            all.push(facts);
        }
        house.clock.advance(TimeDelta::days(30));
        let mut file = "Kennung;Buchung;Tag\n".to_owned();
        for facts in &all {
            let line = line_of(ctx, facts, PayingStep::Won).await;
            approve(ctx, &world.marketing, line.id, line.version).await.unwrap();
            file += &format!("{};RE;{today}\n", CreditReference::of(line.id));
        }
        let both = tokio::join!(
            book_credits(ctx, &world.marketing, &file),
            book_credits(ctx, &world.marketing, &file)
        );
        assert!(both.0.is_ok() || both.1.is_ok(), "one of two at least is not overtaken: {both:?}");
        let found = book_credits(ctx, &world.marketing, &file).await.unwrap();
        let late = found.count(&LineOutcome::Booked) + found.count(&LineOutcome::Unchanged);
        assert_eq!(late, all.len());
        for facts in &all {
            assert_eq!(state(ctx, facts).await, RewardCode::Fulfilled);
        }
        house.run_jobs().await;
        check(ctx).await;
        house.close().await;
    }
}
