//! Signing in by requests: what a browser gets to see of it, and what its cookie is worth before and after.

use std::sync::Arc;

use async_trait::async_trait;
use axum::http::StatusCode;
use chrono::TimeDelta;
use services::{
    ports::{Begun, Identity, IdentityError, IdentityProvider, KeptSignIn},
    testing::TestHouse,
};

use crate::{
    browser::{Browser, Web},
    furnished::{STAFF, furnished},
};

/// Asks for a mail in this browser; answers the code and the path of the link.
async fn ask(web: &Web, browser: &mut Browser) -> (String, String) {
    assert_eq!(browser.post(web, "/sign-in", &[("email", STAFF)]).await.place(), "/sign-in/code");
    web.house.run_jobs().await;
    let mail = web.house.mails.sent().pop().expect("a mail");
    let code = mail.subject.chars().filter(char::is_ascii_digit).collect();
    let at = mail.text.find("/sign-in/link?t=").expect("a link");
    (code, mail.text[at..].chars().take_while(|c| !c.is_whitespace()).collect())
}

/// What the page says that a refused form leads back to.
async fn refusal(web: &Web, browser: &mut Browser, path: &str, pairs: &[(&str, &str)]) -> String {
    let refused = browser.post(web, path, pairs).await;
    let place = refused.place().to_owned();
    assert!(place.contains("form="), "{place}");
    browser.get(web, &place).await.html
}

async fn is_in(web: &Web, browser: &mut Browser) -> bool {
    browser.get(web, "/manage/people").await.status == StatusCode::OK
}

#[tokio::test]
async fn a_link_opened_in_another_browser_signs_nobody_in_and_says_how_to_go_on() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let mut asking = Browser::speaking("de");
        let (code, link) = ask(&web, &mut asking).await;
        let mut other = Browser::speaking("de");
        let token = other.get(&web, &link).await.value("token");
        let html = refusal(&web, &mut other, "/sign-in/link", &[("token", &token)]).await;
        assert!(html.contains("in dem Browser"), "{html}");
        assert!(!is_in(&web, &mut other).await);
        // The code carries it over.
        assert_eq!(asking.post(&web, "/sign-in/code", &[("code", &code)]).await.place(), "/");
        assert!(is_in(&web, &mut asking).await && !is_in(&web, &mut other).await);
        web.house.close().await;
    }
}

#[tokio::test]
async fn a_session_has_a_new_name_once_somebody_is_signed_in() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let mut browser = Browser::speaking("de");
        let (code, _) = ask(&web, &mut browser).await;
        // Somebody who has planted or seen the cookie of before.
        let mut knowing = browser.clone();
        let entered = browser.post(&web, "/sign-in/code", &[("code", &code)]).await;
        assert!(entered.headers.contains_key("set-cookie"), "{:?}", entered.headers);
        assert!(is_in(&web, &mut browser).await);
        assert!(!is_in(&web, &mut knowing).await, "the old name opens nothing");
        web.house.close().await;
    }
}

#[tokio::test]
async fn wrong_codes_and_old_ones_are_told_apart_from_nothing_else() {
    let web = furnished(TestHouse::sqlite().await).await;
    let mut browser = Browser::speaking("de");
    let (code, _) = ask(&web, &mut browser).await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        let html = refusal(&web, &mut browser, "/sign-in/code", &[("code", wrong)]).await;
        assert!(html.contains("aria-invalid=\"true\""), "{html}");
    }
    let spent = refusal(&web, &mut browser, "/sign-in/code", &[("code", &code)]).await;
    assert!(spent.contains("nicht mehr"), "{spent}");
    assert!(!is_in(&web, &mut browser).await);

    let mut late = Browser::speaking("de");
    let (code, link) = ask(&web, &mut late).await;
    let token = late.get(&web, &link).await.value("token");
    web.house.clock.advance(TimeDelta::minutes(10));
    for (path, pair) in
        [("/sign-in/code", ("code", code.as_str())), ("/sign-in/link", ("token", token.as_str()))]
    {
        let html = refusal(&web, &mut late, path, &[pair]).await;
        assert!(html.contains("nicht mehr"), "{path}: {html}");
    }
    assert!(!is_in(&web, &mut late).await);
    web.house.close().await;
}

/// A provider that vouches for somebody of ours, whatever it is asked.
#[derive(Debug)]
struct Vouching(&'static str);

#[async_trait]
impl IdentityProvider for Vouching {
    fn id(&self) -> &str {
        self.0
    }

    fn name(&self) -> &str {
        self.0
    }

    async fn begin(&self, _: &str) -> Result<Begun, IdentityError> {
        let kept = format!(r#"{{"provider":"{}","state":"s","nonce":"n","verifier":"v"}}"#, self.0);
        let kept: KeptSignIn = serde_json::from_str(&kept).map_err(|_| IdentityError::Away)?;
        Ok(Begun { address: format!("https://{}.example/", self.0), kept })
    }

    async fn finish(&self, _: &str, _: &str, _: &KeptSignIn) -> Result<Identity, IdentityError> {
        Ok(Identity { verified_email: Some(STAFF.to_owned()) })
    }
}

#[tokio::test]
async fn what_a_provider_answers_counts_once_for_this_browser_and_this_provider() {
    for mut house in TestHouse::all().await {
        house.ctx.identity = Arc::new([Arc::new(Vouching("corp")), Arc::new(Vouching("werkbank"))]);
        let web = furnished(house).await;
        let page = Browser::speaking("de").get(&web, "/sign-in").await.html;
        assert!(page.contains("/sign-in/with/corp") && page.contains("/sign-in/with/werkbank"), "{page}");
        assert_eq!(
            Browser::speaking("de").get(&web, "/sign-in/with/unknown").await.status,
            StatusCode::NOT_FOUND
        );
        let back =
            |provider: &str, state: &str| format!("/sign-in/with/{provider}/back?state={state}&code=c");
        for (left, came, why) in [
            (None, back("corp", "s"), "never left"),
            (Some("corp"), back("corp", "t"), "another state"),
            (Some("corp"), back("werkbank", "s"), "another provider"),
            (Some("corp"), "/sign-in/with/corp/back?error=access_denied&state=s".to_owned(), "refused there"),
        ] {
            let mut browser = Browser::speaking("de");
            if let Some(left) = left {
                let away = browser.get(&web, &format!("/sign-in/with/{left}")).await;
                assert_eq!(away.place(), format!("https://{left}.example/"));
            }
            let answer = browser.get(&web, &came).await;
            assert!(answer.place().starts_with("/sign-in?form="), "{why}: {}", answer.place());
            assert!(!is_in(&web, &mut browser).await, "{why}");
            // Whatever came, the sign-in is over: the right answer comes too late.
            browser.get(&web, &back("corp", "s")).await;
            assert!(!is_in(&web, &mut browser).await, "{why}, and then the right answer");
        }
        for provider in ["corp", "werkbank"] {
            let mut browser = Browser::speaking("de");
            browser.get(&web, &format!("/sign-in/with/{provider}")).await;
            assert_eq!(browser.get(&web, &back(provider, "s")).await.place(), "/");
            assert!(is_in(&web, &mut browser).await, "{provider}");
        }
        web.house.close().await;
    }
}
