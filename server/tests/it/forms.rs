//! Forms that something comes between: a session that has ended, a body that is no text, or far too much of it.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use chrono::TimeDelta;
use domain::{ids::ReferralId, rewards::Side};
use services::{rewards::RewardLine, testing::TestHouse};

use crate::{
    browser::{Browser, Site, Web},
    furnished::{ADVOCATE, STAFF, agreed, furnished},
    rewards::{food_bank, line, won},
};

const HOST: &str = "https://empfehlen.halvern.example";

/// Sends a form from the page that shows it, as a browser would.
async fn send(web: &Web, browser: &mut Browser, page: &str, path: &str, pairs: &[(&str, &str)]) -> String {
    let mut request = browser.form(path, pairs);
    request.headers_mut().insert(header::REFERER, format!("{HOST}{page}").parse().unwrap());
    let answer = web.send(request).await;
    browser.keep_cookies(&answer);
    answer.place().to_owned()
}

/// Ends this person's sessions from another device, while a form is still open on the first.
async fn end_sessions(web: &Web, email: &str) {
    let mut elsewhere = Browser::speaking("de");
    elsewhere.sign_in(web, email).await;
    assert!(elsewhere.post(web, "/sign-out/everywhere", &[]).await.status.is_redirection());
}

/// Signs in where the browser was sent to, and answers where it goes on.
async fn sign_in_again(web: &Web, browser: &mut Browser, email: &str) -> String {
    let asked = browser.get(web, "/sign-in").await;
    assert!(asked.html.contains("Was Sie getippt haben, ist noch da"), "{}", asked.html);
    assert_eq!(browser.post(web, "/sign-in", &[("email", email)]).await.place(), "/sign-in/code");
    web.house.run_jobs().await;
    let mails = web.house.mails.sent();
    let mail = mails.iter().rev().find(|mail| mail.to == email).unwrap();
    let code: String = mail.subject.chars().filter(char::is_ascii_digit).collect();
    browser.post(web, "/sign-in/code", &[("code", &code)]).await.place().to_owned()
}

#[tokio::test]
async fn a_session_lost_over_the_referral_form_loses_no_text() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let mut advocate = Browser::speaking("de");
        advocate.sign_in(&web, ADVOCATE).await;
        let form = advocate.get(&web, "/refer").await;
        let key = form.value("key");
        end_sessions(&web, ADVOCATE).await;
        let pairs = [
            ("key", key.as_str()),
            ("company", "Ravensteiner & Söhne <Hydraulik>"),
            ("country", "AT"),
            ("role", "Leitung Einkauf"),
            ("reason", "Zweite Linie seit Herbst."),
            ("channel", "qr"),
        ];
        assert_eq!(send(&web, &mut advocate, "/refer", "/refer", &pairs).await, "/sign-in");
        let back = sign_in_again(&web, &mut advocate, ADVOCATE).await;
        assert!(back.starts_with("/refer?form="), "{back}");
        let again = advocate.get(&web, &back).await;
        assert_eq!(again.value("company"), "Ravensteiner &amp; Söhne &lt;Hydraulik&gt;");
        assert_eq!(again.value("key"), key, "sent after all, it is one referral");
        assert!(again.html.contains("Zweite Linie seit Herbst."), "{}", again.html);
        let sent = send(&web, &mut advocate, &back, "/refer", &pairs).await;
        assert!(sent.starts_with("/referrals/"), "{sent}");
        let shown = advocate.get(&web, &sent).await;
        assert!(shown.html.contains("Ravensteiner &amp; Söhne &lt;Hydraulik&gt;"), "{}", shown.html);
        // What was typed is this browser's alone.
        let stranger = Browser::speaking("de").get(&web, &back).await;
        assert!(!stranger.html.contains("Ravensteiner"), "{}", stranger.html);
        web.house.close().await;
    }
}

