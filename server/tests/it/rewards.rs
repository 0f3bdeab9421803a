//! Rewards as marketing works on them by the pages' forms: handed over with the proof of their kind, refused with a reason,
//! given to somebody with a day.

use chrono::TimeDelta;
use domain::{ids::ReferralId, rewards::Side, text::Language};
use services::{
    rewards::RewardLine,
    testing::{TestHouse, stage_hand},
};
use store::incentives::Organisation;

use crate::{
    browser::{Browser, Web},
    contact::read,
    furnished::{ADVOCATE, STAFF, agree, carried, furnished, moved, refer},
};

pub(crate) async fn line(web: &Web, id: ReferralId, side: Side) -> RewardLine {
    let lines = services::rewards::of_referral(&web.house.ctx, id).await.unwrap();
    lines.into_iter().find(|line| line.side == side).unwrap()
}

/// An organisation that can be donated to.
pub(crate) fn food_bank() -> Organisation {
    Organisation {
        id: uuid::Uuid::from_u128(7).into(),
        name: "Tafel Bremen".to_owned(),
        legal_name: "Tafel Bremen e. V.".to_owned(),
        active: true,
        version: 0,
    }
}

/// A customer that was won by a referral for this, a month ago: its reward can be approved.
pub(crate) async fn won(
    house: TestHouse,
    thanks: &str,
    to: Option<&Organisation>,
) -> (Web, Browser, Browser, ReferralId) {
    let web = furnished(house).await;
    let ctx = &web.house.ctx;
    let (mut anna, mut staff) = (Browser::speaking("de"), Browser::speaking("de"));
    anna.sign_in(&web, ADVOCATE).await;
    staff.sign_in(&web, STAFF).await;
    // A donation is chosen where one can say to whom it goes.
    let id = refer(&web, &mut anna, if to.is_some() { "Guthaben" } else { thanks }).await;
    if let Some(organisation) = to {
        let tx = ctx.store.begin().await.unwrap();
        tx.insert_organisation(&stage_hand().program_managing().unwrap(), organisation, ctx.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let own = format!("/referrals/{id}");
        let page = anna.get(&web, &own).await.html;
        let before = page.split(&format!(">{thanks}</label>")).next().unwrap();
        let incentive = before.rsplit("for=\"incentive-").next().unwrap().split('"').next().unwrap();
        let pairs = [("incentive", incentive), ("organisation", &organisation.id.to_string())];
        assert_eq!(anna.post(&web, &format!("{own}/incentive"), &pairs).await.place(), own);
    }
    agree(&web, &carried(&anna.get(&web, &format!("/referrals/{id}")).await.html)).await;
    moved(&web, &mut staff, id, &[("move", "won"), ("deal", "12.500")]).await;
    web.house.clock.advance(TimeDelta::days(31));
    // What a month brings leaves before the mails with the codes.
    web.house.run_jobs().await;
    for (browser, email) in [(&mut anna, ADVOCATE), (&mut staff, STAFF)] {
        *browser = Browser::speaking("de");
        browser.sign_in(&web, email).await;
    }
    (web, anna, staff, id)
}

/// Sends the form of a delivery, with a file where its kind asks for one.
async fn hand_over(
    web: &Web,
    staff: &mut Browser,
    path: &str,
    pairs: &[(&str, &str)],
    file: Option<&str>,
) -> crate::browser::Answer {
    match file {
        Some(file) => staff.hand_in(web, path, pairs, ("quittung.pdf", file)).await,
        None => staff.post(web, path, pairs).await,
    }
}

#[tokio::test]
async fn each_kind_is_handed_over_with_the_proof_of_its_kind() {
    let organisation = food_bank();
    for (thanks, label, proof, to) in [
        ("Guthaben", "Nummer des Guthabenbelegs", "GS-2026-7", None),
        ("Vorabzugang", "Schlüssel oder freigeschaltete Funktion", "VORAB-2026", None),
        ("Spende", "Nummer der Spendenquittung", "SQ-77 proof@fremd.example", Some(&organisation)),
    ] {
        for house in TestHouse::all().await {
            let (web, mut anna, mut staff, id) = won(house, thanks, to).await;
            let reward = line(&web, id, Side::Advocate).await;
            let acts = format!("/work/rewards/{}", reward.id);
            let version = reward.version.to_string();
            let approved = staff.post(&web, &format!("{acts}/approval"), &[("version", &version)]).await;
            assert_eq!(approved.place(), "/work/approvals", "{thanks}");
            let version = (reward.version + 1).to_string();
            let donates = to.is_some();
            let delivery = format!("{acts}/{}", if donates { "receipt" } else { "delivery" });
            let form = read(&staff.get(&web, "/work/deliveries").await.form(&delivery));
            let form = form.split("</form>").next().unwrap();
            assert!(form.contains(&format!(">{label}</label>")), "{label}: {form}");
            assert_eq!(form.contains("type=\"file\""), donates, "{form}");

            let file = if donates { Some("%PDF-1.7 Quittung") } else { None };
            let bare = [("version", version.as_str()), ("reference", " ")];
            let refused = hand_over(&web, &mut staff, &delivery, &bare, file).await;
            let page = staff.get(&web, refused.place()).await.html;
            assert!(page.contains(&format!("id=\"reference-{}-error\"", reward.id)), "{page}");
            let pairs = [("version", version.as_str()), ("reference", proof)];
            if donates {
                // Another kind of file, none, and the form without a file: what was typed stays.
                for file in [Some("<html>"), Some(""), None] {
                    let path = if file.is_some() { delivery.clone() } else { format!("{acts}/delivery") };
                    let refused = hand_over(&web, &mut staff, &path, &pairs, file).await;
                    let page = staff.get(&web, refused.place()).await.html;
                    assert!(page.contains(&format!("id=\"file-{}-error\"", reward.id)), "{file:?}: {page}");
                    assert!(page.contains("value=\"SQ-77 proof@fremd.example\""), "{page}");
                }
                let large = format!("%PDF-{}", " ".repeat(6 * 1024 * 1024));
                let refused = hand_over(&web, &mut staff, &delivery, &pairs, Some(&large)).await;
                assert_eq!(refused.status, axum::http::StatusCode::PAYLOAD_TOO_LARGE);
            }
            let done = hand_over(&web, &mut staff, &delivery, &pairs, file).await;
            assert_eq!(done.place(), "/work/deliveries", "{thanks}");
            let (own, work) = (format!("/rewards/{}/receipt", reward.id), format!("{acts}/receipt"));
            let mut stranger = Browser::speaking("de");
            let found = [
                anna.get(&web, &own).await.status,
                staff.get(&web, &work).await.status,
                anna.get(&web, &work).await.status,
                staff.get(&web, &own).await.status,
            ];
            let there = if donates { 200 } else { 404 };
            assert_eq!(found.map(|status| status.as_u16()), [there, there, 404, 404], "{thanks}");
            assert_eq!(stranger.get(&web, &own).await.place(), "/sign-in");
            let own = read(&anna.get(&web, "/rewards").await);
            assert!(own.contains("Bereitgestellt am 3. Dezember 2026") && own.contains(proof), "{own}");
            let account = "Ihr Gegenseitigkeitskonto: eine Einführung gegeben, noch keine erhalten.";
            assert!(read(&anna.get(&web, "/").await).contains(account), "{thanks}: {account}");
            nobody_else_was_written_to(&web).await;
            web.house.close().await;
        }
    }
}

/// A form that is taken.
async fn taken(web: &Web, browser: &mut Browser, path: &str, pairs: &[(&str, &str)]) -> String {
    let place = browser.post(web, path, pairs).await.place().to_owned();
    if place.contains("form=") {
        panic!("{path} was refused: {}", browser.get(web, &place).await.html);
    }
    place
}

/// Mails have gone to the advocate, to staff and to the contact, whose own address it is, and to nobody that a text names.
async fn nobody_else_was_written_to(web: &Web) {
    web.house.run_jobs().await;
    let strangers: Vec<_> =
        web.house.mails.sent().into_iter().filter(|mail| mail.to.contains("fremd.example")).collect();
    assert!(strangers.is_empty(), "{strangers:?}");
}

#[tokio::test]
async fn an_introduction_goes_from_the_promise_to_the_advocates_word() {
    for house in TestHouse::all().await {
        let (web, mut anna, mut staff, id) = won(house, "Gegenempfehlung", None).await;
        let reward = line(&web, id, Side::Advocate).await;
        let (work, own) =
            (format!("/work/rewards/{}", reward.id), format!("/rewards/{}/introduction", reward.id));
        let version = reward.version.to_string();
        taken(&web, &mut staff, &format!("{work}/approval"), &[("version", &version)]).await;
        let today = web.house.ctx.now().date_naive();
        let due = today.checked_add_days(chrono::Days::new(7)).unwrap().to_string();
        let today = today.to_string();
        let promise = |version| {
            [
                ("version", version),
                ("whom", "Nord whom@fremd.example AG"),
                ("role", "Einkauf"),
                ("due", due.as_str()),
            ]
        };
        let made = |version| [("version", version), ("on", today.as_str())];
        let role =
            [("version", "-1"), ("whom", "Nord AG"), ("role", "role@fremd.example"), ("due", due.as_str())];
        let refused = staff.post(&web, &format!("{work}/promise"), &role).await;
        assert!(refused.place().contains("form="), "an address is no role");
        taken(&web, &mut staff, &format!("{work}/promise"), &promise("-1")).await;
        taken(&web, &mut staff, &format!("{work}/introduction"), &made("0")).await;
        let no = [("version", "1"), ("answer", "no"), ("reason", "Sagt dispute@fremd.example.")];
        taken(&web, &mut anna, &own, &no).await;
        taken(&web, &mut staff, &format!("{work}/promise"), &promise("2")).await;
        taken(&web, &mut staff, &format!("{work}/introduction"), &made("3")).await;
        let yes = [("version", "4"), ("answer", "yes"), ("fit", "good"), ("note", "Mit note@fremd.example.")];
        taken(&web, &mut anna, &own, &yes).await;
        let account = "Ihr Gegenseitigkeitskonto: eine Einführung gegeben, eine erhalten.";
        assert!(read(&anna.get(&web, "/").await).contains(account), "{account}");
        nobody_else_was_written_to(&web).await;
        web.house.close().await;
    }
}

#[tokio::test]
async fn finance_confirms_what_a_reward_is_for_tax_where_it_is_approved() {
    for house in TestHouse::all().await {
        let (web, _, mut staff, id) = won(house, "Guthaben", None).await;
        let reward = line(&web, id, Side::Advocate).await;
        let to = format!("/work/rewards/{}/category", reward.id);
        let form = staff.get(&web, "/work/approvals").await.form(&to);
        let shown = "Steuerlich: Vermittlung mit USt. und Gutschriftsbeleg (Vorschlag)";
        assert!(read(&staff.get(&web, "/work/approvals").await).contains(shown), "{}", form.html);
        assert_eq!((form.value("seen"), form.value("from")), (String::new(), "approvals".to_owned()));
        let none = staff.post(&web, &to, &[("seen", ""), ("from", "approvals"), ("category", "?")]).await;
        let page = staff.get(&web, none.place()).await.html;
        assert!(page.contains(&format!("id=\"category-{}-error\"", reward.id)), "{page}");
        let said = [("seen", ""), ("from", "approvals"), ("category", "price_reduction")];
        assert_eq!(staff.post(&web, &to, &said).await.place(), "/work/approvals");
        let page = read(&staff.get(&web, "/work/approvals").await);
        assert!(
            page.contains("Steuerlich: Preisnachlass") && page.contains("Bestätigt von Miriam Vogt"),
            "{page}"
        );
        // A second press says the same again; who says something else without having seen it is told so.
        assert_eq!(staff.post(&web, &to, &said).await.place(), "/work/approvals");
        let other = [("seen", ""), ("from", "approvals"), ("category", "barter")];
        assert_ne!(staff.post(&web, &to, &other).await.place(), "/work/approvals");
        let page = read(&staff.get(&web, &format!("/work/rewards/{}", reward.id)).await);
        assert!(page.contains("Steuerlich eingeordnet"), "{page}");
        web.house.close().await;
    }
}

#[tokio::test]
async fn finance_sees_what_is_open_at_a_day_and_what_a_year_has_moved() {
    for house in TestHouse::all().await {
        let (web, mut anna, mut staff, _) = won(house, "Guthaben", None).await;
        let page = staff.get(&web, "/work/obligations").await;
        let shown = read(&page);
        assert!(shown.contains("Vermittlung mit USt. und Gutschriftsbeleg (Vorschlag)"), "{shown}");
        let today = web.house.ctx.now().date_naive();
        assert_eq!(page.value("on"), today.to_string());
        for (typed, why) in [("bald", "Das ist kein Datum."), ("2099-01-01", "Der Tag liegt in der Zukunft.")]
        {
            let refused = staff.get(&web, &format!("/work/obligations?on={typed}")).await;
            assert!(read(&refused).contains(why) && refused.html.contains("id=\"on-error\""), "{typed}");
            let file = staff.get(&web, &format!("/work/obligations/export.csv?on={typed}")).await;
            assert_eq!(file.status, 404, "{typed}");
        }
        let before = read(&staff.get(&web, "/work/obligations?on=2026-01-31").await);
        assert!(before.contains("An diesem Tag war nichts gebucht."), "{before}");
        let file = staff.get(&web, &format!("/work/obligations/export.csv?on={today}")).await;
        assert!(file.html.starts_with("\u{feff}Stichtag;Stand;"), "{}", file.html);

        let year = staff.get(&web, "/work/year-end").await;
        let at = year.html.find("/work/year-end/company/").expect("a receiver");
        let own: String = year.html[at..].chars().take_while(|c| *c != '"').collect();
        let own = own.replace("&amp;", "&");
        let statement = staff.get(&web, &own).await;
        assert!(read(&statement).contains("Auszug für Mühlenau GmbH"), "{}", statement.html);
        let file = staff.get(&web, &own.replace("?year", "/statement.csv?year")).await;
        assert!(file.html.contains(";EUR;"), "{}", file.html);
        let file = staff.get(&web, "/work/year-end/export.csv").await;
        assert!(file.html.contains("Mühlenau GmbH;Organisation;"), "{}", file.html);
        for page in ["/work/obligations", "/work/year-end", own.as_str()] {
            assert_eq!(anna.get(&web, page).await.status, 403, "{page}");
        }
        web.house.close().await;
    }
}

#[tokio::test]
async fn what_billing_tells_of_a_deal_is_looked_at_and_then_recorded_once() {
    for house in TestHouse::all().await {
        let (web, mut anna, mut staff, id) = won(house, "Guthaben", None).await;
        let reference = domain::rewards::DealReference::of(id);
        let template = staff.get(&web, "/work/conversions/template.csv").await.html;
        assert!(template.contains(&reference.to_string()), "{template}");
        let page = "/work/conversions";
        let other = staff.hand_in(&web, page, &[], ("falsch.csv", "Firma;Land\nA;DE\n")).await;
        let refused = staff.get(&web, other.place()).await;
        assert!(refused.html.contains("id=\"file-error\""), "{}", refused.html);
        let today = web.house.ctx.now().date_naive();
        let file = format!(
            "event_id;referral;kind;date;amount;currency\n\
             told@fremd.example;{reference};reduced;{today};6250,00;EUR\n\
             FB-2;RF17;refund;{today};1;EUR\n"
        );
        let looked = staff.hand_in(&web, page, &[], ("meldung.csv", &file)).await;
        let shown = read(&staff.get(&web, looked.place()).await);
        assert!(shown.contains("Noch nicht bereitgestellt: wird entsprechend zurückgenommen"), "{shown}");
        assert!(shown.contains("Zu dieser Kennung gibt es keine Empfehlung."), "{shown}");
        let errors = staff.get(&web, &looked.place().replace(page, "/work/conversions/errors.csv")).await;
        assert!(errors.html.contains("3;Zu dieser Kennung"), "{}", errors.html);
        let before = line(&web, id, Side::Advocate).await.amount.unwrap();
        let take = looked.place().replace("/work/conversions?", "/work/conversions/take?");
        let taken = staff.post(&web, &take, &[]).await;
        assert!(taken.place().starts_with("/work/conversions?form="), "{}", taken.place());
        // A second press changes nothing.
        staff.post(&web, &take, &[]).await;
        let after = line(&web, id, Side::Advocate).await.amount.unwrap();
        assert_eq!(after.value() * 2, before.value(), "half of the deal, half of the reward");
        let shown = read(&staff.get(&web, taken.place()).await);
        assert!(shown.contains("Schon eingetragen") && shown.contains("Minderung"), "{shown}");
        assert_eq!(anna.get(&web, page).await.status, 403);
        nobody_else_was_written_to(&web).await;
        web.house.close().await;
    }
}

#[tokio::test]
async fn what_is_booked_and_then_to_be_returned_is_decided_on_its_page() {
    for house in TestHouse::all().await {
        let (web, mut anna, mut staff, id) = won(house, "Guthaben", None).await;
        let reward = line(&web, id, Side::Advocate).await;
        let work = format!("/work/rewards/{}", reward.id);
        let version = reward.version.to_string();
        taken(&web, &mut staff, &format!("{work}/approval"), &[("version", &version)]).await;
        assert_eq!(staff.post(&web, "/work/credits/export", &[]).await.status, 200);
        let reference = domain::rewards::CreditReference::of(reward.id);
        let today = web.house.ctx.now().date_naive().to_string();
        let file = format!("reference;booking;date\n{reference};booked@fremd.example;{today}\n");
        let looked = staff.hand_in(&web, "/work/credits", &[], ("buchungen.csv", &file)).await;
        let book = looked.place().replace("/work/credits?", "/work/credits/book?");
        assert_ne!(book, looked.place());
        let booked = staff.post(&web, &book, &[]).await;
        assert!(booked.place().starts_with("/work/credits?form="), "{}", booked.place());
        let version = line(&web, id, Side::Advocate).await.version.to_string();
        let back =
            [("version", version.as_str()), ("why", "refund"), ("percent", "50"), ("reason", "Halbiert.")];
        taken(&web, &mut staff, &format!("{work}/return"), &back).await;
        let list = staff.get(&web, "/work/shortfalls").await.html;
        let at = list.find("/work/shortfalls/").expect("something to be returned");
        let page: String = list[at..].chars().take_while(|c| *c != '"').collect();

        let note = ("note", "Sagt settled@fremd.example.");
        let decide = |decision, until| [("version", "0"), ("decision", decision), ("until", until), note];
        for (decision, until, field) in [("", "", "decision"), ("asked_back", "2020-01-01", "until")] {
            let refused = staff.post(&web, &page, &decide(decision, until)).await;
            let shown = staff.get(&web, refused.place()).await.html;
            assert!(shown.contains(&format!("id=\"{field}-error\"")), "{field}: {shown}");
            assert!(shown.contains("Sagt settled@fremd.example."), "what was typed stays");
        }
        assert_eq!(taken(&web, &mut staff, &page, &decide("asked_back", "2099-12-31")).await, page);
        let own = read(&anna.get(&web, "/rewards").await);
        assert!(own.contains("bis 31. Dezember 2099 zurückzugeben"), "{own}");
        // Whoever was slower sees both versions, and may still decide.
        let slower = [("version", "0"), ("decision", "waived"), ("note", "Der Betrag lohnt die Mühe nicht.")];
        let refused = staff.post(&web, &page, &slower).await;
        assert!(refused.place().contains("form="), "overwritten: {}", refused.place());
        let shown = staff.get(&web, refused.place()).await;
        for text in ["Inzwischen gespeichert", "bis 31. Dezember 2099", "Der Betrag lohnt die Mühe nicht."] {
            assert!(read(&shown).contains(text), "{text}: {}", shown.html);
        }
        assert_eq!(shown.value("version"), "1", "from now on it counts");
        nobody_else_was_written_to(&web).await;
        let asked =
            web.house.mails.sent().into_iter().filter(|mail| mail.subject.starts_with("Bitte um Rückgabe"));
        assert_eq!(asked.map(|mail| mail.to).collect::<Vec<_>>(), [ADVOCATE]);
        let given = [("version", "1"), ("decision", "returned"), ("on", &today), ("reference", "Z-1"), note];
        assert_eq!(taken(&web, &mut staff, &page, &given).await, page);
        assert!(
            !staff.get(&web, "/work/shortfalls").await.html.contains("/work/shortfalls/"),
            "nothing is left"
        );
        let late = [("version", "1"), ("decision", "waived"), ("note", "Inzwischen ist es erledigt?")];
        let refused = staff.post(&web, &page, &late).await;
        let shown = read(&staff.get(&web, refused.place()).await);
        assert!(shown.contains("Inzwischen ist es erledigt?"), "what was typed is not lost: {shown}");
        web.house.close().await;
    }
}

#[tokio::test]
async fn a_reward_is_refused_with_a_reason_that_its_advocate_reads() {
    for house in TestHouse::all().await {
        let (web, mut anna, mut staff, id) = won(house, "Guthaben", None).await;
        let reward = line(&web, id, Side::Advocate).await;
        let (refusal, version) = (format!("/work/rewards/{}/refusal", reward.id), reward.version.to_string());
        let silent = staff.post(&web, &refusal, &[("version", &version), ("reason", " ")]).await;
        let page = staff.get(&web, silent.place()).await.html;
        assert!(page.contains(&format!("id=\"reason-{}-error\"", reward.id)), "{page}");
        let said = [("version", version.as_str()), ("reason", "Die Firma war schon im Gespräch.")];
        assert_eq!(staff.post(&web, &refusal, &said).await.place(), "/work/approvals");
        let page = read(&staff.get(&web, "/work/approvals").await);
        assert!(!page.contains(&refusal), "it has left the queue: {page}");
        let own = read(&anna.get(&web, "/rewards").await);
        assert!(own.contains("Entfällt") && own.contains("Die Firma war schon im Gespräch."), "{own}");
        web.house.close().await;
    }
}

#[tokio::test]
async fn a_delivery_is_given_to_somebody_with_a_day() {
    for house in TestHouse::all().await {
        let (web, _, mut staff, id) = won(house, "Guthaben", None).await;
        let ctx = &web.house.ctx;
        let (name, mail) = ("Lena Hoffmann".parse().unwrap(), "lena@halvern.example".parse().unwrap());
        services::members::create_admin(ctx, name, mail, Language::German).await.unwrap();
        let lena = ctx.store.members().id_by_email(&"lena@halvern.example".parse().unwrap()).await.unwrap();
        let lena = lena.unwrap().to_string();
        let benefit = line(&web, id, Side::Contact).await;
        let plan = format!("/work/rewards/{}/plan", benefit.id);
        let form = staff.get(&web, "/work/deliveries").await.form(&plan);
        let version = form.value("version");
        let wrong = [("version", version.as_str()), ("owner", &lena), ("due", "bald")];
        let refused = staff.post(&web, &plan, &wrong).await;
        let page = staff.get(&web, refused.place()).await.html;
        assert!(page.contains(&format!("id=\"due-{}-error\"", benefit.id)), "{page}");
        let sound = [("version", version.as_str()), ("owner", &lena), ("due", "2026-12-20")];
        assert_eq!(staff.post(&web, &plan, &sound).await.place(), "/work/deliveries");
        let mut owner = Browser::speaking("de");
        web.house.run_jobs().await;
        owner.sign_in(&web, "lena@halvern.example").await;
        let page = owner.get(&web, "/work/deliveries").await;
        assert!(read(&page).contains("Zuständig: Lena Hoffmann"), "{}", page.html);
        let form = page.form(&plan);
        assert_eq!((form.value("owner"), form.value("due")), (lena, "2026-12-20".to_owned()));
        web.house.close().await;
    }
}

#[tokio::test]
async fn an_early_access_that_was_granted_is_ended_with_a_reason_that_its_advocate_reads() {
    for house in TestHouse::all().await {
        let (web, mut anna, mut staff, id) = won(house, "Vorabzugang", None).await;
        let reward = line(&web, id, Side::Advocate).await;
        let page = format!("/work/rewards/{}", reward.id);
        let back = format!("{page}/return");
        let ends = "<option value=\"revoked\"";
        let waiting = staff.get(&web, &page).await;
        assert!(waiting.html.contains(&back) && !waiting.html.contains(ends), "nothing is granted yet");
        for (act, pairs) in [("approval", vec![]), ("delivery", vec![("reference", "VORAB-2026")])] {
            let version = line(&web, id, Side::Advocate).await.version.to_string();
            let pairs: Vec<_> = pairs.into_iter().chain([("version", version.as_str())]).collect();
            let done = staff.post(&web, &format!("{page}/{act}"), &pairs).await;
            assert_eq!(done.status, axum::http::StatusCode::SEE_OTHER, "{act}: {}", done.html);
        }

        let form = staff.get(&web, &page).await.form(&back);
        assert!(form.html.contains(ends), "{}", form.html);
        let version = form.value("version");
        let silent = [("version", version.as_str()), ("why", "revoked"), ("reason", " ")];
        let refused = staff.post(&web, &back, &silent).await;
        let refused = staff.get(&web, refused.place()).await.html;
        assert!(refused.contains(&format!("id=\"reason-{}-error\"", reward.id)), "{refused}");
        assert!(read(&anna.get(&web, "/rewards").await).contains("Bereitgestellt am"), "nothing was ended");

        let why = "Die Erprobung ist zu Ende.";
        let ended = [("version", version.as_str()), ("why", "revoked"), ("reason", why)];
        assert_eq!(staff.post(&web, &back, &ended).await.place(), page);
        // A second press changes nothing, and says how it stands.
        let again = staff.post(&web, &back, &ended).await;
        assert_ne!(again.place(), page, "{}", again.html);
        let own = read(&anna.get(&web, "/rewards").await);
        assert!(own.contains("Der vorab gewährte Zugang wurde beendet.") && own.contains(why), "{own}");
        web.house.run_jobs().await;
        let mail = web.house.mails.sent().into_iter().rev().find(|mail| mail.to == ADVOCATE).unwrap();
        assert!(
            mail.text.contains("hat den Zugang „Vorabzugang“ beendet") && mail.text.contains(why),
            "{}",
            mail.text
        );
        web.house.close().await;
    }
}
