//! What is open at a day, and what a fiscal year has moved: counted from the ledger, so the past stays what it was.

use chrono::{Days, NaiveDate, TimeDelta};
use domain::{
    incentives::{PayingStep, Unit},
    referrals::Step,
    rewards::TaxCategory,
    text::{CompanyName, Currency, Language, PersonName, Reason},
};
use services::{
    Ctx,
    members::{RecordRelease, record_release},
    rewards::{
        TakeBack, YearReceiver, approve, categorise, deliver, obligations, obligations_file, receiver_year,
        receiver_year_file, take_back, year_end, year_end_file,
    },
    testing::TestHouse,
};

use crate::rewards_world::*;

fn today(ctx: &Ctx) -> NaiveDate {
    ctx.now().with_timezone(&ctx.host.zone).date_naive()
}

/// Euros reserved, owed, settled and to be returned at the end of a day.
async fn open(ctx: &Ctx, world: &World, on: NaiveDate) -> [i64; 4] {
    let found = obligations(ctx, &world.marketing, Some(on)).await.unwrap().unwrap();
    ["reserved", "owed", "settled", "receivable"].map(|state| {
        let of_state = found.standing.iter().filter(|line| line.account.as_str() == state);
        of_state.map(|line| line.value).sum::<i64>() / 100
    })
}

/// Euros open before, delivered, taken back, open after and to be returned, of the year that begins in this one.
async fn moved(ctx: &Ctx, world: &World, year: i32) -> Vec<[i64; 5]> {
    let found = year_end(ctx, &world.marketing, Some(year)).await.unwrap().unwrap();
    let figures = found.lines.iter().map(|line| {
        [line.open_before, line.delivered, line.taken_back, line.open_after, line.to_return]
            .map(|value| value / 100)
    });
    figures.collect()
}

#[tokio::test]
async fn a_day_in_the_past_says_what_was_true_then() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let mut facts = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut facts, Step::Won).await;
        let earned = today(ctx);
        house.clock.advance(TimeDelta::days(30));
        let line = line_of(ctx, &facts, PayingStep::Won).await;
        approve(ctx, &world.marketing, line.id, line.version).await.unwrap();
        let approved = today(ctx);
        house.clock.advance(TimeDelta::days(10));
        let line = line_of(ctx, &facts, PayingStep::Won).await;
        deliver(ctx, &world.marketing, line.id, line.version, "GS-1", None).await.unwrap();
        let delivered = today(ctx);
        house.clock.advance(TimeDelta::days(30));
        let line = line_of(ctx, &facts, PayingStep::Won).await;
        let (why, reason) = (TakeBack::Refund { percent: 50 }, Reason::parse("Halbiert").unwrap());
        take_back(ctx, &world.marketing, line.id, line.version, why, &reason).await.unwrap();

        let day_before = |day: NaiveDate| day.checked_sub_days(Days::new(1)).unwrap();
        for (on, expected) in [
            (day_before(earned), [0, 0, 0, 0]),
            (earned, [100, 0, 0, 0]),
            (day_before(approved), [100, 0, 0, 0]),
            (approved, [60, 40, 0, 0]),
            (delivered, [60, 0, 40, 0]),
            (day_before(today(ctx)), [60, 0, 40, 0]),
            (today(ctx), [60, 0, 20, 20]),
        ] {
            assert_eq!(open(ctx, &world, on).await, expected, "{on}");
        }
        // The calendar year ended between the delivery and the refund.
        assert_eq!(moved(ctx, &world, 2026).await, [[0, 40, 0, 60, 0]]);
        assert_eq!(moved(ctx, &world, 2027).await, [[60, 0, 20, 60, 20]]);
        // A fiscal year from July holds both.
        set(ctx, serde_json::json!({ "fiscal_month": 7 })).await;
        assert_eq!(moved(ctx, &world, 2026).await, [[0, 40, 20, 60, 20]]);
        assert!(moved(ctx, &world, 2025).await.is_empty());
        let found = obligations(ctx, &world.marketing, None).await.unwrap().unwrap();
        assert_eq!(found.on, today(ctx));
        assert_eq!(found.year_ends[0], NaiveDate::from_ymd_opt(2026, 6, 30).unwrap());
        assert!(obligations(ctx, &world.advocate, None).await.unwrap().is_none());
        assert!(year_end(ctx, &world.advocate, None).await.unwrap().is_none());

        // What finance says of a reward moves its amounts to another line, and changes no sum.
        categorise(ctx, &world.marketing, line.id, None, TaxCategory::PriceReduction).await.unwrap();
        assert_eq!(open(ctx, &world, today(ctx)).await, [60, 0, 20, 20]);
        let lines = moved(ctx, &world, 2026).await;
        assert!(lines.contains(&[0, 40, 20, 0, 20]) && lines.contains(&[0, 0, 0, 60, 0]), "{lines:?}");
        check(ctx).await;
        house.close().await;
    }
}