#[tokio::test]
async fn a_session_lost_over_a_move_loses_no_text() {
    let (web, mut staff, id) = agreed(TestHouse::sqlite().await).await;
    let work = format!("/work/referrals/{id}");
    let opened = staff.get(&web, &work).await;
    let (version, key) = (opened.value("version"), opened.value("key"));
    end_sessions(&web, STAFF).await;
    let pairs = [
        ("version", version.as_str()),
        ("key", &key),
        ("seen", "submitted"),
        ("move", "won"),
        ("deal", "12.500"),
        ("note", "Unterschrieben am Messestand."),
    ];
    assert_eq!(send(&web, &mut staff, &work, &format!("{work}/stage"), &pairs).await, "/sign-in");
    let back = sign_in_again(&web, &mut staff, STAFF).await;
    assert!(back.starts_with(&format!("{work}?form=")), "{back}");
    let again = staff.get(&web, &back).await;
    assert_eq!(again.value("deal"), "12.500");
    assert_eq!(again.value("version"), version);
    assert!(again.html.contains("Unterschrieben am Messestand."), "{}", again.html);
    assert_eq!(send(&web, &mut staff, &back, &format!("{work}/stage"), &pairs).await, work);
    web.house.close().await;
}

#[tokio::test]
async fn a_session_lost_over_a_card_of_the_board_loses_no_move() {
    for house in TestHouse::all().await {
        let (web, mut staff, id) = agreed(house).await;
        let board = staff.get(&web, "/work/board").await;
        let (version, key, seen) = (board.value("version"), board.value("key"), board.value("seen"));
        let referral = id.to_string();
        end_sessions(&web, STAFF).await;
        let pairs = [
            ("version", version.as_str()),
            ("seen", &seen),
            ("key", &key),
            ("referral", &referral),
            ("move", "contacted"),
            ("from", "board"),
        ];
        let stage = format!("/work/referrals/{id}/stage");
        assert_eq!(send(&web, &mut staff, "/work/board", &stage, &pairs).await, "/sign-in");
        let stored = async || web.house.ctx.store.referrals().load(id).await.unwrap().unwrap();
        assert_eq!(stored().await.version.to_string(), version, "nobody was signed in, so nothing has moved");
        let back = sign_in_again(&web, &mut staff, STAFF).await;
        assert!(back.starts_with("/work/board?form="), "{back}");
        let again = staff.get(&web, &back).await;
        let html = again.html.replace("<!>", "");
        assert!(html.contains("Noch nicht eingetragen: Ravensteiner Hydraulik GmbH"), "{html}");
        // The card of the notice comes first, with what was to be done.
        assert_eq!((again.value("move"), again.value("version")), ("contacted".to_owned(), version.clone()));
        assert_eq!(send(&web, &mut staff, &back, &stage, &pairs).await, "/work/board");
        assert_eq!(stored().await.facts.position.stage(), domain::referrals::Stage::Contacted);
        web.house.close().await;
    }
}

/// A donation that is approved and waits for its receipt.
async fn to_deliver(house: TestHouse) -> (Web, Browser, RewardLine, ReferralId) {
    let (web, _, mut staff, referral) = won(house, "Spende", Some(&food_bank())).await;
    let reward = line(&web, referral, Side::Advocate).await;
    let approval = format!("/work/rewards/{}/approval", reward.id);
    let version = reward.version.to_string();
    assert_eq!(staff.post(&web, &approval, &[("version", &version)]).await.place(), "/work/approvals");
    let reward = line(&web, referral, Side::Advocate).await;
    (web, staff, reward, referral)
}

/// What is kept of a form with a file while nobody is signed in: the page that it leads back to.
async fn handed_in_without_a_session(
    web: &Web,
    staff: &mut Browser,
    path: &str,
    pairs: &[(&str, &str)],
    file: (&str, &str),
) -> crate::browser::Answer {
    // Nobody signs in more than a few times within a quarter of an hour.
    web.house.clock.advance(TimeDelta::minutes(16));
    web.house.run_jobs().await;
    end_sessions(web, STAFF).await;
    assert_eq!(staff.hand_in(web, path, pairs, file).await.place(), "/sign-in");
    let back = sign_in_again(web, staff, STAFF).await;
    let again = staff.get(web, &back).await;
    assert_eq!(again.status, StatusCode::OK, "{back}");
    assert!(again.html.contains("Bitte wählen Sie die Datei noch einmal"), "{back}: {}", again.html);
    again
}

