//! The imprint and the privacy notice are one press away from every page, in both languages, for everybody.

use std::collections::BTreeSet;

use app::routes::{routes, uploads};
use axum::http::{Method, StatusCode, header};
use services::testing::TestHouse;

use crate::{
    browser::{Answer, Browser, Web},
    contact::{code_of, entry},
    furnished::{ADVOCATE, carried, refer},
    roles::{MARKETING, ROLES, STRANGER, id_of, pages, route_of, signed_in, strangers},
};

/// What is asked for and need be no page: files, and ways on.
const NO_PAGES: [&str; 12] = [
    "/sign-in/with/{provider}",
    "/sign-in/with/{provider}/back",
    "/rewards/statement.csv",
    "/manage/compliance/playbook/{market}/markdown",
    "/triple-win.csv",
    "/share/qr.svg",
    "/share/qr.png",
    "/manage/import/errors.csv",
    "/manage/import/template.csv",
    "/work/conversions/template.csv",
    "/work/obligations/export.csv",
    "/work/year-end/export.csv",
];

/// Looks at what was answered: a page leads to both texts, also one that says that there is nothing. Answers its language,
/// where the reader was not turned away.
fn leads_there(answer: &Answer, path: &str) -> Option<&'static str> {
    let kind = answer.headers.get(header::CONTENT_TYPE).map_or("", |kind| kind.to_str().unwrap());
    if !kind.starts_with("text/html") {
        return None;
    }
    let german = answer.html.contains("<html lang=\"de\"");
    let (language, imprint, privacy) =
        if german { ("de", "Impressum", "Datenschutz") } else { ("en", "Imprint", "Privacy") };
    assert!(answer.html.contains(&format!("<html lang=\"{language}\"")), "{path}: {}", answer.html);
    for (to, called) in [("imprint", imprint), ("privacy", privacy)] {
        let link = format!("<a href=\"/legal/{to}\">{called}</a>");
        assert!(answer.html.contains(&link), "{path}: {link}: {}", answer.html);
    }
    (answer.status != StatusCode::FORBIDDEN).then_some(language)
}

/// Somebody who speaks this language fills in the form behind this link; answers where the link of their mail leads.
async fn entered(web: &Web, link: &str, email: &str, language: &'static str) -> String {
    let mut contact = Browser::speaking("de");
    let key = contact.get(web, link).await.value("key");
    let mut form = entry(&key, email);
    form.push(("language", language));
    assert_eq!(contact.post(web, link, &form).await.place(), "/consent/sent");
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
    let own = format!("/l/{}", code_of(web, ADVOCATE).await);
    let mut all = vec![link, own.clone()];
    for language in ["de", "en"] {
        all.push(entered(web, &own, &format!("lea@kiesel-{language}.example"), language).await);
        let agreed = entered(web, &own, &format!("udo@basalt-{language}.example"), language).await;
        let mine = Browser::speaking(language).post(web, &agreed, &[("read_in", language)]).await;
        assert!(mine.place().starts_with("/my/"), "{}", mine.place());
        all.push(mine.place().to_owned());
    }
    anna.post(web, "/colleagues", &[]).await;
    let page = anna.get(web, "/colleagues").await.html;
    let at = page.find("/join/with/").unwrap();
    all.push(page[at..].chars().take_while(|c| c.is_ascii_alphanumeric() || "/-".contains(*c)).collect());
    all.extend(["/legal/privacy", "/legal/terms", "/nowhere"].map(str::to_owned));
    let looked_at = strangers().into_iter().filter(|(method, _)| method == Method::GET);
    all.extend(looked_at.map(|(_, path)| path));
    all
}

/// What is shown once something was done: a draft of the tiers, and the letter of somebody who was never here. Answers their
/// pages.
async fn prepared(web: &Web) -> [String; 2] {
    let mut lena = signed_in(web, MARKETING).await;
    let version = lena.get(web, "/manage/tiers/draft").await.value("version");
    let tiers = [
        ("version", version.as_str()),
        ("code0", "silver"),
        ("name_de0", "Silber"),
        ("name_en0", "Silver"),
        ("benefits_de0", "Etwas"),
        ("benefits_en0", "Something"),
        ("metric0_0", "won_referrals"),
        ("value0_0", "1"),
        ("period0_0", "lifetime"),
    ];
    let preview = lena.post(web, "/manage/tiers/draft", &tiers).await.place().to_owned();
    let letter = format!("/manage/people/{}/letter", id_of(&web.house.ctx, STRANGER).await);
    assert_eq!(lena.post(web, &letter, &[]).await.place(), letter);
    [preview, letter]
}

/// Somebody who is signed in and has not agreed to the terms.
async fn newcomer(web: &Web) -> Browser {
    let mut bert = Browser::speaking("de");
    bert.post(web, "/sign-in", &[("email", STRANGER)]).await;
    web.house.run_jobs().await;
    let mails = web.house.mails.sent();
    let mail = mails.iter().rev().find(|mail| mail.to == STRANGER).expect("a mail with the code");
    let code: String = mail.subject.chars().filter(char::is_ascii_digit).collect();
    bert.post(web, "/sign-in/code", &[("code", &code)]).await;
    bert
}

#[tokio::test]
async fn every_page_leads_to_the_imprint_and_the_privacy_notice() {
    let (web, mut pages) = pages(TestHouse::sqlite().await).await;
    pages.extend(prepared(&web).await);
    let mut listed = routes().list().to_vec();
    listed.extend_from_slice(uploads().list());
    let mut seen = BTreeSet::new();
    let mut look = |answer: &Answer, path: &str| {
        let language = leads_there(answer, path);
        let route = route_of(&listed, &Method::GET, path);
        seen.extend(route.zip(language).map(|(route, language)| (route.path.clone(), language)));
    };
    for path in of_strangers(&web).await {
        for language in ["de", "en"] {
            look(&Browser::speaking(language).get(&web, &path).await, &path);
        }
    }
    for (_, mail) in ROLES {
        let mut browser = signed_in(&web, mail).await;
        for language in ["de", "en"] {
            browser.post(&web, "/language", &[("language", language), ("back", "/")]).await;
            for path in &pages {
                look(&browser.get(&web, path).await, path);
            }
        }
    }
    let mut bert = newcomer(&web).await;
    for language in ["de", "en"] {
        bert.post(&web, "/language", &[("language", language), ("back", "/")]).await;
        look(&bert.get(&web, "/welcome/terms").await, "/welcome/terms");
    }
    let mut unseen = Vec::new();
    for route in listed.iter().filter(|route| route.method == Method::GET) {
        if ["de", "en"].iter().any(|language| !seen.contains(&(route.path.clone(), *language))) {
            unseen.push(route.path.as_str());
        }
    }
    unseen.retain(|path| !NO_PAGES.contains(path));
    assert!(unseen.is_empty(), "nobody has looked at these in both languages: {unseen:#?}");
    web.house.close().await;
}
