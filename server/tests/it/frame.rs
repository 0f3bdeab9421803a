//! What holds for every page: headers, errors, refusals.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use services::testing::TestHouse;

use crate::{
    browser::{Browser, Site, Web},
    furnished::{STAFF, furnished},
};

#[tokio::test]
async fn pages_forbid_scripts_of_others_and_unknown_paths_have_a_way_on() {
    let web = Web::over(TestHouse::sqlite().await).await;
    let page = Browser::speaking("en").get(&web, "/sign-in").await;
    assert_eq!(page.status, StatusCode::OK);
    let policy = page.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe-inline"));
    assert!(
        page.html.contains("lang=\"en\"")
            && !page.html.contains("<script>")
            && !page.html.contains("style=\"")
    );

    let lost = Browser::speaking("de").get(&web, "/nowhere").await;
    assert_eq!(lost.status, StatusCode::NOT_FOUND);
    assert!(lost.html.contains("Diese Seite gibt es nicht") && lost.html.contains("href=\"/\""));
    web.house.close().await;
}

#[tokio::test]
async fn search_engines_may_read_what_they_may_show() {
    let web = Web::over(TestHouse::sqlite().await).await;
    let rules = Browser::speaking("en").get(&web, "/robots.txt").await.html;
    let forbidden: Vec<&str> = rules.lines().filter_map(|line| line.strip_prefix("Disallow: ")).collect();
    assert!(!forbidden.is_empty(), "{rules}");
    for path in ["/sign-in", "/code", "/legal/privacy"] {
        let page = Browser::speaking("en").get(&web, path).await;
        assert!(page.html.contains("<meta name=\"robots\" content=\"index, follow\">"), "{}", page.html);
        assert!(page.html.contains("<meta name=\"description\" content=\""), "{}", page.html);
        assert!(!forbidden.iter().any(|prefix| path.starts_with(prefix)), "{path}: {rules}");
    }
    let lost = Browser::speaking("en").get(&web, "/nowhere").await;
    assert!(lost.html.contains("content=\"noindex, nofollow\""), "{}", lost.html);
    web.house.close().await;
}

/// What is behind the sign-in, and what a link alone opens, is nobody's to index, whoever looks at it.
#[tokio::test]
async fn what_is_somebodys_own_is_in_no_index() {
    let web = crate::furnished::furnished(TestHouse::sqlite().await).await;
    let hidden = |page: &str, path: &str| {
        assert!(page.contains("<meta name=\"robots\" content=\"noindex, nofollow\">"), "{path}: {page}");
    };
    let mut anna = Browser::speaking("de");
    anna.sign_in(&web, crate::furnished::ADVOCATE).await;
    for path in ["/refer", "/referrals", "/rewards", "/tiers", "/profile", "/share"] {
        hidden(&anna.get(&web, path).await.html, path);
    }
    let mut staff = Browser::speaking("de");
    staff.sign_in(&web, crate::furnished::STAFF).await;
    for path in ["/work/board", "/work/approvals", "/work/shortfalls", "/manage/people", "/manage/settings"] {
        hidden(&staff.get(&web, path).await.html, path);
    }
    let id = crate::furnished::refer(&web, &mut anna, "Guthaben").await;
    hidden(&anna.get(&web, "/").await.html, "/");
    let link = crate::furnished::carried(&anna.get(&web, &format!("/referrals/{id}")).await.html);
    hidden(&Browser::speaking("de").get(&web, &link).await.html, &link);
    web.house.close().await;
}

#[tokio::test]
async fn a_form_from_another_site_changes_nothing() {
    let web = Web::over(TestHouse::sqlite().await).await;
    let before = web.house.ctx.store.open_jobs().await.unwrap();
    let request = Request::builder()
        .method(Method::POST)
        .uri("/sign-in")
        .header(header::HOST, "empfehlen.halvern.example")
        .header(header::ORIGIN, "https://evil.example")
        .header("sec-fetch-site", "cross-site")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from("email=anna%40halvern.example"))
        .unwrap();
    assert_eq!(web.send(request).await.status, StatusCode::FORBIDDEN);
    assert_eq!(web.house.ctx.store.open_jobs().await.unwrap(), before);
    web.house.close().await;
}

#[tokio::test]
async fn oversized_bodies_are_refused() {
    let web = Web::over(TestHouse::sqlite().await).await;
    let huge = "x".repeat(300 * 1024);
    let answer = web.send(Browser::speaking("de").form("/sign-in", &[("email", &huge)])).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    web.house.close().await;
}

