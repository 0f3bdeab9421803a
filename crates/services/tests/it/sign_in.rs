//! Signing in: by link and code of a mail, and by the word of an identity provider.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use async_trait::async_trait;
use chrono::TimeDelta;
use domain::text::{EmailAddress, Language};
use services::{
    Ctx,
    members::{
        SignInError, begin_sign_in_with, create_admin, request_sign_in, sign_in_by_code, sign_in_by_link,
        sign_in_with,
    },
    ports::{Begun, Identity, IdentityError, IdentityProvider, KeptSignIn},
    testing::TestHouse,
};
use tokio::task::JoinSet;
use uuid::Uuid;

const ADA: &str = "ada@halvern.example";
const BROWSER: &str = "the browser that asked";
const SOURCE: &str = "203.0.113.9";

fn ada() -> EmailAddress {
    ADA.parse().unwrap()
}

async fn with_ada(house: &TestHouse) {
    create_admin(&house.ctx, "Ada Amt".parse().unwrap(), ada(), Language::German).await.unwrap();
}

async fn ask(house: &TestHouse) -> Uuid {
    let attempt = request_sign_in(&house.ctx, &ada(), BROWSER, SOURCE).await.unwrap();
    house.run_jobs().await;
    attempt
}

/// Six digits and the link's token, from the newest mail.
fn mailed(house: &TestHouse) -> (String, String) {
    let mail = house.mails.sent().pop().unwrap();
    let code = mail.subject.chars().filter(char::is_ascii_digit).collect();
    let at = mail.text.find("/sign-in/link?t=").unwrap() + "/sign-in/link?t=".len();
    let token = mail.text[at..].chars().take_while(|c| !c.is_whitespace()).collect();
    (code, token)
}

/// A code that is not this one.
fn another(code: &str) -> String {
    let first = if code.starts_with('0') { "1" } else { "0" };
    format!("{first}{}", &code[1..])
}

#[tokio::test]
async fn link_and_code_work_once_and_in_the_browser_that_asked() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        with_ada(&house).await;
        let attempt = ask(&house).await;
        let (code, token) = mailed(&house);
        let elsewhere = "a mail scanner";
        let by_link = sign_in_by_link(ctx, &token, elsewhere).await;
        assert!(matches!(by_link, Err(SignInError::OtherBrowser)), "{by_link:?}");
        let by_code = sign_in_by_code(ctx, attempt, &code, elsewhere).await;
        assert!(matches!(by_code, Err(SignInError::OtherBrowser)), "{by_code:?}");
        // Neither has used anything up; the code is read as people type it.
        let typed = format!(" {} {}", &code[..3], &code[3..]);
        let member = sign_in_by_code(ctx, attempt, &typed, BROWSER).await.unwrap();
        assert_eq!(ctx.store.members().id_by_email(&ada()).await.unwrap(), Some(member));
        let again = sign_in_by_code(ctx, attempt, &code, BROWSER).await;
        assert!(matches!(again, Err(SignInError::Lapsed)), "{again:?}");
        let again = sign_in_by_link(ctx, &token, BROWSER).await;
        assert!(matches!(again, Err(SignInError::Lapsed)), "{again:?}");
        let invented = sign_in_by_link(ctx, "invented", BROWSER).await;
        assert!(matches!(invented, Err(SignInError::Lapsed)), "{invented:?}");
        house.close().await;
    }
}

#[tokio::test]
async fn ten_minutes_and_not_a_moment_longer() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        with_ada(&house).await;
        let attempt = ask(&house).await;
        let (code, token) = mailed(&house);
        house.clock.advance(TimeDelta::minutes(10));
        let by_code = sign_in_by_code(ctx, attempt, &code, BROWSER).await;
        assert!(matches!(by_code, Err(SignInError::Lapsed)), "{by_code:?}");
        let by_link = sign_in_by_link(ctx, &token, BROWSER).await;
        assert!(matches!(by_link, Err(SignInError::Lapsed)), "{by_link:?}");
        ask(&house).await;
        let (_, token) = mailed(&house);
        house.clock.advance(TimeDelta::minutes(10) - TimeDelta::seconds(1));
        sign_in_by_link(ctx, &token, BROWSER).await.unwrap();
        house.close().await;
    }
}

