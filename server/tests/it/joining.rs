//! Links to join that lead nowhere: a friendly page, and a status that says so.

use axum::http::StatusCode;
use chrono::TimeDelta;
use services::testing::TestHouse;

use crate::{
    browser::{Answer, Browser},
    furnished::{ADVOCATE, furnished},
};

const COLLEAGUE: &str = "cem@muehlenau.example";

fn is_lapsed(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.html);
    for text in ["Dieser Link gilt nicht mehr", "bitten Sie um einen neuen Link"] {
        assert!(answer.html.contains(text), "{text}: {}", answer.html);
    }
}

#[tokio::test]
async fn a_link_to_join_that_is_unknown_or_has_lapsed_says_so_with_404() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let mut advocate = Browser::speaking("de");
        advocate.sign_in(&web, ADVOCATE).await;
        advocate.post(&web, "/colleagues", &[]).await;
        let page = advocate.get(&web, "/colleagues").await.html;
        let at = page.find("/join/with/").unwrap();
        let with: String =
            page[at..].chars().take_while(|c| c.is_ascii_alphanumeric() || "/-".contains(*c)).collect();
        let mut colleague = Browser::speaking("de");
        assert_eq!(colleague.get(&web, &with).await.status, StatusCode::OK);
        let entered = [("name", "Cem Doğan"), ("email", COLLEAGUE), ("language", "de")];
        assert_eq!(colleague.post(&web, &with, &entered).await.place(), "/join/sent");
        web.house.run_jobs().await;
        let mail = web.house.mails.sent().into_iter().rev().find(|mail| mail.to == COLLEAGUE).unwrap();
        let at = mail.text.find("/join/confirm/").unwrap();
        let confirm: String = mail.text[at..].chars().take_while(|c| !c.is_whitespace()).collect();
        assert_eq!(colleague.get(&web, &confirm).await.status, StatusCode::OK);

        // Unknown.
        is_lapsed(&colleague.get(&web, "/join/confirm/nothing").await);
        is_lapsed(&colleague.get(&web, "/join/with/nothing").await);
        is_lapsed(&colleague.post(&web, "/join/with/nothing", &entered).await);
        // Lapsed, also for whoever has had the page open.
        web.house.clock.advance(TimeDelta::days(31));
        is_lapsed(&colleague.get(&web, &confirm).await);
        is_lapsed(&colleague.get(&web, &with).await);
        let pressed = colleague.post(&web, &confirm, &[]).await;
        assert_eq!(pressed.place(), "/join/gone");
        is_lapsed(&colleague.get(&web, pressed.place()).await);
        web.house.close().await;
    }
}
