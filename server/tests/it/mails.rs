//! Doing without mails by the mail program's own button (RFC 8058): one request without cookies, from nobody's page.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use services::{ports::Envelope, testing::TestHouse};

use crate::{
    browser::{Browser, Site, Web},
    furnished::{ADVOCATE, agreed},
};

async fn move_on(web: &Web, staff: &mut Browser, work: &str, step: &str) {
    let version = staff.get(web, work).await.value("version");
    let moved = staff.post(web, &format!("{work}/stage"), &[("version", &version), ("move", step)]).await;
    assert_eq!(moved.place(), work);
    web.house.run_jobs().await;
}

#[tokio::test]
async fn one_request_ends_mails_of_a_kind_and_says_so() {
    for house in TestHouse::all().await {
        let (web, mut staff, id) = agreed(house).await;
        let work = format!("/work/referrals/{id}");
        move_on(&web, &mut staff, &work, "accepted").await;
        let told = |web: &Web| {
            let mails = web.house.mails.sent();
            // A tier that is reached on the way is told by a mail of another kind.
            let of_states = |mail: &Envelope| {
                mail.to == ADVOCATE && mail.stop.is_some() && !mail.subject.starts_with("Ihre neue Stufe")
            };
            mails.into_iter().filter(of_states).collect::<Vec<_>>()
        };
        let before = told(&web);
        let stop = before.last().and_then(|mail| mail.stop.clone()).expect("a mail about the new state");
        let path = stop.strip_prefix(&web.house.ctx.host.public_url).unwrap().to_owned();

        let one_click = |path: &str| {
            Request::post(path)
                .header(header::HOST, "empfehlen.halvern.example")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Body::from("List-Unsubscribe=One-Click"))
                .unwrap()
        };
        // A token that is not this mail's ends nothing.
        let wrong = format!("{}x", path);
        assert_eq!(web.send(one_click(&wrong)).await.status, StatusCode::NOT_FOUND);
        // Looking ends nothing either: scanners look at every link.
        assert_eq!(Browser::speaking("de").get(&web, &path).await.status, StatusCode::OK);
        move_on(&web, &mut staff, &work, "meeting").await;
        assert_eq!(told(&web).len(), before.len() + 1);
        for _ in 0..2 {
            let ended = web.send(one_click(&path)).await;
            assert_eq!(ended.status, StatusCode::OK, "{}", ended.html);
        }
        move_on(&web, &mut staff, &work, "qualified").await;
        assert_eq!(told(&web).len(), before.len() + 1, "the advocate does without");
        web.house.close().await;
    }
}