#[tokio::test]
async fn bad_input_comes_back_with_what_was_typed_and_a_sentence() {
    let web = Web::over(TestHouse::sqlite().await).await;
    let mut browser = Browser::speaking("de");
    let refused = browser.post(&web, "/sign-in", &[("email", "anna<b>")]).await;
    let form = browser.get(&web, refused.place()).await;
    assert!(form.html.contains("Das ist keine vollständige E-Mail-Adresse"), "{}", form.html);
    assert!(form.html.contains("value=\"anna&lt;b&gt;\""), "{}", form.html);
    // The kept form belongs to the browser that typed it.
    let other = Browser::speaking("de").get(&web, refused.place()).await;
    assert!(!other.html.contains("anna&lt;b"), "{}", other.html);
    web.house.close().await;
}

#[tokio::test]
async fn known_and_unknown_addresses_get_the_same_answer_and_leave_the_same_traces() {
    for house in TestHouse::all().await {
        let web = Web::over(house).await;
        let (name, mail) = ("Anna Berger".parse().unwrap(), "anna@halvern.example".parse().unwrap());
        services::members::create_admin(&web.house.ctx, name, mail, domain::text::Language::German)
            .await
            .unwrap();
        let mut answers = Vec::new();
        for email in ["anna@halvern.example", "nobody@halvern.example"] {
            let mut browser = Browser::speaking("de");
            let asked = browser.post(&web, "/sign-in", &[("email", email)]).await;
            let jobs = web.house.ctx.store.open_jobs().await.unwrap();
            web.house.run_jobs().await;
            let page = browser.get(&web, asked.place()).await;
            answers.push((asked.status, asked.place().to_owned(), jobs, page.status, page.html));
        }
        assert_eq!(answers[0], answers[1]);
        let mails = web.house.mails.sent();
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].to, "anna@halvern.example");
        web.house.close().await;
    }
}

#[tokio::test]
async fn a_session_lives_as_long_as_somebody_comes_and_two_weeks_more() {
    let web = Web::over(TestHouse::sqlite().await).await;
    let (name, mail) = ("Anna Berger".parse().unwrap(), "anna@halvern.example".parse().unwrap());
    services::members::create_admin(&web.house.ctx, name, mail, domain::text::Language::German)
        .await
        .unwrap();
    let mut browser = Browser::speaking("de");
    browser.sign_in(&web, "anna@halvern.example").await;
    for _ in 0..4 {
        web.house.clock.advance(chrono::TimeDelta::days(10));
        assert_eq!(browser.get(&web, "/profile").await.status, StatusCode::OK);
    }
    web.house.clock.advance(chrono::TimeDelta::days(15));
    assert_eq!(browser.get(&web, "/profile").await.place(), "/sign-in");
    web.house.run_jobs().await;
    web.house.close().await;
}

#[tokio::test]
async fn a_demonstration_says_so_on_every_page_and_only_there_mails_can_be_read() {
    const PAGES: [&str; 8] = [
        "/",
        "/sign-in",
        "/nowhere",
        "/legal/privacy",
        "/work/board",
        "/manage/jobs",
        "/manage/people",
        "/dev/mail",
    ];
    for demo in [true, false] {
        let mut house = TestHouse::sqlite().await;
        house.ctx.demo = demo;
        let web = furnished(house).await;
        let ctx = &web.house.ctx;
        let staff = ctx.store.members().id_by_email(&STAFF.parse().unwrap()).await.unwrap().unwrap();
        let mut browser = Browser::speaking("en");
        for signed_in in [false, true] {
            if signed_in && demo {
                let face =
                    serde_json::json!([{ "member": staff, "name": "Miriam", "role": "administrator" }]);
                let tx = ctx.store.begin().await.unwrap();
                tx.set_setting("demo", &face, ctx.now()).await.unwrap();
                tx.commit().await.unwrap();
                let member = staff.to_string();
                let answer = browser.post(&web, "/demo/sign-in", &[("member", &member)]).await;
                assert!(answer.status.is_redirection(), "{}", answer.html);
            } else if signed_in {
                // Without what this browser wanted to see before.
                browser = Browser::speaking("en");
                browser.sign_in(&web, STAFF).await;
            }
            for path in PAGES {
                let page = browser.get(&web, path).await;
                if !page.status.is_redirection() {
                    assert_eq!(page.html.contains("class=\"demo-flag\""), demo, "{path}: {}", page.html);
                }
                let open = if demo { StatusCode::OK } else { StatusCode::NOT_FOUND };
                assert!(path != "/dev/mail" || page.status == open, "{}", page.status);
                // Staff begin where their work waits.
                let leads_on = ["/", "/sign-in"].contains(&path);
                let open_to_staff = !page.status.is_redirection() || leads_on;
                assert!(!signed_in || open_to_staff, "{path}: {}", page.status);
            }
        }
        web.house.close().await;
    }
}
