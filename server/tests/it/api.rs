//! The API for machines: no session, no cookie, refusals after RFC 9457.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use domain::access::ApiScope;
use services::{access::create_key, testing::TestHouse};

use crate::{
    browser::{Answer, Site, Web},
    furnished::ADVOCATE,
    roles::{ADMINISTRATOR, id_of, staffed},
};

async fn ask(web: &Web, key: Option<&str>, account: &str) -> Answer {
    let mut request = Request::get(format!("/api/v1/grants?account={account}"));
    if let Some(key) = key {
        request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
    }
    web.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn grants_are_asked_for_with_a_key_and_nothing_else() {
    for house in TestHouse::all().await {
        let web = staffed(house).await;
        let ctx = &web.house.ctx;
        let jonas = ctx.store.members().person(id_of(ctx, ADMINISTRATOR).await).await.unwrap().unwrap();
        let by = jonas.actor.administering().unwrap();
        let scopes = vec![ApiScope::GrantsRead];
        let key = create_key(ctx, by, "Lizenzserver".parse().unwrap(), scopes).await.unwrap();
        let bare = create_key(ctx, by, "Ohne".parse().unwrap(), Vec::new()).await.unwrap();
        for (with, account, status) in [
            (None, "muehlenau.example", StatusCode::UNAUTHORIZED),
            (Some("dk_nothing"), "muehlenau.example", StatusCode::UNAUTHORIZED),
            (Some(bare.as_str()), "muehlenau.example", StatusCode::FORBIDDEN),
            (Some(key.as_str()), "nobody.example", StatusCode::NOT_FOUND),
            (Some(key.as_str()), "", StatusCode::NOT_FOUND),
        ] {
            let answer = ask(&web, with, account).await;
            assert_eq!(answer.status, status, "{}", answer.html);
            assert_eq!(answer.headers[header::CONTENT_TYPE], "application/problem+json");
            assert!(answer.html.contains(&format!("\"status\":{}", status.as_u16())), "{}", answer.html);
            assert!(!answer.headers.contains_key(header::SET_COOKIE));
        }
        let account = ctx.store.members().person(id_of(ctx, ADVOCATE).await).await.unwrap().unwrap();
        let account = account.actor.account.unwrap();
        for named in ["muehlenau.example".to_owned(), account.to_string()] {
            let answer = ask(&web, Some(&key), &named).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.html);
            assert_eq!(answer.html, format!("{{\"account\":\"{account}\",\"grants\":[]}}"));
        }
        for _ in 0..130 {
            ask(&web, Some(&key), "muehlenau.example").await;
        }
        let answer = ask(&web, Some(&key), "muehlenau.example").await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(answer.headers[header::RETRY_AFTER], "60");
        web.house.close().await;
    }
}
