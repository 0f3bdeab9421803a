//! How a referral reaches people, and who learns what of it: prepared texts, links by channel, what came to nothing, new
//! messages, corrections.

use std::collections::BTreeSet;

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use percent_encoding::percent_decode_str;
use qrcode::{Color, EcLevel, QrCode};
use services::{
    imports::{Importing, import_customers},
    testing::{TestHouse, stage_hand},
};
use store::testing::places_of;

use crate::{
    browser::{Answer, Browser, Site, Web},
    contact::{entry, read},
    furnished::{ADVOCATE, STAFF, agree, carried, furnished, refer},
};

/// The text of the prepared mail on this page.
fn prepared(page: &Answer) -> String {
    let at = page.html.find("mailto:?").unwrap_or_else(|| panic!("no prepared mail: {}", page.html));
    let link = page.html[at..].split('"').next().unwrap();
    let body = link.split("body=").nth(1).unwrap();
    percent_decode_str(body).decode_utf8().unwrap().replace("\r\n", "\n")
}

async fn signed_in(web: &Web, email: &str, language: &'static str) -> Browser {
    let mut browser = Browser::speaking(language);
    browser.sign_in(web, email).await;
    browser
}

#[tokio::test]
async fn the_prepared_mail_of_a_carried_link_says_what_the_advocate_gets() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let mut anna = signed_in(&web, ADVOCATE, "de").await;
        let credit = format!("/referrals/{}", refer(&web, &mut anna, "Guthaben").await);
        let nothing = format!("/referrals/{}", refer(&web, &mut anna, "Kein Dankeschön").await);
        let text = prepared(&anna.get(&web, &credit).await);
        let told =
            "Offen gesagt: Werden Sie Kunde, erhält meine Firma von Halvern Software GmbH ein Guthaben";
        assert!(text.contains(told) && text.contains("höchstens"), "{text}");
        assert!(
            prepared(&anna.get(&web, &nothing).await).contains("Offen gesagt: Ich erhalte dafür nichts.")
        );
        anna.post(&web, "/language", &[("language", "en"), ("back", "/")]).await;
        let text = prepared(&anna.get(&web, &credit).await);
        assert!(text.contains("To be open:") && text.contains("Halvern Software GmbH"), "{text}");
        assert!(!text.contains("Offen gesagt"), "{text}");
        web.house.close().await;
    }
}

#[tokio::test]
async fn a_carried_link_asks_also_after_the_programme_was_closed() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let ctx = &web.house.ctx;
        let mut anna = signed_in(&web, ADVOCATE, "de").await;
        let id = refer(&web, &mut anna, "Guthaben").await;
        let link = carried(&anna.get(&web, &format!("/referrals/{id}")).await.html);
        let own = format!("/l/{}", crate::contact::code_of(&web, ADVOCATE).await);
        let program = ctx.store.incentives().default_program().await.unwrap().unwrap();
        let closed = store::incentives::Program { open: false, ..program };
        let tx = ctx.store.begin().await.unwrap();
        tx.update_program(&stage_hand().program_managing().unwrap(), &closed).await.unwrap();
        tx.commit().await.unwrap();
        let mut contact = Browser::speaking("de");
        assert!(!contact.get(&web, &own).await.html.contains("name=\"email\""));
        agree(&web, &link).await;
        let stored = ctx.store.referrals().load(id).await.unwrap().unwrap();
        assert_eq!(stored.facts.consent, domain::consent::ConsentState::Given);
        web.house.close().await;
    }
}

#[tokio::test]
async fn the_page_of_the_link_has_one_for_each_place_and_what_they_brought() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let mut anna = signed_in(&web, ADVOCATE, "de").await;
        let page = anna.get(&web, "/share").await;
        let code = crate::contact::code_of(&web, ADVOCATE).await;
        for channel in ["linkedin", "whatsapp", "x", "event"] {
            assert!(read(&page).contains(&format!("/r/{code}?ch={channel}")), "{channel}: {}", page.html);
        }
        for address in
            ["https://www.linkedin.com/feed/?", "https://wa.me/?text=", "https://x.com/intent/post?text="]
        {
            let at = page.html.find(address).unwrap_or_else(|| panic!("{address}: {}", page.html));
            let text = percent_decode_str(page.html[at..].split('"').next().unwrap()).decode_utf8_lossy();
            assert!(text.contains("Offen gesagt:"), "what the advocate gets stands in each text: {text}");
        }
        let mail = prepared(&page);
        assert!(mail.contains(&format!("/r/{code}?ch=mail")), "{mail}");
        assert!(!page.html.contains("Was Ihre Links gebracht haben"), "nothing where there is nothing");
        let mut staff = signed_in(&web, STAFF, "de").await;
        let empty = staff.get(&web, "/manage/channels").await;
        assert!(empty.html.contains("Noch hat kein Kanal etwas gebracht."), "{}", empty.html);
        Browser::speaking("de").get(&web, &format!("/r/{code}?ch=linkedin")).await;
        for (browser, path) in [(&mut anna, "/share"), (&mut staff, "/manage/channels")] {
            let shown = read(&browser.get(&web, path).await);
            let line = shown.split("<th scope=\"row\">LinkedIn</th>").nth(1).expect("a line for the channel");
            assert!(line.starts_with("<td class=\"n\">1</td><td class=\"n\">0</td>"), "{line}");
        }
        web.house.close().await;
    }
}

