//! The main job by requests alone: an advocate refers, a contact agrees, an account manager takes it to the customer,
//! each stage pays its part once.

use axum::http::StatusCode;
use domain::{referrals::EventKind, rewards::Side};
use services::testing::TestHouse;

use crate::{
    browser::{Browser, Site},
    furnished::{ADVOCATE, CONTACT, STAFF, agree, agreed, carried, furnished, refer},
};

#[tokio::test]
async fn from_the_form_to_the_customer() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let mut advocate = Browser::speaking("de");
        advocate.sign_in(&web, ADVOCATE).await;
        let id = refer(&web, &mut advocate, "Guthaben").await;
        let page = advocate.get(&web, &format!("/referrals/{id}")).await;
        assert!(page.html.contains("in Prüfung"), "{}", page.html);

        let mut staff = Browser::speaking("de");
        staff.sign_in(&web, STAFF).await;
        let work = format!("/work/referrals/{id}");
        // Nothing moves on without consent.
        let version = staff.get(&web, &work).await.value("version");
        let refused =
            staff.post(&web, &format!("{work}/stage"), &[("version", &version), ("move", "accepted")]).await;
        let shown = staff.get(&web, refused.place()).await;
        assert!(shown.html.contains("noch nicht eingewilligt"), "{}", shown.html);

        agree(&web, &carried(&page.html)).await;
        for step in ["accepted", "meeting"] {
            let version = staff.get(&web, &work).await.value("version");
            let moved =
                staff.post(&web, &format!("{work}/stage"), &[("version", &version), ("move", step)]).await;
            assert_eq!(moved.place(), work, "{step}");
        }
        let version = staff.get(&web, &work).await.value("version");
        let won = [("version", version.as_str()), ("move", "won"), ("deal", "12.500")];
        assert_eq!(staff.post(&web, &format!("{work}/stage"), &won).await.place(), work);
        // Made on what one has seen: the same form again finds that it is no longer so.
        let again = staff.post(&web, &format!("{work}/stage"), &won).await;
        let stale = staff.get(&web, again.place()).await;
        assert!(stale.html.contains("gerade geändert"), "{}", stale.html);

        let rewards = services::rewards::of_referral(&web.house.ctx, id).await.unwrap();
        let own: Vec<_> = rewards.iter().filter(|line| line.side == Side::Advocate).collect();
        assert_eq!(own.len(), 1, "{own:?}");
        let rewards_page = advocate.get(&web, "/rewards").await;
        assert!(rewards_page.html.contains("Ravensteiner Hydraulik GmbH"), "{}", rewards_page.html);
        assert!(advocate.get(&web, &format!("/referrals/{id}")).await.html.contains("Kunde geworden"));
        assert_eq!(advocate.get(&web, "/triple-win").await.status, StatusCode::OK);
        assert_eq!(staff.get(&web, "/work/board").await.status, StatusCode::OK);

        // No mail has gone anywhere but to people who typed their own address, or who were invited.
        web.house.run_jobs().await;
        for mail in web.house.mails.sent() {
            assert!([STAFF, ADVOCATE, CONTACT].contains(&mail.to.as_str()), "{}", mail.to);
        }
        let report = services::rewards::check_ledger(&web.house.ctx).await.unwrap();
        assert!(report.is_sound(), "{report:?}");
        web.house.close().await;
    }
}

