//! Several servers on one PostgreSQL: they know the same people, share the work, and forget what another one has changed.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use domain::text::EmailAddress;
use services::{
    imports::{Importing, import_customers},
    jobs::run_due,
    members::request_sign_in,
    testing::TestHouse,
};

use crate::{
    browser::{Beside, Browser},
    furnished::{ADVOCATE, STAFF, furnished},
};

#[tokio::test]
async fn a_session_made_at_one_works_and_ends_at_the_other() {
    for house in TestHouse::all().await {
        let Some(ctx) = house.beside(None).await else { continue };
        let (web, other) = (furnished(house).await, Beside::over(&ctx));
        let mut staff = Browser::speaking("de");
        staff.sign_in(&web, STAFF).await;
        assert_eq!(staff.get(&other, "/manage/people").await.status, StatusCode::OK);
        // What is typed at one and refused is still there at the other.
        let refused = staff.post(&other, "/manage/people/invite", &[("name", "Eva Brief")]).await;
        assert_eq!(staff.get(&web, refused.place()).await.value("name"), "Eva Brief");
        assert!(staff.clone().post(&other, "/sign-out/everywhere", &[]).await.status.is_redirection());
        assert_eq!(staff.get(&web, "/manage/people").await.place(), "/sign-in");
        ctx.store.close().await.unwrap();
        web.house.close().await;
    }
}

#[tokio::test]
async fn what_one_has_changed_the_other_does_not_remember_otherwise() {
    for house in TestHouse::all().await {
        let Some(ctx) = house.beside(None).await else { continue };
        let (web, other) = (furnished(house).await, Beside::over(&ctx));
        let (mut staff, mut anna) = (Browser::speaking("de"), Browser::speaking("de"));
        staff.sign_in(&web, STAFF).await;
        anna.sign_in(&web, ADVOCATE).await;
        for page in [anna.get(&web, "/tiers").await.html, anna.get(&other, "/tiers").await.html] {
            assert!(page.contains("Silber") && !page.contains("Silber mit Rand"), "{page}");
        }
        let path = "/manage/tiers/draft";
        let version = staff.get(&web, path).await.value("version");
        let tiers = [
            ("version", version.as_str()),
            ("code0", "silver"),
            ("name_de0", "Silber mit Rand"),
            ("name_en0", "Silver"),
            ("benefits_de0", "Etwas"),
            ("benefits_en0", "Something"),
            ("metric0_0", "won_referrals"),
            ("value0_0", "1"),
            ("period0_0", "lifetime"),
        ];
        assert_eq!(staff.post(&other, path, &tiers).await.place(), "/manage/tiers/preview");
        let version = staff.get(&web, "/manage/tiers/preview").await.value("version");
        let effect = [("version", version.as_str()), ("confirmed", "yes")];
        assert_eq!(staff.post(&other, "/manage/tiers/effect", &effect).await.place(), "/manage/tiers");
        web.house.run_jobs().await;
        for page in [anna.get(&web, "/tiers").await.html, anna.get(&other, "/tiers").await.html] {
            assert!(page.contains("Silber mit Rand"), "{page}");
        }
        ctx.store.close().await.unwrap();
        web.house.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn each_job_runs_once_however_many_work() {
    const PEOPLE: usize = 40;
    for house in TestHouse::all().await {
        let Some(second) = house.beside(None).await else { continue };
        let third = house.beside(None).await.unwrap();
        let mut list = String::from("company;domains;country;status;person;mail\n");
        for n in 0..PEOPLE {
            list += &format!("Werk {n};werk{n}.example;DE;customer;Person {n};p@werk{n}.example\n");
        }
        let report = import_customers(&house.ctx, &list, &Importing::default()).await.unwrap();
        assert!(report.refused.is_empty(), "{report:?}");
        for n in 0..PEOPLE {
            let address: EmailAddress = format!("p@werk{n}.example").parse().unwrap();
            request_sign_in(&house.ctx, &address, "a browser", &format!("source {n}")).await.unwrap();
        }
        // Each of these orders another one: the mail itself.
        let work = |ctx: services::Ctx| tokio::spawn(async move { run_due(&ctx).await });
        let (one, two, three) =
            tokio::join!(work(house.ctx.clone()), work(second.clone()), work(third.clone()));
        for worked in [one, two, three] {
            worked.unwrap().unwrap();
        }
        house.run_jobs().await;
        let sent = house.mails.sent();
        let different: BTreeSet<_> = sent.iter().map(|mail| (&mail.to, &mail.message_id)).collect();
        assert_eq!((sent.len(), different.len()), (PEOPLE, PEOPLE));
        second.store.close().await.unwrap();
        third.store.close().await.unwrap();
        house.close().await;
    }
}
