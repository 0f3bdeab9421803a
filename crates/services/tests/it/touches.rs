//! Codes and clicks.

use std::sync::Arc;

use chrono::TimeDelta;
use domain::touches::{Channel, CodeKind, Visitor};
use services::{
    members::change_manners,
    testing::TestHouse,
    touches::{Click, Clicks, Target, TypedCodeError, find_typed_code, share_kit},
};

use store::members::Manners;

use crate::company::Company;

async fn annas_kit(house: &TestHouse, company: &Company) -> services::touches::ShareKit {
    let by = company.person(house, company.anna).await.actor.referrer().unwrap();
    share_kit(&house.ctx, &by, company.program).await.unwrap()
}

#[tokio::test]
async fn codes_are_made_on_first_sight_and_stay() {
    for house in TestHouse::all().await {
        let company = Company::on(&house).await;
        let kit = annas_kit(&house, &company).await;
        assert_eq!(kit.link_url, "https://empfehlen.halvern.example/r/anna-berger");
        assert!(kit.speakable.as_str().starts_with("MUEHLENAU-"));
        assert_eq!(annas_kit(&house, &company).await, kit, "the second sight shows the same");

        let namesake = Company::member(&house, company.annas_account, "Anna Berger", "a2@muehlenau.de").await;
        let by = company.person(&house, namesake).await.actor.referrer().unwrap();
        let other = share_kit(&house.ctx, &by, company.program).await.unwrap();
        assert_eq!(other.code.as_str(), "anna-berger-2");
        assert_ne!(other.speakable, kit.speakable);
        house.close().await;
    }
}

#[tokio::test]
async fn nobody_is_named_by_a_code_who_does_not_want_to_be() {
    for house in TestHouse::all().await {
        let company = Company::on(&house).await;
        let ctx = &house.ctx;
        let named = annas_kit(&house, &company).await;
        let manners = |shares_name| Manners { shares_name, refuses_gifts: false };
        change_manners(ctx, company.anna, manners(false)).await.unwrap();
        let neutral = annas_kit(&house, &company).await;
        assert!(neutral.code.as_str().starts_with("advocate-"), "{}", neutral.code);
        assert!(neutral.speakable.as_str().starts_with("CODE-"), "{}", neutral.speakable);
        // What is out leads on, and to the page of the new link.
        for code in [named.code.as_str(), neutral.code.as_str()] {
            let target = ctx.store.touches().target(code, CodeKind::Link).await.unwrap().unwrap();
            assert_eq!(target.member, company.anna, "{code}");
        }
        let shown = ctx.store.touches().current_link(company.anna, company.program).await.unwrap().unwrap();
        assert_eq!(shown.code, neutral.code.as_str());
        // Saying the same again changes nothing.
        change_manners(ctx, company.anna, manners(false)).await.unwrap();
        assert_eq!(annas_kit(&house, &company).await.code, neutral.code);

        // Somebody who has said so before their first look never had another.
        let second = Company::member(&house, company.annas_account, "Bea Bach", "bea@muehlenau.de").await;
        change_manners(ctx, second, manners(false)).await.unwrap();
        let by = company.person(&house, second).await.actor.referrer().unwrap();
        let kit = share_kit(ctx, &by, company.program).await.unwrap();
        assert!(kit.code.as_str().starts_with("advocate-") && kit.code != neutral.code, "{}", kit.code);
        house.close().await;
    }
}

#[tokio::test]
async fn two_first_sights_at_once_make_one_set_of_codes() {
    for house in TestHouse::all().await {
        let company = Company::on(&house).await;
        let (one, two) = tokio::join!(annas_kit(&house, &company), annas_kit(&house, &company));
        assert_eq!(one, two);
        house.close().await;
    }
}

#[tokio::test]
async fn a_thousand_clicks_at_once_are_all_there() {
    for house in TestHouse::all().await {
        let company = Company::on(&house).await;
        annas_kit(&house, &company).await;
        let clicks = Clicks::start(house.ctx.clone());
        let target = clicks.target("Anna_Berger").await.unwrap().unwrap();
        let mut waiting = tokio::task::JoinSet::new();
        for number in 0..1000 {
            let (clicks, target) = (clicks.clone(), target.clone());
            // Every tenth is a robot: kept, and not counted.
            let visitor = if number % 10 == 0 { Visitor::Robot } else { Visitor::Person };
            waiting.spawn(async move {
                let visitor_signs = format!("203.0.113.{}\0browser", number % 50);
                clicks.keep(Click { target, channel: Channel::Qr, visitor, visitor_signs }).await.unwrap()
            });
        }
        let ids: std::collections::BTreeSet<_> = waiting.join_all().await.into_iter().collect();
        assert_eq!(ids.len(), 1000, "each click has a number of its own");
        assert_eq!(house.ctx.store.touches().stored("anna-berger").await.unwrap(), 1000);
        assert_eq!(annas_kit(&house, &company).await.clicks_total, 900);
        let one = house.ctx.store.touches().touch(*ids.first().unwrap()).await.unwrap().unwrap();
        assert_eq!((one.member, one.channel), (company.anna, Channel::Qr));
        drop(clicks);
        house.close().await;
    }
}