#[tokio::test]
async fn a_session_lost_over_a_file_loses_the_file_alone() {
    for house in TestHouse::all().await {
        let (web, mut staff, reward, referral) = to_deliver(house).await;
        let store = &web.house.ctx.store;

        // A file of customers, whether small or so large that a browser must be let finish.
        let csv = "Konzern;Land\nUnbekannt AG;AT\n";
        for file in [csv.to_owned(), csv.repeat(15 * 1024 * 1024 / csv.len())] {
            let typed = [("country", "AT"), ("mapping", "Konzern=company\nMühle=person")];
            let again =
                handed_in_without_a_session(&web, &mut staff, "/manage/import", &typed, ("k.csv", &file))
                    .await;
            assert_eq!(again.value("country"), "AT");
            assert_eq!(again.value("mapping"), "Konzern=company\nMühle=person");
        }
        assert_eq!(store::testing::rows(store, "uploads").await, 0, "nobody was signed in");

        // The receipt of a donation: what was typed stands at its reward again, whose fold is open.
        let receipt = format!("/work/rewards/{}/receipt", reward.id);
        let form = staff.get(&web, "/work/deliveries").await.form(&receipt);
        let hidden = ["version", "reward", "act"].map(|name| (name, form.value(name)));
        let mut typed: Vec<_> = hidden.iter().map(|(name, value)| (*name, value.as_str())).collect();
        typed.push(("reference", "SQ-4711 & Söhne"));
        // Far too much for a field beside a file is no text of anybody's.
        let endless = "x".repeat(300 * 1024);
        typed.push(("endless", &endless));
        let pdf = ("quittung.pdf", "%PDF-1.7 Quittung");
        let again = handed_in_without_a_session(&web, &mut staff, &receipt, &typed, pdf).await;
        assert_eq!(again.form(&receipt).value("reference"), "SQ-4711 &amp; Söhne");
        assert!(again.html.contains(&format!("id=\"file-{}-error\"", reward.id)), "{}", again.html);
        let fold = again.html.split(&format!("action=\"{receipt}\"")).next().unwrap();
        assert!(fold.rsplit("<details").next().unwrap().contains(" open"), "{fold}");
        let stored = line(&web, referral, Side::Advocate).await;
        assert_eq!(stored.version, reward.version, "nobody was signed in");

        // Bookings of the billing system have nothing beside them.
        let bookings = ("buchungen.csv", "reference;document\n");
        handed_in_without_a_session(&web, &mut staff, "/work/credits", &[], bookings).await;
        web.house.close().await;
    }
}

#[tokio::test]
async fn a_session_lost_over_one_of_many_rewards_finds_its_form_again() {
    let (web, mut staff, reward, _) = to_deliver(TestHouse::sqlite().await).await;
    let plan = format!("/work/rewards/{}/plan", reward.id);
    let form = staff.get(&web, "/work/deliveries").await.form(&plan);
    let hidden = ["version", "reward", "act"].map(|name| (name, form.value(name)));
    let mut typed: Vec<_> = hidden.iter().map(|(name, value)| (*name, value.as_str())).collect();
    typed.extend([("owner", ""), ("due", "2027-02-03")]);
    end_sessions(&web, STAFF).await;
    assert_eq!(send(&web, &mut staff, "/work/deliveries", &plan, &typed).await, "/sign-in");
    let back = sign_in_again(&web, &mut staff, STAFF).await;
    assert_eq!(staff.get(&web, &back).await.form(&plan).value("due"), "2027-02-03");
    web.house.close().await;
}