#[tokio::test]
async fn files_are_what_a_german_accounting_programme_reads() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let mut facts = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut facts, Step::Accepted).await;
        let tx = ctx.store.begin().await.unwrap();
        let known = tx.accounts().details(world.account).await.unwrap().unwrap();
        let name = CompanyName::parse("=SUMME(A1) GmbH").unwrap();
        let fields = store::accounts::AccountFields { name, ..known.fields };
        let by = world.marketing.inviting().unwrap();
        tx.accounts().change(by, world.account, &fields, known.version).await.unwrap();
        tx.commit().await.unwrap();

        let found = obligations(ctx, &world.marketing, None).await.unwrap().unwrap();
        for (language, heading, line) in [
            (
                Language::German,
                "Stichtag;Stand;",
                ";Vorgemerkt;Vermittlung mit USt. und Gutschriftsbeleg (Vorschlag);",
            ),
            (
                Language::English,
                "Day;State;",
                ";Reserved;Mediation with VAT and self-billing document (proposed);",
            ),
        ] {
            let file = String::from_utf8(obligations_file(&found, language)).unwrap();
            assert!(file.starts_with(&format!("\u{feff}{heading}")), "{file}");
            assert!(file.contains(line) && file.contains(";10,00;EUR"), "{file}");
        }
        let found = year_end(ctx, &world.marketing, None).await.unwrap().unwrap();
        let file = String::from_utf8(year_end_file(&found, Language::German)).unwrap();
        assert!(file.contains(";'=SUMME(A1) GmbH;Organisation;"), "{file}");
        assert!(file.contains(";EUR;0,00;0,00;0,00;10,00;0,00"), "{file}");
        let own = receiver_year(ctx, &world.marketing, YearReceiver::Company(world.account), None).await;
        let own = own.unwrap().unwrap();
        assert_eq!((own.lines.len(), own.totals.len()), (1, 1));
        let file = String::from_utf8(receiver_year_file(ctx, &own, Language::English)).unwrap();
        assert!(file.contains(";10,00;EUR;"), "{file}");
        let theirs = receiver_year(ctx, &world.advocate, YearReceiver::Company(world.account), None).await;
        assert!(theirs.unwrap().is_none());
        house.close().await;
    }
}

#[tokio::test]
async fn a_person_with_a_release_has_a_statement_of_their_own() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let command = RecordRelease {
            member: world.advocate.member,
            released_by: PersonName::parse("Karin Tjaden").unwrap(),
            released_on: today(ctx),
            valid_until: None,
            caps: [(Unit::Money(Currency::EUR), 50_000)].into(),
            document: "HR-1".to_owned(),
        };
        record_release(ctx, &world.marketing, command).await.unwrap();
        let mut facts = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut facts, Step::Accepted).await;
        let person = YearReceiver::Person(world.advocate.member);
        let found = receiver_year(ctx, &world.marketing, person, None).await.unwrap().unwrap();
        assert_eq!(found.name, "Anna Berger, Polar Kältetechnik");
        assert_eq!(found.totals[0].category.unwrap().category, TaxCategory::PersonIncome);
        assert_eq!((found.lines.len(), found.totals[0].open_after), (1, 1_000));
        let company = YearReceiver::Company(world.account);
        assert!(receiver_year(ctx, &world.marketing, company, None).await.unwrap().is_none());
        check(ctx).await;
        house.close().await;
    }
}
