//! A file of customers on its page: what was typed beside one that is refused, one that was cut short, and lines that were
//! not taken.

use axum::http::StatusCode;
use chrono::TimeDelta;
use services::{imports::Progress, testing::TestHouse};

use crate::{
    browser::{Browser, Web},
    furnished::{STAFF, furnished},
};

const PAGE: &str = "/manage/import";
const FILE: &str = "Konzern;Land;Person;Mail\nKestrel AG;AT;Cem Ak;cem@kestrel.example\n";

#[tokio::test]
async fn a_file_that_is_too_large_loses_nothing_of_what_was_typed_beside_it() {
    let web = furnished(TestHouse::sqlite().await).await;
    let mut staff = Browser::speaking("de");
    staff.sign_in(&web, STAFF).await;
    let typed = [("country", "AT"), ("mapping", "Konzern=company")];
    let huge = FILE.repeat(21 * 1024 * 1024 / FILE.len());
    let refused = staff.hand_in(&web, PAGE, &typed, ("kunden.csv", &huge)).await;
    assert!(refused.place().starts_with("/manage/import?form="), "{}", refused.place());
    let shown = staff.get(&web, refused.place()).await;
    assert!(shown.html.contains("aria-invalid=\"true\""), "{}", shown.html);
    assert_eq!(shown.value("country"), "AT");
    assert!(shown.html.contains(">Konzern=company</textarea>"), "{}", shown.html);
    // Nobody's browser sends the file before what stands above it.
    let field = |name: &str| shown.html.find(&format!("name=\"{name}\"")).unwrap();
    assert!(field("country") < field("file") && field("mapping") < field("file"));
    web.house.close().await;
}

#[tokio::test]
async fn a_file_that_was_cut_short_says_so_and_is_taken_once_more() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let store = &web.house.ctx.store;
        let mut staff = Browser::speaking("de");
        staff.sign_in(&web, STAFF).await;
        let typed = [("country", ""), ("mapping", "Konzern=company")];
        let seen = staff.hand_in(&web, PAGE, &typed, ("kunden.csv", FILE)).await.place().to_owned();
        let shown = staff.get(&web, &seen).await;
        let file = seen.strip_prefix("/manage/import?file=");
        let file = file.unwrap_or_else(|| panic!("{}", shown.html)).to_owned();
        // What a server leaves behind that dies while it takes the file.
        let running = serde_json::to_string(&Progress::Running(web.house.ctx.now())).unwrap();
        store.set_upload_result(file.parse().unwrap(), &running).await.unwrap();
        let page = staff.get(&web, &seen).await;
        assert!(page.html.contains("Der Import läuft"), "{}", page.html);
        web.house.clock.advance(TimeDelta::minutes(1));
        let page = staff.get(&web, &seen).await;
        assert_eq!(page.status, StatusCode::OK);
        for text in ["wurde unterbrochen", "gefahrlos noch einmal", "Nichts entsteht doppelt"] {
            assert!(page.html.contains(text), "{text}: {}", page.html);
        }
        let again = staff.post(&web, "/manage/import/confirm", &[("file", &file)]).await;
        let done = staff.get(&web, again.place()).await;
        assert!(done.html.contains("Importiert"), "{}", done.html);
        let mail = "cem@kestrel.example".parse().unwrap();
        assert!(store.members().id_by_email(&mail).await.unwrap().is_some());
        web.house.close().await;
    }
}

/// What the page says of this file at its field.
async fn refused(staff: &mut Browser, web: &Web, mapping: &str, file: (&str, &str)) -> String {
    let answer = staff.hand_in(web, PAGE, &[("country", "AT"), ("mapping", mapping)], file).await;
    assert!(answer.place().starts_with("/manage/import?form="), "{file:?}: {}", answer.place());
    let shown = staff.get(web, answer.place()).await;
    assert_eq!(shown.value("country"), "AT", "what was typed beside it is still there");
    let at = shown.html.find("name=\"file\"").unwrap();
    let tag = shown.html[at..].split('>').next().unwrap();
    assert!(tag.contains("aria-invalid=\"true\""), "{tag}");
    let error = shown.html.split("id=\"file-error\"").nth(1).unwrap_or_else(|| panic!("{}", shown.html));
    error.split("</p>").next().unwrap().to_owned()
}