/// The dark modules of a drawn QR code.
fn dark(svg: &str) -> BTreeSet<(usize, usize)> {
    let path = svg.split(" d=\"").nth(1).unwrap().split('"').next().unwrap();
    let runs = path.split('M').skip(1).map(|run| {
        let (at, length) = run.split('v').next().unwrap().split_once('h').unwrap();
        let (x, y) = at.split_once(' ').unwrap();
        let number = |text: &str| text.parse::<usize>().unwrap();
        (number(x), number(y), number(length))
    });
    runs.flat_map(|(x, y, length)| (x..x + length).map(move |x| (x, y))).collect()
}

#[tokio::test]
async fn the_qr_files_hold_the_own_link_with_its_channel() {
    let web = furnished(TestHouse::sqlite().await).await;
    let mut anna = signed_in(&web, ADVOCATE, "de").await;
    let code = crate::contact::code_of(&web, ADVOCATE).await;
    for (file, kind) in [("qr.svg", "image/svg+xml"), ("qr.png", "image/png")] {
        let answer = anna.get(&web, &format!("/share/{file}")).await;
        assert_eq!(answer.headers[header::CONTENT_TYPE], kind);
        let disposition = format!("attachment; filename=\"{file}\"");
        assert_eq!(answer.headers[header::CONTENT_DISPOSITION], disposition.as_str());
    }
    let drawn = anna.get(&web, "/share/qr.svg").await.html;
    let link = format!("https://empfehlen.halvern.example/r/{code}?ch=qr");
    let expected = QrCode::with_error_correction_level(&link, EcLevel::M).unwrap();
    let (width, colors) = (expected.width(), expected.to_colors());
    // Four blank modules stand around it.
    let expected = (0..width * width).filter(|at| colors[*at] == Color::Dark);
    assert_eq!(dark(&drawn), expected.map(|at| (at % width + 4, at / width + 4)).collect());
    web.house.close().await;
}

#[tokio::test]
async fn a_click_is_answered_by_307_and_a_machines_is_stored_and_not_counted() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let code = crate::contact::code_of(&web, ADVOCATE).await;
        let link = format!("/r/{code}");
        let clicked = Browser::speaking("de").get(&web, &link).await;
        assert_eq!(clicked.status, StatusCode::TEMPORARY_REDIRECT);
        assert!(clicked.place().starts_with(&format!("/l/{code}?c=")), "{}", clicked.place());
        let person = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0";
        let bot = "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)";
        for (agent, purpose) in [(person, "prefetch"), (bot, "")] {
            let request = Request::builder()
                .uri(&link)
                .header(header::HOST, "empfehlen.halvern.example")
                .header(header::USER_AGENT, agent)
                .header("sec-purpose", purpose);
            let answer = web.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!(answer.status, StatusCode::TEMPORARY_REDIRECT, "{agent}: marked, and never refused");
        }
        assert_eq!(web.house.ctx.store.touches().stored(&code).await.unwrap(), 3);
        let mut anna = signed_in(&web, ADVOCATE, "de").await;
        assert!(
            read(&anna.get(&web, "/share").await).contains("Einmal geöffnet, Programme nicht mitgezählt.")
        );
        web.house.close().await;
    }
}

#[tokio::test]
async fn staff_read_why_and_the_advocate_does_not() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let customer = "company;domains;country;kind;status\n\
            Ravensteiner Hydraulik KG;kundin.example;DE;private_company;customer\n";
        let importing = Importing { mapping: Vec::new(), country: None, dry_run: false, by: None };
        let report = import_customers(&web.house.ctx, customer, &importing).await.unwrap();
        assert!(report.refused.is_empty(), "{report:?}");
        let mut anna = signed_in(&web, ADVOCATE, "de").await;
        let id = refer(&web, &mut anna, "Guthaben").await;
        let (own, work) = (format!("/referrals/{id}"), format!("/work/referrals/{id}"));
        let link = carried(&anna.get(&web, &own).await.html);
        let code = crate::contact::code_of(&web, ADVOCATE).await;
        let mut contact = Browser::speaking("de");
        for (number, page) in [link.clone(), format!("/l/{code}")].iter().enumerate() {
            let key = format!("k{number}");
            let answer = contact.post(&web, page, &entry(&key, "geheim@kundin.example")).await;
            assert_eq!(answer.place(), "/consent/neutral", "{page}");
        }
        for typed in ["geheim", "Jens Lund", "1711234567", "dienstags ab"] {
            assert_eq!(places_of(&web.house.ctx.store, typed).await, [""; 0], "{typed}");
        }
        let mut staff = signed_in(&web, STAFF, "de").await;
        let seen = read(&staff.get(&web, &work).await);
        assert!(seen.contains("Die Firma ist schon Kunde") && seen.contains("einmal"), "{seen}");
        // The name of the company is a hint, too.
        assert!(
            seen.contains("Vielleicht schon bekannt") && seen.contains("Ravensteiner Hydraulik KG"),
            "{seen}"
        );
        let list = read(&staff.get(&web, "/work/neutral-answers").await);
        assert!(list.contains("Anna Berger") && list.contains("Die Firma ist schon Kunde"), "{list}");
        for page in [&seen, &list] {
            assert!(!page.contains("geheim") && !page.contains("Jens Lund"), "{page}");
        }
        let advocate = read(&anna.get(&web, &own).await);
        assert!(!advocate.contains("schon Kunde") && !advocate.contains("Ohne Ergebnis"), "{advocate}");
        web.house.close().await;
    }
}

