//! No mail goes to an address that somebody else typed: every way in is walked, every job is run, and then all mails
//! that were ever written are looked at.

use std::{collections::BTreeSet, sync::Arc};

use async_trait::async_trait;
use chrono::TimeDelta;
use domain::text::Language;
use services::{
    imports::{Importing, import_customers},
    ports::{Begun, Identity, IdentityError, IdentityProvider, KeptSignIn},
    testing::TestHouse,
};

use crate::browser::{Browser, Web};

const STAFF: &str = "miriam@halvern.example";
const ADVOCATE: &str = "anna@muehlenau.example";
const CONTACT: &str = "jens@ravensteiner.example";
const ASKING: &str = "ben@muehlenau.example";
const COLLEAGUE: &str = "cem@muehlenau.example";

/// A provider that vouches for an address which nobody has given us.
#[derive(Debug)]
struct Vouching;

#[async_trait]
impl IdentityProvider for Vouching {
    fn id(&self) -> &str {
        "corp"
    }

    fn name(&self) -> &str {
        "Corp"
    }

    async fn begin(&self, _: &str) -> Result<Begun, IdentityError> {
        let kept = r#"{"provider":"corp","state":"s","nonce":"n","verifier":"v"}"#;
        let kept: KeptSignIn = serde_json::from_str(kept).map_err(|_| IdentityError::Away)?;
        Ok(Begun { address: "https://login.corp.example/".to_owned(), kept })
    }

    async fn finish(&self, _: &str, _: &str, _: &KeptSignIn) -> Result<Identity, IdentityError> {
        Ok(Identity { verified_email: Some("vouched@fremd.example".to_owned()) })
    }
}

/// Every address that mails were written to, sent or not, and the table of them agrees with what has left.
async fn written(web: &Web) -> BTreeSet<String> {
    web.house.run_jobs().await;
    let sent: BTreeSet<String> = web.house.mails.sent().into_iter().map(|mail| mail.to).collect();
    let rows = web.house.ctx.store.newest_mails(1_000).await.unwrap();
    assert_eq!(rows.into_iter().map(|mail| mail.to).collect::<BTreeSet<_>>(), sent);
    sent
}

/// The path of a link in the newest mail to this address.
fn link(web: &Web, to: &str, folder: &str) -> String {
    let mails = web.house.mails.sent();
    let mail = mails.iter().rev().find(|mail| mail.to == to && mail.text.contains(folder)).unwrap();
    let at = mail.text.find(folder).unwrap();
    mail.text[at..].chars().take_while(|c| !c.is_whitespace()).collect()
}

/// Staff type addresses: a list, an invitation, a correction.
async fn staff_types(web: &Web) {
    let mut staff = Browser::speaking("de");
    staff.sign_in(web, STAFF).await;
    let list = "company;domains;country;status;person;mail\n\
                Liste AG;liste.example;DE;customer;Ida List;ida@liste.example\n";
    let report = import_customers(&web.house.ctx, list, &Importing::default()).await.unwrap();
    assert_eq!(report.new_people, 1);
    let invited = [
        ("name", "Eva Brief"),
        ("email", "eva@muehlenau.example"),
        ("account", "muehlenau.example"),
        ("language", "de"),
        ("role-advocate", "yes"),
    ];
    let letter = staff.post(web, "/manage/people/invite", &invited).await.place().to_owned();
    assert_eq!(staff.get(web, &letter).await.status, 200);
    let person = letter.strip_suffix("/letter").unwrap();
    let changed = [
        ("name", "Eva Brief"),
        ("email", "eva.neu@muehlenau.example"),
        ("language", "de"),
        ("deputy", ""),
        ("version", "0"),
    ];
    assert_eq!(staff.post(web, &format!("{person}/change"), &changed).await.place(), person);
    let permission = [("channel", "mail"), ("basis", "consent"), ("source", "Messe"), ("act", "record")];
    assert_eq!(staff.post(web, &format!("{person}/permission"), &permission).await.place(), person);
    let on = staff.post(web, "/manage/people/requests/setting", &[("on", "yes")]).await;
    assert_eq!(on.place(), "/manage/people/requests");
}

/// An advocate types addresses wherever there is room for text; answers the link that they carry on themselves.
async fn advocate_types(web: &Web, advocate: &mut Browser) -> String {
    let key = advocate.get(web, "/refer").await.value("key");
    let refused = [
        ("key", key.as_str()),
        ("company", "Ravensteiner Hydraulik GmbH"),
        ("country", "DE"),
        ("role", "role@fremd.example"),
        ("reason", "Bitte schreiben Sie an reason@fremd.example."),
        ("channel", "link"),
    ];
    let place = advocate.post(web, "/refer", &refused).await.place().to_owned();
    assert!(place.starts_with("/refer?"), "an address is no role: {place}");
    let mut taken = refused;
    taken[3] = ("role", "Leitung Einkauf");
    let referral = advocate.post(web, "/refer", &taken).await.place().to_owned();
    assert!(referral.starts_with("/referrals/"), "{referral}");
    let said = [("body", "Oder an message@fremd.example.")];
    advocate.post(web, &format!("{referral}/messages"), &said).await;
    let page = advocate.get(web, &referral).await.html;
    let at = page.find("/i/").expect("the link to carry on");
    page[at..].chars().take_while(|c| c.is_ascii_alphanumeric() || "/-_".contains(*c)).collect()
}