#[tokio::test]
async fn somebody_elses_referral_looks_like_none() {
    let web = furnished(TestHouse::sqlite().await).await;
    let mut advocate = Browser::speaking("de");
    advocate.sign_in(&web, ADVOCATE).await;
    let id = refer(&web, &mut advocate, "Kein Dankeschön").await;
    let mut staff = Browser::speaking("de");
    staff.sign_in(&web, STAFF).await;
    assert_eq!(staff.get(&web, &format!("/referrals/{id}")).await.status, StatusCode::NOT_FOUND);
    for path in [format!("/work/referrals/{id}"), format!("/referrals/{}", uuid::Uuid::nil())] {
        assert_eq!(advocate.get(&web, &path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(advocate.get(&web, "/work/board").await.status, StatusCode::FORBIDDEN);
    assert_eq!(advocate.get(&web, "/manage/incentives").await.status, StatusCode::FORBIDDEN);
    assert_eq!(advocate.get(&web, "/work/approvals").await.status, StatusCode::FORBIDDEN);
    web.house.close().await;
}

/// How often each of two hundred moves that arrive at once names its form.
#[derive(Clone, Copy, Debug)]
enum Forms {
    /// One form, sent two hundred times.
    One,
    /// Two hundred forms, each opened by itself.
    Each,
}

/// Two hundred parallel stage moves for one referral, each over a connection of its own, create each reward once.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_hundred_moves_at_once_pay_once() {
    for forms in [Forms::One, Forms::Each] {
        for house in TestHouse::all().await {
            move_at_once(house, forms).await;
        }
    }
}

async fn move_at_once(house: TestHouse, forms: Forms) {
    let (web, mut staff, id) = agreed(house).await;
    let work = format!("/work/referrals/{id}");
    let mut opened = Vec::new();
    for _ in 0..200 {
        if opened.is_empty() || matches!(forms, Forms::Each) {
            let form = staff.get(&web, &work).await;
            opened.push((form.value("version"), form.value("key")));
        } else {
            opened.push(opened[0].clone());
        }
    }
    let different: std::collections::BTreeSet<_> = opened.iter().map(|(_, key)| key).collect();
    assert_eq!(different.len(), if matches!(forms, Forms::Each) { 200 } else { 1 });
    let listening = web.listen().await;
    let mut moves = tokio::task::JoinSet::new();
    for (version, key) in opened {
        let (wire, staff, work) = (listening.wire.clone(), staff.clone(), work.clone());
        moves.spawn(async move {
            let pairs = [("version", version.as_str()), ("key", &key), ("move", "won"), ("deal", "12500")];
            let mut answer = wire.send(staff.form(&format!("{work}/stage"), &pairs)).await;
            // A machine with much else to do may say "please try again" to the last in the queue, and people do.
            for _ in 0..5 {
                if !answer.status.is_server_error() {
                    break;
                }
                answer = wire.send(staff.form(&format!("{work}/stage"), &pairs)).await;
            }
            assert!(!answer.status.is_server_error(), "{}", answer.html);
            answer.place() == work
        });
    }
    let mut done = 0;
    while let Some(moved) = moves.join_next().await {
        done += usize::from(moved.unwrap());
    }
    // One form is told each time that it has done its work; of two hundred forms one has.
    assert_eq!(done, if matches!(forms, Forms::One) { 200 } else { 1 }, "{forms:?}");
    listening.end().await;
    let rewards = services::rewards::of_referral(&web.house.ctx, id).await.unwrap();
    assert_eq!(rewards.iter().filter(|line| line.side == Side::Advocate).count(), 1, "{rewards:?}");
    assert_eq!(rewards.iter().filter(|line| line.side == Side::Contact).count(), 1, "{rewards:?}");
    let events = web.house.ctx.store.referrals().events(id).await.unwrap();
    let won = events.iter().filter(|event| matches!(&event.kind, EventKind::Moved { .. })).count();
    assert_eq!(won, 1, "{events:?}");
    let report = services::rewards::check_ledger(&web.house.ctx).await.unwrap();
    assert!(report.is_sound(), "{report:?}");
    web.house.close().await;
}

#[tokio::test]
async fn an_account_manager_thanks_in_their_own_name() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let (mut advocate, mut staff) = (Browser::speaking("de"), Browser::speaking("de"));
        advocate.sign_in(&web, ADVOCATE).await;
        staff.sign_in(&web, STAFF).await;
        let id = refer(&web, &mut advocate, "Guthaben").await;
        let (own, work) = (format!("/referrals/{id}"), format!("/work/referrals/{id}"));
        let thanks = format!("{work}/thanks");
        let form = format!("action=\"{thanks}\"");
        let empty = staff.post(&web, &thanks, &[("thanks", " ")]).await;
        assert!(
            staff.get(&web, empty.place()).await.html.contains("id=\"thanks-error\""),
            "{}",
            empty.place()
        );

        let said = "Die zweite Linie interessiert uns sehr.";
        assert_eq!(staff.post(&web, &thanks, &[("thanks", said)]).await.place(), work);
        for page in [advocate.get(&web, &own).await, staff.get(&web, &work).await] {
            let html = page.html.replace("<!>", "");
            for shown in [said, "<strong>Danke gesagt</strong>", "<strong>Miriam Vogt</strong>"] {
                assert!(html.contains(shown), "{shown}: {html}");
            }
            assert!(!html.contains(&form), "nobody is thanked twice");
        }
        // The hour at which the programme team would thank comes and goes.
        web.house.clock.advance(chrono::TimeDelta::hours(4));
        web.house.run_jobs().await;
        let mut mails = web.house.mails.sent();
        mails.retain(|mail| mail.subject == "Danke für Ihre Empfehlung: Ravensteiner Hydraulik GmbH");
        let [mail] = mails.as_slice() else { panic!("one mail thanks: {mails:?}") };
        assert_eq!(mail.to, ADVOCATE);
        assert!(mail.text.contains(said), "{}", mail.text);
        assert!(mail.text.contains("\nMiriam Vogt, Halvern Software GmbH\n"), "{}", mail.text);
        web.house.close().await;
    }
}

#[tokio::test]
async fn the_programme_team_thanks_in_time_where_nobody_has() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let (mut advocate, mut staff) = (Browser::speaking("de"), Browser::speaking("de"));
        advocate.sign_in(&web, ADVOCATE).await;
        staff.sign_in(&web, STAFF).await;
        let id = refer(&web, &mut advocate, "Guthaben").await;
        let (own, work) = (format!("/referrals/{id}"), format!("/work/referrals/{id}"));
        let thanks = format!("{work}/thanks");
        let form = format!("action=\"{thanks}\"");
        assert!(staff.get(&web, &work).await.html.contains(&form));
        web.house.clock.advance(chrono::TimeDelta::hours(4));
        web.house.run_jobs().await;
        for page in [advocate.get(&web, &own).await, staff.get(&web, &work).await] {
            assert!(page.html.contains("Dank des Programmteams"), "{}", page.html);
            assert!(!page.html.contains(&form), "nobody is thanked twice");
        }
        // From a page that was open before: told at the form, and no second mail.
        let late = staff.post(&web, &thanks, &[("thanks", "Das hat mich gefreut.")]).await;
        assert!(staff.get(&web, late.place()).await.html.contains("Das hat mich gefreut."));
        web.house.run_jobs().await;
        let mails = web.house.mails.sent();
        assert_eq!(
            mails.iter().filter(|mail| mail.subject.starts_with("Danke für Ihre Empfehlung")).count(),
            1
        );
        web.house.close().await;
    }
}
