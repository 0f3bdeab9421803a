//! What is kept about a contact: they see all of it with its source, whoever looks after them sees the proof of consent.

use axum::http::StatusCode;
use services::{
    members::{Manners, change_manners},
    rewards::{approve, deliver},
    testing::TestHouse,
};

use crate::{
    browser::{Answer, Browser, Web},
    furnished::{ADVOCATE, STAFF, agree, carried, furnished, refer},
};

fn read(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::OK);
    answer.html.replace("<!>", "")
}

/// An advocate's referral, its contact's own page, and somebody of staff.
async fn scene(house: TestHouse) -> (Web, Browser, domain::ids::ReferralId, String) {
    let web = furnished(house).await;
    let mut advocate = Browser::speaking("de");
    advocate.sign_in(&web, ADVOCATE).await;
    let id = refer(&web, &mut advocate, "Guthaben").await;
    let link = carried(&advocate.get(&web, &format!("/referrals/{id}")).await.html);
    let mine = agree(&web, &link).await;
    let mut staff = Browser::speaking("de");
    staff.sign_in(&web, STAFF).await;
    (web, staff, id, mine)
}

/// The panel of what a referral has brought.
fn wins(page: &str) -> &str {
    page.split("id=\"win-of-referral\"").nth(1).unwrap().split("</section>").next().unwrap()
}

#[tokio::test]
async fn whoever_looks_after_a_contact_sees_the_proof_and_can_print_it() {
    for house in TestHouse::all().await {
        let (web, mut staff, id, mine) = scene(house).await;
        let work = format!("/work/referrals/{id}");
        let print = format!("{work}/proof");
        assert!(read(&staff.get(&web, &work).await).contains(&format!("href=\"{print}\"")));
        for path in [&work, &print] {
            let page = read(&staff.get(&web, path).await);
            for shown in [
                "Jens Lund",
                "Formular hinter dem Link",
                "Link der Bestätigungsmail",
                "Wortlaut, Fassung 1",
                "Was der Person dabei gesagt war",
                "Anna Berger",
                "2. November 2026",
            ] {
                assert!(page.contains(shown), "{path}: {shown}: {page}");
            }
        }
        // The advocate, and whoever is signed out, get nothing.
        let mut advocate = Browser::speaking("de");
        advocate.sign_in(&web, ADVOCATE).await;
        assert_eq!(advocate.get(&web, &print).await.status, StatusCode::NOT_FOUND);
        assert!(Browser::speaking("de").get(&web, &print).await.status.is_redirection());

        // Taken back: masked, and a third line. Erased: the lines stay without the person.
        let mut contact = Browser::speaking("de");
        contact.post(&web, &format!("{mine}/withdraw"), &[]).await;
        let masked = read(&staff.get(&web, &print).await);
        assert!(masked.contains("J… L…") && masked.contains("Widerrufen"), "{masked}");
        assert!(!masked.contains("Jens Lund"), "{masked}");
        contact.post(&web, &format!("{mine}/erase"), &[]).await;
        let erased = read(&staff.get(&web, &print).await);
        assert!(erased.contains("Gelöschte Person") && !erased.contains("J… L…"), "{erased}");
        web.house.close().await;
    }
}

#[tokio::test]
async fn a_contact_sees_what_others_entered_about_them_and_who_did() {
    for house in TestHouse::all().await {
        let (web, _, _, mine) = scene(house).await;
        let mut contact = Browser::speaking("de");
        let page = read(&contact.get(&web, &mine).await);
        for shown in ["Leitung Einkauf", "Zweite Linie seit Herbst.", "von Anna Berger", "Das haben Sie am"] {
            assert!(page.contains(shown), "{shown}: {page}");
        }
        let ctx = &web.house.ctx;
        let anna = ctx.store.members().id_by_email(&ADVOCATE.parse().unwrap()).await.unwrap().unwrap();
        change_manners(ctx, anna, Manners { shares_name: false, refuses_gifts: false }).await.unwrap();
        let unnamed = read(&contact.get(&web, &mine).await);
        // The words they agreed to stay as they were.
        let theirs = unnamed.split("id=\"theirs\"").nth(1).unwrap().split("</section>").next().unwrap();
        assert!(theirs.contains("die empfehlende Person") && !theirs.contains("Anna"), "{theirs}");
        web.house.close().await;
    }
}

#[tokio::test]
async fn the_new_customers_view_of_the_triple_win_is_their_own_page() {
    for house in TestHouse::all().await {
        let (web, mut staff, id, mine) = scene(house).await;
        let mut contact = Browser::speaking("de");
        let before = read(&contact.get(&web, &mine).await);
        assert!(before.contains("Was diese Empfehlung gebracht hat"), "{before}");
        let work = format!("/work/referrals/{id}");
        let version = staff.get(&web, &work).await.value("version");
        let won = [("version", version.as_str()), ("move", "won"), ("deal", "12.500")];
        assert_eq!(staff.post(&web, &format!("{work}/stage"), &won).await.place(), work);
        let ctx = &web.house.ctx;
        web.house.clock.advance(chrono::TimeDelta::days(31));
        let member = ctx.store.members().id_by_email(&STAFF.parse().unwrap()).await.unwrap().unwrap();
        let marketing = ctx.store.members().person(member).await.unwrap().unwrap().actor;
        for line in services::rewards::of_referral(ctx, id).await.unwrap() {
            if line.side == domain::rewards::Side::Advocate {
                approve(ctx, &marketing, line.id, line.version).await.unwrap();
                deliver(ctx, &marketing, line.id, line.version + 1, "GS-1", None).await.unwrap();
            }
        }
        let page = read(&contact.get(&web, &mine).await);
        let panel = wins(&page);
        for shown in ["Empfehlung angenommen", "Kunde geworden", "Prämie bereitgestellt", "höchstens"] {
            assert!(panel.contains(shown), "{shown}: {panel}");
        }
        assert!(!page.contains("12.500"), "the deal's size is the host's: {page}");
        // The advocate sees that it was signed, and not for how much.
        let mut anna = Browser::speaking("de");
        // What a month brings leaves before the mail with the code.
        web.house.run_jobs().await;
        anna.sign_in(&web, ADVOCATE).await;
        let own = read(&anna.get(&web, &format!("/referrals/{id}")).await);
        assert!(!own.contains("12.500"), "the deal's size is the host's: {own}");
        let panel = wins(&own);
        for shown in [
            "Einführung</b><small>Empfehlung angenommen",
            "Geld: Betrag noch nicht sichtbar</b><small>Kunde geworden",
            "Geld: 300\u{a0}€</b><small>Prämie bereitgestellt",
        ] {
            assert!(panel.contains(shown), "{shown}: {panel}");
        }
        // The host sees all of it.
        let mut staff = Browser::speaking("de");
        staff.sign_in(&web, STAFF).await;
        let work = read(&staff.get(&web, &work).await);
        let panel = wins(&work);
        for shown in [
            "Einführung</b><small>Empfehlung angenommen",
            "Geld: 12.500\u{a0}€</b><small>Kunde geworden",
            "Geld: 300\u{a0}€</b><small>Prämie bereitgestellt",
        ] {
            assert!(panel.contains(shown), "{shown}: {panel}");
        }
        web.house.close().await;
    }
}