#[tokio::test]
async fn a_days_salt_is_forgotten_after_48_hours() {
    for house in TestHouse::all().await {
        let company = Company::on(&house).await;
        annas_kit(&house, &company).await;
        let clicks = Clicks::start(house.ctx.clone());
        let target = clicks.target("anna-berger").await.unwrap().unwrap();
        let click = |target: &Arc<Target>| Click {
            target: target.clone(),
            channel: Channel::Link,
            visitor: Visitor::Person,
            visitor_signs: "203.0.113.9\0browser".into(),
        };
        clicks.keep(click(&target)).await.unwrap();
        house.clock.advance(TimeDelta::hours(24));
        clicks.keep(click(&target)).await.unwrap();
        let days = || async { house.ctx.store.touches().salted_days().await.unwrap().len() };
        house.run_jobs().await;
        assert_eq!(days().await, 2);
        house.clock.advance(TimeDelta::hours(24));
        house.run_jobs().await;
        assert_eq!(days().await, 1, "48 hours after it was made, the first day's salt is gone");
        house.clock.advance(TimeDelta::hours(24));
        house.run_jobs().await;
        assert_eq!(days().await, 0);
        drop(clicks);
        house.close().await;
    }
}

#[tokio::test]
async fn of_an_address_only_a_hash_of_the_day_is_kept() {
    for house in TestHouse::all().await {
        let company = Company::on(&house).await;
        annas_kit(&house, &company).await;
        let clicks = Clicks::start(house.ctx.clone());
        let target = clicks.target("anna-berger").await.unwrap().unwrap();
        // Twice the same visitor, another one, and the first again on the next day.
        for (hours, address) in
            [(0, "203.0.113.9"), (1, "203.0.113.9"), (1, "203.0.113.7"), (24, "203.0.113.9")]
        {
            house.clock.advance(TimeDelta::hours(hours));
            let visitor_signs = format!("{address}\0browser");
            let click = Click {
                target: target.clone(),
                channel: Channel::Link,
                visitor: Visitor::Person,
                visitor_signs,
            };
            clicks.keep(click).await.unwrap();
        }
        let hashes = store::testing::visitor_hashes(&house.ctx.store).await;
        let [first, again, other, next_day] = hashes.as_slice() else { panic!("{hashes:?}") };
        assert_eq!(first, again, "one visitor of one day");
        assert!(other != first && next_day != first && next_day != other, "{hashes:?}");
        for hash in &hashes {
            assert!(hash.len() >= 16 && !hash.contains("203") && !hash.contains("browser"), "{hash}");
        }
        drop(clicks);
        house.close().await;
    }
}

#[tokio::test]
async fn typed_codes_are_forgiving_and_throttled() {
    for house in TestHouse::all().await {
        let company = Company::on(&house).await;
        let kit = annas_kit(&house, &company).await;
        let spoken = kit.speakable.as_str().to_lowercase().replace('-', " ");
        let found = find_typed_code(&house.ctx, &spoken, "203.0.113.1").await.unwrap();
        assert_eq!(found.member, company.anna);
        let by_link = find_typed_code(&house.ctx, "anna-berger", "203.0.113.1").await.unwrap();
        assert_eq!(by_link.member, company.anna);
        for nonsense in ["", "😀", "NIEMAND-99"] {
            let error = find_typed_code(&house.ctx, nonsense, "203.0.113.1").await.unwrap_err();
            assert!(matches!(error, TypedCodeError::Unknown), "{nonsense}");
        }
        for _ in 0..15 {
            let _ = find_typed_code(&house.ctx, "NIEMAND-99", "203.0.113.1").await;
        }
        let error = find_typed_code(&house.ctx, &spoken, "203.0.113.1").await.unwrap_err();
        assert!(matches!(error, TypedCodeError::Throttled));
        assert!(find_typed_code(&house.ctx, &spoken, "203.0.113.2").await.is_ok(), "others are not held up");
        house.close().await;
    }
}

#[tokio::test]
async fn unknown_codes_lead_nowhere_and_spoken_ones_are_no_links() {
    for house in TestHouse::all().await {
        let company = Company::on(&house).await;
        let kit = annas_kit(&house, &company).await;
        let clicks = Clicks::start(house.ctx.clone());
        for code in ["nobody", "../x", "", kit.speakable.as_str()] {
            assert_eq!(clicks.target(code).await.unwrap(), None, "{code}");
        }
        let spoken =
            house.ctx.store.touches().target(kit.speakable.as_str(), CodeKind::Spoken).await.unwrap();
        assert_eq!(spoken.unwrap().member, company.anna);
        drop(clicks);
        house.close().await;
    }
}
