//! A file of customers on its page: what was typed beside one that is too large, and one that was cut short.

use axum::http::StatusCode;
use chrono::TimeDelta;
use services::{imports::Progress, testing::TestHouse};

use crate::{
    browser::Browser,
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