/// A contact types their own address behind the link, and agrees.
async fn contact_types(web: &Web, carried: &str) {
    let mut contact = Browser::speaking("de");
    let key = contact.get(web, carried).await.value("key");
    let entry = [
        ("key", key.as_str()),
        ("name", "Jens Lund"),
        ("email", CONTACT),
        ("kind", "private_company"),
        ("preferred", "mail"),
        ("language", "de"),
        ("consent", "yes"),
    ];
    assert_eq!(contact.post(web, carried, &entry).await.place(), "/consent/sent");
    web.house.run_jobs().await;
    let given = contact.post(web, &link(web, CONTACT, "/confirm/"), &[("read_in", "de")]).await;
    let mine = given.place().to_owned();
    // An address in the page of one's own data is not taken: it has no field there.
    let page = contact.get(web, &mine).await;
    let version = page.value("version");
    let corrected = [
        ("name", "Jens Lund"),
        ("email", "corrected@fremd.example"),
        ("kind", "private_company"),
        ("preferred", "mail"),
        ("language", "de"),
        ("version", &version),
    ];
    contact.post(web, &mine, &corrected).await;
}

/// Two people type their own address to join, one by themselves and one by a colleague's link; others type addresses
/// that cannot join.
async fn people_ask(web: &Web, advocate: &mut Browser) {
    let mut asking = Browser::speaking("de");
    for email in [ASKING, "asked@fremd.example", "ida@liste.example", "eva.neu@muehlenau.example"] {
        let entered = [("name", "Ben Acker"), ("email", email), ("language", "de")];
        assert_eq!(asking.post(web, "/join/ask", &entered).await.place(), "/join/sent", "{email}");
    }
    assert_eq!(advocate.post(web, "/colleagues", &[]).await.place(), "/colleagues");
    let page = advocate.get(web, "/colleagues").await.html;
    let at = page.find("/join/with/").unwrap();
    let with: String =
        page[at..].chars().take_while(|c| c.is_ascii_alphanumeric() || "/-".contains(*c)).collect();
    let mut colleague = Browser::speaking("de");
    for email in [COLLEAGUE, "colleague@fremd.example"] {
        let entered = [("name", "Cem Doğan"), ("email", email), ("language", "de")];
        assert_eq!(colleague.post(web, &with, &entered).await.place(), "/join/sent", "{email}");
    }
    web.house.run_jobs().await;
    let waits = asking.post(web, &link(web, ASKING, "/join/confirm/"), &[]).await;
    assert_eq!(waits.place(), "/join/waiting");
    let is_in = colleague.post(web, &link(web, COLLEAGUE, "/join/confirm/"), &[]).await;
    assert_eq!(is_in.place(), "/");
}

#[tokio::test]
async fn no_mail_goes_to_an_address_that_somebody_else_typed() {
    for mut house in TestHouse::all().await {
        house.ctx.identity = Arc::new([Arc::new(Vouching)]);
        let web = Web::over(house).await;
        let ctx = &web.house.ctx;
        let (name, mail) = ("Miriam Vogt".parse().unwrap(), STAFF.parse().unwrap());
        services::members::create_admin(ctx, name, mail, Language::German).await.unwrap();
        let list = format!(
            "company;domains;country;kind;status;person;mail;language;account_manager\n\
             Mühlenau GmbH;muehlenau.example;DE;private_company;customer;Anna Berger;{ADVOCATE};de;{STAFF}\n"
        );
        import_customers(ctx, &list, &Importing::default()).await.unwrap();
        assert!(written(&web).await.is_empty());

        staff_types(&web).await;
        let mut advocate = Browser::speaking("de");
        advocate.sign_in(&web, ADVOCATE).await;
        let carried = advocate_types(&web, &mut advocate).await;
        contact_types(&web, &carried).await;
        people_ask(&web, &mut advocate).await;

        // Strangers: an address on the sign-in page that nobody has, and one that a provider vouches for.
        let mut stranger = Browser::speaking("de");
        stranger.post(&web, "/sign-in", &[("email", "signing@fremd.example")]).await;
        let left = stranger.get(&web, "/sign-in/with/corp").await;
        assert_eq!(left.place(), "https://login.corp.example/");
        stranger.get(&web, "/sign-in/with/corp/back?state=s&code=c").await;

        // Everything that is due within half a year: silence, expiry, purges.
        for _ in 0..6 {
            web.house.run_jobs().await;
            web.house.clock.advance(TimeDelta::days(31));
        }
        let own = [STAFF, ADVOCATE, CONTACT, ASKING, COLLEAGUE].map(str::to_owned);
        assert_eq!(written(&web).await, BTreeSet::from(own));
        web.house.close().await;
    }
}
