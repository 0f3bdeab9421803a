//! The questions of a programme by requests: written by marketing, answered by an advocate, read by whoever looks after it.

use axum::http::StatusCode;
use services::testing::TestHouse;

use crate::{
    browser::{Browser, Web},
    furnished::{ADVOCATE, STAFF, carried, furnished},
};

const QUESTIONS: &str = "/manage/program/questions";

async fn signed_in(web: &Web, mail: &str) -> Browser {
    let mut browser = Browser::speaking("de");
    browser.sign_in(web, mail).await;
    browser
}

/// A choice that must be made, as the form of an empty programme sends it.
async fn ask_for_size(web: &Web, staff: &mut Browser) -> String {
    let page = staff.get(web, QUESTIONS).await;
    let (version, id) = (page.value("version"), page.value("id0"));
    let pairs = [
        ("version", version.as_str()),
        ("id0", &id),
        ("label_de0", "Wie viele <Beschäftigte>?"),
        ("label_en0", "How many people?"),
        ("kind0", "choice"),
        ("required0", "yes"),
        ("options_de0", "bis 50\r\nmehr\r\n"),
        ("options_en0", "up to 50\r\nmore"),
    ];
    assert_eq!(staff.post(web, QUESTIONS, &pairs).await.place(), QUESTIONS);
    id
}

/// A complete form but for the answer, with this one.
async fn refer(web: &Web, advocate: &mut Browser, answer: Option<(&str, &str)>) -> String {
    let key = advocate.get(web, "/refer").await.value("key");
    let mut pairs = vec![
        ("key", key.as_str()),
        ("company", "Ravensteiner Hydraulik GmbH"),
        ("country", "AT"),
        ("role", "Leitung Einkauf"),
        ("reason", "Zweite Linie seit Herbst."),
        ("channel", "link"),
    ];
    pairs.extend(answer);
    advocate.post(web, "/refer", &pairs).await.place().to_owned()
}

#[tokio::test]
async fn what_is_wrong_stands_at_its_field_and_changes_nothing() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let mut staff = signed_in(&web, STAFF).await;
        let page = staff.get(&web, QUESTIONS).await;
        let (version, id) = (page.value("version"), page.value("id0"));
        let mut pairs = [
            ("version", version.as_str()),
            ("id0", &id),
            ("label_de0", "Welche Größe?"),
            ("label_en0", " "),
            ("kind0", "choice"),
            ("options_de0", "klein\ngroß"),
            ("options_en0", "small"),
        ];
        let refused = staff.post(&web, QUESTIONS, &pairs).await;
        let shown = staff.get(&web, refused.place()).await;
        for text in [
            "id=\"label_en0-error\"",
            "Bitte füllen Sie dieses Feld aus.",
            "id=\"options_en0-error\"",
            "In beiden Sprachen müssen gleich viele Möglichkeiten stehen",
            ">klein\ngroß</textarea>",
        ] {
            assert!(shown.html.contains(text), "{text}: {}", shown.html);
        }
        assert_eq!(shown.value("label_de0"), "Welche Größe?");
        pairs[4].1 = "poem";
        let refused = staff.post(&web, QUESTIONS, &pairs).await;
        let shown = staff.get(&web, refused.place()).await;
        assert!(shown.html.contains("id=\"kind0-error\""), "{}", shown.html);
        let again = staff.get(&web, QUESTIONS).await;
        assert_eq!((again.value("version"), again.value("label_de0")), (version, String::new()));
        // An empty new question is none.
        let nothing =
            [("version", again.value("version")), ("id0", again.value("id0")), ("kind0", "line".into())];
        let nothing: Vec<_> = nothing.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(staff.post(&web, QUESTIONS, &nothing).await.place(), QUESTIONS);
        let program = web.house.ctx.store.incentives().default_program().await.unwrap().unwrap();
        assert!(program.questions.all().is_empty());
        web.house.close().await;
    }
}

