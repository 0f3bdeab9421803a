//! Whoever tries too often is told so in their language, at the form, with what they typed kept.

use services::testing::TestHouse;

use crate::{
    browser::{Browser, Web},
    contact::{code_of, entry},
    furnished::{ADVOCATE, furnished},
};

/// Sends a form again and again, each time with other values, until its page says so.
async fn tires(
    web: &Web,
    browser: &mut Browser,
    (path, field): (&str, &str),
    said: &str,
    values: impl Fn(usize) -> Vec<(String, String)>,
) {
    for number in 0..70 {
        let values = values(number);
        let pairs: Vec<_> = values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let place = browser.post(web, path, &pairs).await.place().to_owned();
        if !place.contains("form=") {
            continue;
        }
        let page = browser.get(web, &place).await;
        if page.html.contains(said) {
            let typed = pairs.iter().find(|(name, _)| *name == field).unwrap();
            assert_eq!(page.value(field), typed.1, "{path}");
            return;
        }
    }
    panic!("{path} never says: {said}");
}

fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

const TRIES: [&str; 2] = [
    "Zu viele Versuche von diesem Anschluss. Bitte versuchen Sie es in einer Viertelstunde noch einmal.",
    "Too many attempts from this connection. Please try again in a quarter of an hour.",
];

const FORMS: [&str; 2] = [
    "Zu viele Formulare von diesem Anschluss. Bitte versuchen Sie es in einer Viertelstunde noch einmal.",
    "Too many forms from this connection. Please try again in a quarter of an hour.",
];

const REFERRALS: [&str; 2] = [
    "Heute sind schon sehr viele Empfehlungen eingegangen. Bitte machen Sie morgen weiter.",
    "A great many referrals have come in today. Please go on tomorrow.",
];

const SIGN_INS: [&str; 2] = [
    "Zu viele Anmeldungen von diesem Anschluss. Bitte versuchen Sie es in einer Viertelstunde noch einmal.",
    "Too many sign-ins from this connection. Please try again in a quarter of an hour.",
];

#[tokio::test]
async fn whoever_tries_too_often_reads_so_in_their_language() {
    let web = furnished(TestHouse::sqlite().await).await;
    let landing = format!("/l/{}", code_of(&web, ADVOCATE).await);
    let mut anna = Browser::speaking("de");
    anna.sign_in(&web, ADVOCATE).await;
    for (place, language) in ["de", "en"].into_iter().enumerate() {
        anna.post(&web, "/language", &[("language", language), ("back", "/")]).await;
        let mut browser = Browser::speaking(language);
        let code = |number| owned(&[("code", &format!("NIEMAND-{number}"))]);
        for path in ["/code", "/join"] {
            tires(&web, &mut browser, (path, "code"), TRIES[place], code).await;
        }
        let filled = |number| {
            let (key, email) = (format!("key-{number}"), format!("leitung@werk{number}.example"));
            owned(&entry(&key, &email))
        };
        tires(&web, &mut browser, (&landing, "email"), FORMS[place], filled).await;
        let referral = |number| {
            owned(&[
                ("key", &format!("key-{number}")),
                ("company", &format!("Werk {number} GmbH")),
                ("country", "DE"),
                ("role", "Leitung Einkauf"),
                ("reason", "Zweite Linie seit Herbst."),
                ("channel", "link"),
            ])
        };
        tires(&web, &mut anna, ("/refer", "company"), REFERRALS[place], referral).await;
    }
    // Last, because nobody signs in after it.
    for (place, language) in ["de", "en"].into_iter().enumerate() {
        let address = |number| owned(&[("email", &format!("wer{number}@werk.example"))]);
        tires(&web, &mut Browser::speaking(language), ("/sign-in", "email"), SIGN_INS[place], address).await;
    }
    web.house.run_jobs().await;
    web.house.close().await;
}