#[tokio::test]
async fn a_file_that_is_none_is_refused_at_its_field() {
    let web = furnished(TestHouse::sqlite().await).await;
    let mut staff = Browser::speaking("de");
    staff.sign_in(&web, STAFF).await;
    for (mapping, file, why) in [
        ("Konzern=company", ("", ""), "Bitte wählen Sie eine Datei."),
        (
            "Konzern=company",
            ("kunden.csv", ""),
            "Diese Datei ist leer, oder ihre erste Zeile ist nicht lesbar.",
        ),
        (
            "Konzern=company",
            ("kunden.csv", "\n\n"),
            "Diese Datei ist leer, oder ihre erste Zeile ist nicht lesbar.",
        ),
        ("", ("kunden.csv", FILE), "Wir finden keine Spalte mit der Organisation."),
        ("Firma=company", ("kunden.csv", FILE), "Diese Zuordnung passt nicht zur Datei."),
        ("Konzern=boss", ("kunden.csv", FILE), "Diese Zuordnung passt nicht zur Datei."),
    ] {
        let said = refused(&mut staff, &web, mapping, file).await;
        assert!(said.contains(why), "{file:?}: {said}");
    }
    assert_eq!(store::testing::rows(&web.house.ctx.store, "uploads").await, 0);
    web.house.close().await;
}

#[tokio::test]
async fn the_error_file_says_line_and_reason_before_and_after_the_import() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let mut staff = Browser::speaking("de");
        staff.sign_in(&web, STAFF).await;
        let typed = [("country", ""), ("mapping", "Konzern=company")];
        let text = format!("{FILE}Wiesner;DE;Carla;carla@\n");
        let seen = staff.hand_in(&web, PAGE, &typed, ("kunden.csv", &text)).await.place().to_owned();
        let file = seen.strip_prefix("/manage/import?file=").unwrap().to_owned();
        let errors = format!("/manage/import/errors.csv?file={file}");
        for taken in [false, true] {
            if taken {
                staff.post(&web, "/manage/import/confirm", &[("file", &file)]).await;
            }
            let page = staff.get(&web, &seen).await;
            assert!(page.html.contains("Das ist keine vollständige E-Mail-Adresse."), "{}", page.html);
            assert!(page.html.contains("errors.csv?file="), "{}", page.html);
            let csv = staff.get(&web, &errors).await;
            assert_eq!(csv.status, StatusCode::OK);
            let lines: Vec<_> = csv.html.trim_start_matches('\u{FEFF}').lines().collect();
            let refused = "3;Das ist keine vollständige E-Mail-Adresse.;Wiesner;DE;Carla;carla@";
            assert_eq!(lines, ["Zeile;Grund;Konzern;Land;Person;Mail", refused]);
        }
        web.house.close().await;
    }
}

/// As Excel writes it in a German Windows.
fn windows_1252(text: &str) -> Vec<u8> {
    text.chars().map(|c| if c == '–' { 0x96 } else { u8::try_from(u32::from(c)).unwrap() }).collect()
}

#[tokio::test]
async fn a_file_from_windows_keeps_its_umlauts() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let mut staff = Browser::speaking("de");
        staff.sign_in(&web, STAFF).await;
        let file = windows_1252(
            "Firma;Maildomains;Land;Status;Person;E-Mail;Sprache\r\n\
             \"Grünwälder – Öle & Späße\";gruenwald.example;Österreich;Kunde;Jörg Weiß;joerg@gruenwald.example;Deutsch\r\n\
             Übersee;ue.example;DE;Kunde;Änne;änne@\r\n",
        );
        let typed = [("country", ""), ("mapping", "")];
        let seen = staff.hand_in(&web, PAGE, &typed, ("kunden.csv", file)).await.place().to_owned();
        let preview = staff.get(&web, &seen).await;
        assert!(preview.html.contains("Übersee · ue.example"), "{}", preview.html);
        let file = seen.strip_prefix("/manage/import?file=").unwrap_or_else(|| panic!("{}", preview.html));
        staff.post(&web, "/manage/import/confirm", &[("file", file)]).await;
        let errors = staff.get(&web, &format!("/manage/import/errors.csv?file={file}")).await;
        let (companies, people) =
            (staff.get(&web, "/manage/accounts").await, staff.get(&web, "/manage/people").await);
        for (page, shown) in [
            (&preview, "änne@"),
            (&errors, "Übersee;ue.example;DE;Kunde;Änne;änne@"),
            (&companies, "Grünwälder – Öle &amp; Späße"),
            (&people, "Jörg Weiß"),
        ] {
            let html = page.html.replace("<!>", "");
            assert!(html.contains(shown), "{shown}: {html}");
            for mojibake in ["Ã", "\u{FFFD}", "\u{96}", "â€"] {
                assert!(!html.contains(mojibake), "{mojibake}: {html}");
            }
        }
        web.house.close().await;
    }
}