#[tokio::test]
async fn an_answer_is_demanded_checked_and_shown_to_those_it_is_for() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let mut staff = signed_in(&web, STAFF).await;
        let id = ask_for_size(&web, &mut staff).await;
        let field = format!("q_{id}");
        let mut advocate = signed_in(&web, ADVOCATE).await;
        let form = advocate.get(&web, "/refer").await;
        assert!(form.html.contains("Wie viele &lt;Beschäftigte&gt;?"), "{}", form.html);

        let before = store::testing::traces(&web.house.ctx.store).await;
        for answer in [None, Some((field.as_str(), "")), Some((field.as_str(), "riesig"))] {
            let place = refer(&web, &mut advocate, answer).await;
            assert!(place.starts_with("/refer?form="), "{answer:?}: {place}");
            let shown = advocate.get(&web, &place).await;
            assert!(shown.html.contains(&format!("id=\"{field}-error\"")), "{}", shown.html);
            assert_eq!(shown.value("company"), "Ravensteiner Hydraulik GmbH");
            assert!(shown.html.contains(">Zweite Linie seit Herbst.</textarea>"), "{}", shown.html);
        }
        // With another fault, what was chosen stays chosen.
        let key = form.value("key");
        let half = [("key", key.as_str()), (&field, "mehr"), ("channel", "link")];
        let refused = advocate.post(&web, "/refer", &half).await;
        let shown = advocate.get(&web, refused.place()).await;
        assert!(shown.html.contains("value=\"mehr\" selected"), "{}", shown.html);
        assert_eq!(store::testing::traces(&web.house.ctx.store).await, before);

        let referral = refer(&web, &mut advocate, Some((&field, "mehr"))).await;
        assert!(referral.starts_with("/referrals/"), "{referral}");
        let own = advocate.get(&web, &referral).await;
        let work = staff.get(&web, &format!("/work{referral}")).await;
        for page in [&own, &work] {
            let html = page.html.replace("<!>", "");
            assert!(
                html.contains("<dt>Wie viele &lt;Beschäftigte&gt;?</dt><dd class=\"said\">mehr</dd>"),
                "{html}"
            );
        }
        // The person behind the link reads nothing of it.
        let contact = Browser::speaking("de").get(&web, &carried(&own.html)).await;
        assert_eq!(contact.status, StatusCode::OK);
        assert!(!contact.html.contains("Beschäftigte"), "{}", contact.html);
        web.house.close().await;
    }
}

#[tokio::test]
async fn of_two_editors_the_slower_one_sees_both_versions_and_takes_nothing_away() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let mut staff = signed_in(&web, STAFF).await;
        let page = staff.get(&web, QUESTIONS).await;
        let (version, mine) = (page.value("version"), page.value("id0"));
        let theirs = ask_for_size(&web, &mut staff).await;
        assert_ne!(mine, theirs);
        let late = [
            ("version", version.as_str()),
            ("id0", &mine),
            ("label_de0", "Welche Anlage?"),
            ("label_en0", "Which machine?"),
            ("kind0", "line"),
        ];
        let refused = staff.post(&web, QUESTIONS, &late).await;
        let shown = staff.get(&web, refused.place()).await;
        assert!(shown.html.contains("Inzwischen gespeichert"), "{}", shown.html);
        assert_eq!(shown.value("label_de0"), "Welche Anlage?");
        assert_eq!(shown.value("label_de1"), "Wie viele &lt;Beschäftigte&gt;?");
        // Sent as it is shown now, both are asked.
        let names = ["version", "id0", "label_de0", "label_en0", "id1", "label_de1", "label_en1"];
        let values: Vec<_> =
            names.iter().map(|name| shown.value(name).replace("&lt;", "<").replace("&gt;", ">")).collect();
        let mut both: Vec<_> = names.iter().copied().zip(values.iter().map(String::as_str)).collect();
        both.extend([("kind0", "line"), ("kind1", "choice"), ("options_de1", "bis 50\nmehr")]);
        both.extend([("options_en1", "up to 50\nmore"), ("required1", "yes"), ("out1", "yes")]);
        assert_eq!(staff.post(&web, QUESTIONS, &both).await.place(), QUESTIONS);
        let program = web.house.ctx.store.incentives().default_program().await.unwrap().unwrap();
        let asked: Vec<_> =
            program.questions.all().iter().map(|one| (one.label.en.as_str(), one.active)).collect();
        assert_eq!(asked, [("Which machine?", true), ("How many people?", false)]);
        let fold = staff.get(&web, QUESTIONS).await;
        assert!(fold.html.contains("Eine Frage, die nicht mehr gestellt wird"), "{}", fold.html);
        web.house.close().await;
    }
}