#[tokio::test]
async fn the_fifth_wrong_code_spends_the_attempt() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        with_ada(&house).await;
        let attempt = ask(&house).await;
        let (code, _) = mailed(&house);
        for _ in 0..5 {
            let wrong = sign_in_by_code(ctx, attempt, &another(&code), BROWSER).await;
            assert!(matches!(wrong, Err(SignInError::WrongCode)), "{wrong:?}");
        }
        let right = sign_in_by_code(ctx, attempt, &code, BROWSER).await;
        assert!(matches!(right, Err(SignInError::Lapsed)), "the right code comes too late: {right:?}");
        // An unknown address is guessed at in the same words.
        let nobody: EmailAddress = "nobody@halvern.example".parse().unwrap();
        let attempt = request_sign_in(ctx, &nobody, BROWSER, SOURCE).await.unwrap();
        for _ in 0..5 {
            let wrong = sign_in_by_code(ctx, attempt, "000000", BROWSER).await;
            assert!(matches!(wrong, Err(SignInError::WrongCode)), "{wrong:?}");
        }
        let wrong = sign_in_by_code(ctx, attempt, "000000", BROWSER).await;
        assert!(matches!(wrong, Err(SignInError::Lapsed)), "{wrong:?}");
        house.close().await;
    }
}

#[tokio::test]
async fn guesses_at_the_same_moment_are_five_as_well() {
    for house in TestHouse::all().await {
        with_ada(&house).await;
        let attempt = ask(&house).await;
        let (code, _) = mailed(&house);
        let wrong = another(&code);
        let mut guesses = JoinSet::new();
        for _ in 0..30 {
            let (ctx, wrong) = (house.ctx.clone(), wrong.clone());
            guesses.spawn(async move { sign_in_by_code(&ctx, attempt, &wrong, BROWSER).await });
        }
        let answers = guesses.join_all().await;
        let looked = answers.iter().filter(|answer| matches!(answer, Err(SignInError::WrongCode))).count();
        assert_eq!(looked, 5, "{answers:?}");
        let right = sign_in_by_code(&house.ctx, attempt, &code, BROWSER).await;
        assert!(matches!(right, Err(SignInError::Lapsed)), "{right:?}");
        house.close().await;
    }
}

async fn try_once(ctx: Ctx) -> i32 {
    let tx = ctx.store.begin().await.unwrap();
    let hits = tx.count_try("door", TimeDelta::minutes(15), ctx.now()).await.unwrap();
    tx.commit().await.unwrap();
    hits
}

#[tokio::test]
async fn tries_at_the_same_moment_are_all_counted() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let mut tries = JoinSet::new();
        (0..12).for_each(|_| drop(tries.spawn(try_once(ctx.clone()))));
        let mut counted = tries.join_all().await;
        counted.sort_unstable();
        assert_eq!(counted, (1..=12).collect::<Vec<_>>());
        house.clock.advance(TimeDelta::minutes(15));
        assert_eq!(try_once(ctx.clone()).await, 1, "a new window");
        house.close().await;
    }
}

#[tokio::test]
async fn nobody_floods_an_address_and_no_source_goes_on_for_ever() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        with_ada(&house).await;
        // To one address, from anywhere: the sixth gets the same answer, and no mail.
        for source in 0..6 {
            request_sign_in(ctx, &ada(), BROWSER, &format!("198.51.100.{source}")).await.unwrap();
        }
        house.run_jobs().await;
        assert_eq!(house.mails.sent().len(), 5);
        // From one source, to anybody.
        for n in 0..60 {
            let address = format!("n{n}@anywhere.example").parse().unwrap();
            request_sign_in(ctx, &address, BROWSER, SOURCE).await.unwrap();
        }
        let refused = request_sign_in(ctx, &"n60@anywhere.example".parse().unwrap(), BROWSER, SOURCE).await;
        assert!(matches!(refused, Err(SignInError::Throttled)), "{refused:?}");
        // Everybody else goes on, and a quarter of an hour later so do these.
        request_sign_in(ctx, &"n61@anywhere.example".parse().unwrap(), BROWSER, "203.0.113.10")
            .await
            .unwrap();
        house.clock.advance(TimeDelta::minutes(15));
        ask(&house).await;
        assert_eq!(house.mails.sent().len(), 6);
        house.close().await;
    }
}

