//! The API for machines: no session, no cookie, refusals after RFC 9457; and the pages that make its keys.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use domain::{access::ApiScope, text::ApiKeyName};
use services::{
    Ctx,
    access::{MOST_CALLS, create_key},
    testing::TestHouse,
};

use crate::{
    browser::{Answer, Site, Web},
    furnished::ADVOCATE,
    roles::{ADMINISTRATOR, id_of, signed_in, staffed},
};

async fn ask(web: &Web, key: Option<&str>, query: &str) -> Answer {
    let mut request = Request::get(format!("/api/v1/grants{query}"));
    if let Some(key) = key {
        request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
    }
    web.send(request.body(Body::empty()).unwrap()).await
}

async fn made(ctx: &Ctx, scopes: Vec<ApiScope>) -> String {
    let jonas = ctx.store.members().person(id_of(ctx, ADMINISTRATOR).await).await.unwrap().unwrap();
    let by = jonas.actor.administering().unwrap();
    create_key(ctx, by, ctx.new_id(), ApiKeyName::parse("Lizenzserver").unwrap(), scopes).await.unwrap()
}

#[tokio::test]
async fn grants_are_asked_for_with_a_key_and_nothing_else() {
    for house in TestHouse::all().await {
        let web = staffed(house).await;
        let ctx = &web.house.ctx;
        let key = made(ctx, vec![ApiScope::GrantsRead]).await;
        let bare = made(ctx, Vec::new()).await;
        let anna = ctx.store.members().person(id_of(ctx, ADVOCATE).await).await.unwrap().unwrap();
        let account = anna.actor.account.unwrap();
        let (good, nobody) = (format!("?account={account}"), format!("?account={}", uuid::Uuid::max()));
        let twice = format!("{good}&account={account}");
        for (with, query, status) in [
            (None, good.as_str(), StatusCode::UNAUTHORIZED),
            (Some("dk_nothing"), &good, StatusCode::UNAUTHORIZED),
            (Some(""), &good, StatusCode::UNAUTHORIZED),
            // Without a key nobody learns what is malformed, or which customers there are.
            (None, "", StatusCode::UNAUTHORIZED),
            (Some("dk_nothing"), &nobody, StatusCode::UNAUTHORIZED),
            (Some(&bare), &good, StatusCode::FORBIDDEN),
            (Some(&bare), &nobody, StatusCode::FORBIDDEN),
            (Some(&key), &nobody, StatusCode::NOT_FOUND),
            (Some(&key), "", StatusCode::BAD_REQUEST),
            (Some(&key), "?account=", StatusCode::BAD_REQUEST),
            (Some(&key), "?account=muehlenau.example", StatusCode::BAD_REQUEST),
            (Some(&key), &twice, StatusCode::BAD_REQUEST),
        ] {
            let answer = ask(&web, with, query).await;
            assert_eq!(answer.status, status, "{query} {}", answer.html);
            assert_eq!(answer.headers[header::CONTENT_TYPE], "application/problem+json", "{query}");
            assert!(answer.html.contains(&format!("\"status\":{}", status.as_u16())), "{}", answer.html);
            let challenged = answer.headers.contains_key(header::WWW_AUTHENTICATE);
            assert_eq!(challenged, status == StatusCode::UNAUTHORIZED);
            assert!(!answer.headers.contains_key(header::SET_COOKIE));
        }
        let answer = ask(&web, Some(&key), &good).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.html);
        assert_eq!(answer.html, format!("{{\"account\":\"{account}\",\"grants\":[]}}"));
        assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
        assert!(!answer.headers.contains_key(header::SET_COOKIE));
        for _ in 0..MOST_CALLS {
            ask(&web, Some(&key), &good).await;
        }
        let answer = ask(&web, Some(&key), &good).await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(answer.headers[header::RETRY_AFTER], "60");
        web.house.close().await;
    }
}

#[tokio::test]
async fn a_key_is_shown_to_the_browser_that_made_it_and_works_until_it_is_revoked() {
    for house in TestHouse::all().await {
        let web = staffed(house).await;
        let ctx = &web.house.ctx;
        let mut jonas = signed_in(&web, ADMINISTRATOR).await;
        let form = jonas.get(&web, "/manage/keys").await;
        let id = form.value("id");
        let bad = jonas.post(&web, "/manage/keys", &[("id", &id), ("name", " ")]).await;
        let bad = jonas.get(&web, bad.place()).await;
        assert!(
            bad.html.contains("id=\"name-error\"") && bad.html.contains("grants:read-error"),
            "{}",
            bad.html
        );
        assert_eq!(bad.value("id"), id, "the same form still");
        let filled = [("id", id.as_str()), ("name", "Lizenzserver"), ("grants:read", "yes")];
        let sent = jonas.post(&web, "/manage/keys", &filled).await;
        let page = sent.place().to_owned();
        let shown = jonas.get(&web, &page).await;
        let key = shown.html.split("dk_").nth(1).unwrap().split('<').next().unwrap();
        let key = format!("dk_{key}");
        assert!(!page.contains(&key), "no key in an address");
        assert!(!jonas.get(&web, "/manage/keys").await.html.contains("dk_"), "nor on the list");
        let mut other = signed_in(&web, ADMINISTRATOR).await;
        assert!(!other.get(&web, &page).await.html.contains("dk_"), "nor in another browser");
        let again = jonas.post(&web, "/manage/keys", &filled).await;
        let again = jonas.get(&web, again.place()).await;
        assert!(again.html.contains("schon angelegt") && !again.html.contains(&key), "{}", again.html);
        assert_eq!(ctx.store.access().api_keys().await.unwrap().len(), 1);

        assert_eq!(ask(&web, Some(&key), "").await.status, StatusCode::BAD_REQUEST);
        jonas.post(&web, &format!("/manage/keys/{id}/end"), &[]).await;
        assert_eq!(ask(&web, Some(&key), "").await.status, StatusCode::UNAUTHORIZED);
        web.house.close().await;
    }
}
