//! A house with one customer in it, and the steps that most journeys begin with.

use axum::http::StatusCode;
use domain::{ids::ReferralId, text::Language};
use services::{
    imports::{Importing, import_customers},
    testing::TestHouse,
};

use crate::browser::{Browser, Web};

pub(crate) const STAFF: &str = "miriam@halvern.example";
pub(crate) const ADVOCATE: &str = "anna@muehlenau.example";
pub(crate) const CONTACT: &str = "jens@ravensteiner.example";

/// A house with one customer, one advocate and one member of staff who does everything.
pub(crate) async fn furnished(house: TestHouse) -> Web {
    let web = Web::over(house).await;
    let ctx = &web.house.ctx;
    let (name, mail) = ("Miriam Vogt".parse().unwrap(), STAFF.parse().unwrap());
    let staff = services::members::create_admin(ctx, name, mail, Language::German).await.unwrap();
    let staff = ctx.store.members().person(staff).await.unwrap().unwrap();
    services::testing::sign_off_markets(ctx, &staff.actor).await;
    let file = format!(
        "company;domains;country;kind;status;person;mail;language;account_manager\n\
         Mühlenau GmbH;muehlenau.example;DE;private_company;customer;Anna Berger;{ADVOCATE};de;{STAFF}\n"
    );
    let importing = Importing { mapping: Vec::new(), country: None, dry_run: false, by: None };
    let report = import_customers(ctx, &file, &importing).await.unwrap();
    assert!(report.refused.is_empty(), "{report:?}");
    web
}

/// Submits a referral for the thank-you with this name; answers its id.
pub(crate) async fn refer(web: &Web, advocate: &mut Browser, thanks: &str) -> ReferralId {
    let form = advocate.get(web, "/refer").await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.html);
    let at =
        form.html.find(&format!(">{thanks}</label>")).unwrap_or_else(|| panic!("{thanks}: {}", form.html));
    let incentive =
        form.html[..at].rsplit("for=\"incentive-").next().unwrap().split('"').next().unwrap().to_owned();
    let key = form.value("key");
    let pairs = submission(&key, &incentive);
    let sent = advocate.post(web, "/refer", &pairs).await;
    let place = sent.place().to_owned();
    // The second press of the button is the same referral.
    let again = advocate.post(web, "/refer", &pairs).await;
    assert_eq!(again.place(), place);
    place.strip_prefix("/referrals/").unwrap_or_else(|| panic!("refused: {place}")).parse().unwrap()
}

/// What the form of a new referral sends.
pub(crate) fn submission<'a>(key: &'a str, incentive: &'a str) -> [(&'static str, &'a str); 7] {
    [
        ("key", key),
        ("company", "Ravensteiner Hydraulik GmbH"),
        ("country", "DE"),
        ("role", "Leitung Einkauf"),
        ("reason", "Zweite Linie seit Herbst."),
        ("channel", "link"),
        ("incentive", incentive),
    ]
}

/// Moves a referral by the form of its page, as it stands now.
pub(crate) async fn moved(web: &Web, staff: &mut Browser, id: ReferralId, form: &[(&str, &str)]) {
    let work = format!("/work/referrals/{id}");
    let version = staff.get(web, &work).await.value("version");
    let form: Vec<_> = form.iter().copied().chain([("version", version.as_str())]).collect();
    assert_eq!(staff.post(web, &format!("{work}/stage"), &form).await.place(), work);
}

/// The contact fills in the form behind the carried link and agrees by the button behind the mail; answers where their own
/// page is.
pub(crate) async fn agree(web: &Web, link: &str) -> String {
    let mut contact = Browser::speaking("de");
    let confirm = enter(web, &mut contact, link).await;
    // Looking is not agreeing.
    let page = contact.get(web, &confirm).await;
    assert_eq!(page.status, StatusCode::OK);
    let given = contact.post(web, &confirm, &[("read_in", "de")]).await;
    assert!(given.place().starts_with("/my/"), "{}", given.place());
    given.place().to_owned()
}

/// The contact fills in the form behind the carried link; answers where the link of their mail leads.
pub(crate) async fn enter(web: &Web, contact: &mut Browser, link: &str) -> String {
    let landing = contact.get(web, link).await;
    assert!(landing.html.contains("Was erhält Anna Berger dafür?"), "{}", landing.html);
    let key = landing.value("key");
    let answer = contact
        .post(
            web,
            link,
            &[
                ("key", &key),
                ("name", "Jens Lund"),
                ("email", CONTACT),
                ("kind", "private_company"),
                ("preferred", "mail"),
                ("language", "de"),
                ("consent", "yes"),
            ],
        )
        .await;
    assert_eq!(answer.place(), "/consent/sent");
    web.house.run_jobs().await;
    let mails = web.house.mails.sent();
    let mail = mails.iter().rev().find(|mail| mail.to == CONTACT).expect("the one neutral mail");
    let at = mail.text.find("/confirm/").unwrap();
    mail.text[at..].chars().take_while(|c| !c.is_whitespace()).collect()
}

pub(crate) fn carried(page: &str) -> String {
    let at = page.find("/i/").expect("the link to carry on");
    page[at..].chars().take_while(|c| c.is_ascii_alphanumeric() || "/-_".contains(*c)).collect()
}

/// A referral whose contact has agreed, and somebody of staff who is signed in.
pub(crate) async fn agreed(house: TestHouse) -> (Web, Browser, ReferralId) {
    let web = furnished(house).await;
    let mut advocate = Browser::speaking("de");
    advocate.sign_in(&web, ADVOCATE).await;
    let id = refer(&web, &mut advocate, "Guthaben").await;
    let page = advocate.get(&web, &format!("/referrals/{id}")).await;
    agree(&web, &carried(&page.html)).await;
    let mut staff = Browser::speaking("de");
    staff.sign_in(&web, STAFF).await;
    (web, staff, id)
}