/// A provider that vouches for whoever it was made for, and counts how often it was asked.
#[derive(Debug)]
struct Vouching {
    id: &'static str,
    verified: Option<&'static str>,
    asked: AtomicU32,
}

fn vouching(id: &'static str, verified: Option<&'static str>) -> Arc<Vouching> {
    Arc::new(Vouching { id, verified, asked: AtomicU32::new(0) })
}

#[async_trait]
impl IdentityProvider for Vouching {
    fn id(&self) -> &str {
        self.id
    }

    fn name(&self) -> &str {
        self.id
    }

    async fn begin(&self, back: &str) -> Result<Begun, IdentityError> {
        let kept = serde_json::json!({ "provider": self.id, "state": "s", "nonce": "n", "verifier": "v" });
        let kept: KeptSignIn = serde_json::from_value(kept).map_err(|_| IdentityError::Away)?;
        Ok(Begun { address: format!("https://{}.example/?back={back}", self.id), kept })
    }

    async fn finish(&self, _: &str, code: &str, kept: &KeptSignIn) -> Result<Identity, IdentityError> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        assert_eq!(kept.provider, self.id, "each provider is asked about its own codes only");
        if code != "right" {
            return Err(IdentityError::Refused);
        }
        Ok(Identity { verified_email: self.verified.map(str::to_owned) })
    }
}

async fn begun(ctx: &Ctx, id: &str) -> KeptSignIn {
    begin_sign_in_with(ctx, id, "https://back.example").await.unwrap().unwrap().kept
}

fn is_refused(answer: Result<domain::ids::MemberId, SignInError>) {
    assert!(matches!(answer, Err(SignInError::ProviderRefused)), "{answer:?}");
}

#[tokio::test]
async fn a_provider_is_believed_about_a_verified_address_of_ours_alone() {
    for mut house in TestHouse::all().await {
        with_ada(&house).await;
        let (corp, partner) = (vouching("corp", Some(ADA)), vouching("partner", None));
        let stranger = vouching("stranger", Some("nobody@halvern.example"));
        house.ctx.identity = Arc::new([corp.clone(), partner.clone(), stranger.clone()]);
        let ctx = &house.ctx;
        assert!(begin_sign_in_with(ctx, "unknown", "https://back.example").await.unwrap().is_none());

        // Somebody else's answer, smuggled into this browser: the provider is not even asked.
        let kept = begun(ctx, "corp").await;
        is_refused(sign_in_with(ctx, &kept, "back", "another state", "right").await);
        assert_eq!(corp.asked.load(Ordering::Relaxed), 0);
        is_refused(sign_in_with(ctx, &kept, "back", "s", "wrong").await);
        let member = sign_in_with(ctx, &kept, "back", "s", "right").await.unwrap();
        assert_eq!(ctx.store.members().id_by_email(&ada()).await.unwrap(), Some(member));

        // An address that the provider has not verified is nobody's; one that nobody has given us gets nobody in.
        for id in ["partner", "stranger"] {
            let kept = begun(ctx, id).await;
            is_refused(sign_in_with(ctx, &kept, "back", "s", "right").await);
        }
        assert_eq!(store::testing::audited(&ctx.store, "members.sign_in_refused").await, 2);
        assert_eq!(store::testing::audited(&ctx.store, "members.sign_in").await, 1);
        // A provider that was taken out of the settings meanwhile.
        let kept = begun(ctx, "corp").await;
        house.ctx.identity = Arc::new([partner]);
        is_refused(sign_in_with(&house.ctx, &kept, "back", "s", "right").await);
        house.close().await;
    }
}