#[tokio::test]
async fn what_is_no_text_or_too_much_of_it_gets_a_page_and_leaves_nothing() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let mut advocate = Browser::speaking("de");
        advocate.sign_in(&web, ADVOCATE).await;
        let code = advocate.get(&web, "/share").await;
        let at = code.html.find("/r/").unwrap();
        let code: String =
            code.html[at + 3..].chars().take_while(|c| c.is_ascii_lowercase() || *c == '-').collect();
        let before = store::testing::traces(&web.house.ctx.store).await;
        let raw = |path: &str, body: Vec<u8>| {
            let (mut parts, _) = advocate.form(path, &[]).into_parts();
            parts.headers.remove(header::CONTENT_LENGTH);
            Request::from_parts(parts, Body::from(body))
        };
        let landing = format!("/l/{code}");
        for path in ["/refer", &landing, "/sign-in", "/code"] {
            for body in
                [b"company=M\xFChle&name=M\xFChle".to_vec(), b"company=M%FChle&code=%C3&email=%FF".to_vec()]
            {
                let answer = web.send(raw(path, body)).await;
                assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
                assert!(answer.html.contains("Das konnten wir nicht lesen"), "{path}: {}", answer.html);
            }
            let huge = format!("company={}", "x".repeat(300 * 1024)).into_bytes();
            let answer = web.send(raw(path, huge)).await;
            assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
            assert!(answer.html.contains("Das ist zu viel auf einmal"), "{path}: {}", answer.html);
            // Something that is no form at all.
            let mut request = raw(path, b"{}".to_vec());
            request.headers_mut().insert(header::CONTENT_TYPE, "application/json".parse().unwrap());
            let answer = web.send(request).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
            assert!(answer.html.contains("href=\"/\""), "{path}: {}", answer.html);
        }
        assert_eq!(store::testing::traces(&web.house.ctx.store).await, before);
        let mangled = advocate.get(&web, "/referrals/not-an-id").await;
        assert_eq!(mangled.status, StatusCode::NOT_FOUND);
        assert!(mangled.html.contains("Diese Seite gibt es nicht"), "{}", mangled.html);
        web.house.close().await;
    }
}

#[tokio::test]
async fn markup_in_a_name_is_a_name() {
    let web = furnished(TestHouse::sqlite().await).await;
    let mut advocate = Browser::speaking("de");
    advocate.sign_in(&web, ADVOCATE).await;
    let form = advocate.get(&web, "/refer").await;
    let key = form.value("key");
    let company = "<script>alert(1)</script> \"Quote\" & Co";
    let pairs = [
        ("key", key.as_str()),
        ("company", company),
        ("country", "DE"),
        ("role", "<img src=x onerror=alert(1)>"),
        ("reason", "</textarea><h1>Hallo</h1>"),
        ("channel", "link"),
    ];
    let place = advocate.post(&web, "/refer", &pairs).await.place().to_owned();
    let mut staff = Browser::speaking("de");
    staff.sign_in(&web, STAFF).await;
    for (staffs, path) in
        [(false, place.clone()), (true, format!("/work{place}")), (true, "/work/board".to_owned())]
    {
        let page = if staffs { &mut staff } else { &mut advocate }.get(&web, &path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        for markup in ["<script>alert", "<img src=x", "<h1>Hallo"] {
            assert!(!page.html.contains(markup), "{path}: {}", page.html);
        }
        assert!(page.html.contains("&lt;script&gt;alert(1)"), "{path}: {}", page.html);
    }
    // A control character is no part of a name.
    let mut wrong = pairs;
    wrong[1].1 = "Müh\u{0}le";
    wrong[0].1 = "other";
    let refused = advocate.post(&web, "/refer", &wrong).await;
    let shown = advocate.get(&web, refused.place()).await;
    assert!(shown.html.contains("unsichtbares Steuerzeichen"), "{}", shown.html);
    web.house.close().await;
}