#[tokio::test]
async fn a_new_message_is_marked_until_it_was_looked_at() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let mut anna = signed_in(&web, ADVOCATE, "de").await;
        let id = refer(&web, &mut anna, "Guthaben").await;
        let (own, work) = (format!("/referrals/{id}"), format!("/work/referrals/{id}"));
        let mut staff = signed_in(&web, STAFF, "de").await;
        anna.post(&web, &format!("{own}/messages"), &[("message", "Gibt es Neues?")]).await;
        let marked = |html: &str| html.contains("Neue Nachricht");
        for page in ["/work/board", "/work/referrals"] {
            assert!(marked(&staff.get(&web, page).await.html), "{page}");
        }
        assert!(!marked(&anna.get(&web, "/referrals").await.html), "her own is nothing new to her");
        assert!(staff.get(&web, &work).await.html.contains("Eine neue Nachricht"));
        assert!(!staff.get(&web, &work).await.html.contains("Eine neue Nachricht"));
        for page in ["/work/board", "/work/referrals"] {
            assert!(!marked(&staff.get(&web, page).await.html), "{page}");
        }
        staff.post(&web, &format!("{work}/messages"), &[("message", "Ja.")]).await;
        for page in ["/", "/referrals"] {
            assert!(marked(&anna.get(&web, page).await.html), "{page}");
        }
        assert!(anna.get(&web, &own).await.html.contains("Eine neue Nachricht"));
        for page in ["/", "/referrals"] {
            assert!(!marked(&anna.get(&web, page).await.html), "{page}");
        }
        web.house.close().await;
    }
}

#[tokio::test]
async fn an_advocate_corrects_what_they_wrote_and_keeps_what_they_typed() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let mut anna = signed_in(&web, ADVOCATE, "de").await;
        let id = refer(&web, &mut anna, "Guthaben").await;
        let own = format!("/referrals/{id}");
        let to = format!("{own}/correction");
        let page = anna.get(&web, &own).await;
        let link = carried(&page.html);
        assert_eq!(page.value("company"), "Ravensteiner Hydraulik GmbH");
        let version = page.value("version");
        let fields = |company: &'static str, role: &'static str, version: &str| {
            [
                ("company", company.to_owned()),
                ("role", role.to_owned()),
                ("reason", "Zweite Linie seit Herbst.".to_owned()),
                ("version", version.to_owned()),
            ]
        };
        async fn send(web: &Web, browser: &mut Browser, to: &str, fields: &[(&str, String); 4]) -> String {
            let pairs: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            browser.post(web, to, &pairs).await.place().to_owned()
        }
        let refused =
            send(&web, &mut anna, &to, &fields("Ravensteiner AG", "jens@ravensteiner.example", &version))
                .await;
        let kept = anna.get(&web, &refused).await;
        assert_eq!(kept.value("company"), "Ravensteiner AG", "{refused}");
        assert!(kept.html.contains("id=\"role-error\""), "{}", kept.html);
        assert!(read(&kept).contains("<h1>Ravensteiner Hydraulik GmbH</h1>"), "{}", kept.html);
        let done = send(&web, &mut anna, &to, &fields("Ravensteiner Fluid GmbH", "Einkauf", &version)).await;
        assert_eq!(done, own);
        let shown = read(&anna.get(&web, &own).await);
        for part in ["<h1>Ravensteiner Fluid GmbH</h1>", "Angaben berichtigt", "Ravensteiner Hydraulik GmbH"]
        {
            assert!(shown.contains(part), "{part}: {shown}");
        }
        let landing = read(&Browser::speaking("de").get(&web, &link).await);
        assert!(landing.contains("Ravensteiner Fluid GmbH") && !landing.contains("Hydraulik"), "{landing}");
        // From a page that was open before: refused, shown beside what stands there, and then taken.
        let stale =
            send(&web, &mut anna, &to, &fields("Ravensteiner Pneumatik GmbH", "Einkauf", &version)).await;
        let kept = anna.get(&web, &stale).await;
        assert!(read(&kept).contains("<h1>Ravensteiner Fluid GmbH</h1>"), "{}", kept.html);
        assert_eq!(kept.value("company"), "Ravensteiner Pneumatik GmbH");
        let now = kept.value("version");
        assert_eq!(
            send(&web, &mut anna, &to, &fields("Ravensteiner Pneumatik GmbH", "Einkauf", &now)).await,
            own
        );
        web.house.close().await;
    }
}
