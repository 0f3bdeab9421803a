//! The imprint and the privacy notice are one press away from every page, in both languages, for everybody.

use std::collections::BTreeSet;

use app::{
    route_list::Route,
    routes::{routes, uploads},
};
use axum::http::{Method, StatusCode, header};
use services::testing::TestHouse;

use crate::{
    browser::{Answer, Browser, Web},
    contact::{code_of, entry},
    furnished::{ADVOCATE, carried, refer},
    roles::{ROLES, pages, route_of, signed_in, strangers},
};

/// What is asked for and is no page: files, ways on, and what only an installation of its own kind shows.
const NO_PAGES: [&str; 0] = [];

/// Looks at what was answered: a page leads to both texts. Answers whether it is one that was asked for.
fn leads_there(answer: &Answer, path: &str, language: &str) -> bool {
    let kind = answer.headers.get(header::CONTENT_TYPE).map_or("", |kind| kind.to_str().unwrap());
    if !kind.starts_with("text/html") {
        return false;
    }
    let (imprint, privacy) = match language {
        "de" => ("Impressum", "Datenschutz"),
        _ => ("Imprint", "Privacy"),
    };
    for (to, called) in [("imprint", imprint), ("privacy", privacy)] {
        let link = format!("<a href=\"/legal/{to}\">{called}</a>");
        assert!(answer.html.contains(&link), "{path}: {link}: {}", answer.html);
    }
    answer.status == StatusCode::OK
}

/// Somebody fills in the form behind this link; answers where the link of their mail leads.
async fn entered(web: &Web, link: &str, email: &str) -> String {
    let mut contact = Browser::speaking("de");
    let key = contact.get(web, link).await.value("key");
    assert_eq!(contact.post(web, link, &entry(&key, email)).await.place(), "/consent/sent");
    web.house.run_jobs().await;
    let mails = web.house.mails.sent();
    let mail = mails.iter().rev().find(|mail| mail.to == email).unwrap();
    let at = mail.text.find("/confirm/").unwrap();
    mail.text[at..].chars().take_while(|c| !c.is_whitespace()).collect()
}

/// The pages of a contact, each behind a link of its own, and those of other strangers.
async fn of_strangers(web: &Web) -> Vec<String> {
    let mut anna = signed_in(web, ADVOCATE).await;
    let id = refer(web, &mut anna, "Guthaben").await;
    let link = carried(&anna.get(web, &format!("/referrals/{id}")).await.html);
    let confirm = entered(web, &link, "lea@kiesel.example").await;
    let own = format!("/l/{}", code_of(web, ADVOCATE).await);
    let agreed = entered(web, &own, "udo@basalt.example").await;
    let mine = Browser::speaking("de").post(web, &agreed, &[("read_in", "de")]).await.place().to_owned();
    assert!(mine.starts_with("/my/"), "{mine}");
    anna.post(web, "/colleagues", &[]).await;
    let page = anna.get(web, "/colleagues").await.html;
    let at = page.find("/join/with/").unwrap();
    let with = page[at..].chars().take_while(|c| c.is_ascii_alphanumeric() || "/-".contains(*c)).collect();
    let legal = ["/legal/privacy".to_owned(), "/legal/terms".to_owned()];
    let looked_at = strangers().into_iter().filter(|(method, _)| method == Method::GET);
    let mut all: Vec<_> = looked_at.map(|(_, path)| path).chain([link, confirm, mine, with, own]).collect();
    all.extend(legal);
    all.push("/nowhere".to_owned());
    all
}

#[tokio::test]
async fn every_page_leads_to_the_imprint_and_the_privacy_notice() {
    let (web, pages) = pages(TestHouse::sqlite().await).await;
    let mut listed = routes().list().to_vec();
    listed.extend_from_slice(uploads().list());
    let mut seen = BTreeSet::new();
    let mut look = |answer: &Answer, path: &str, language| {
        if leads_there(answer, path, language) {
            seen.extend(route_of(&listed, &Method::GET, path).map(|route| route.path.clone()));
        }
    };
    for path in of_strangers(&web).await {
        for language in ["de", "en"] {
            look(&Browser::speaking(language).get(&web, &path).await, &path, language);
        }
    }
    for (_, mail) in ROLES {
        let mut browser = signed_in(&web, mail).await;
        for language in ["de", "en"] {
            browser.post(&web, "/language", &[("language", language), ("back", "/")]).await;
            for path in &pages {
                look(&browser.get(&web, path).await, path, language);
            }
        }
    }
    let unseen = |route: &&Route| route.method == Method::GET && !seen.contains(&route.path);
    let unseen: Vec<_> = listed.iter().filter(unseen).map(|route| route.path.as_str()).collect();
    assert_eq!(unseen, NO_PAGES, "nobody has looked at these");
    web.house.close().await;
}
