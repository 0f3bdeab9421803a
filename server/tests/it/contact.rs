//! The referred contact: what they choose is shown to whoever looks after them, they may hand the link on, and a browser
//! remembers a recommendation only where its owner asks for it.

use axum::http::{StatusCode, header};
use chrono::TimeDelta;
use domain::{
    incentives::{Amount, IncentiveKind, Unit},
    text::Bilingual,
    triple_win::WinKind,
};
use services::{
    imports::{Importing, import_customers},
    testing::{TestHouse, stage_hand},
};
use store::incentives::Program;

use crate::{
    browser::{Answer, Browser, Web},
    furnished::{ADVOCATE, CONTACT, STAFF, agree, carried, enter, furnished, refer},
};

const BEN: &str = "ben@tessenow.example";

/// The code in somebody's own link.
pub(crate) async fn code_of(web: &Web, email: &str) -> String {
    let mut advocate = Browser::speaking("de");
    advocate.sign_in(web, email).await;
    let page = advocate.get(web, "/share").await;
    let at = page.html.find("/r/").unwrap() + 3;
    page.html[at..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect()
}

async fn second_advocate(web: &Web) {
    let file = format!(
        "company;domains;country;kind;status;person;mail;language;account_manager\n\
         Tessenow AG;tessenow.example;DE;private_company;customer;Ben Haas;{BEN};de;{STAFF}\n"
    );
    let importing = Importing { mapping: Vec::new(), country: None, dry_run: false, by: None };
    assert!(import_customers(&web.house.ctx, &file, &importing).await.unwrap().refused.is_empty());
}

pub(crate) fn entry<'a>(key: &'a str, email: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("key", key),
        ("name", "Jens Lund"),
        ("company", "Ravensteiner Hydraulik GmbH"),
        ("email", email),
        ("phone", "+49 171 1234567"),
        ("kind", "public_body"),
        ("preferred", "phone_afternoon"),
        ("time", "dienstags ab 14 Uhr"),
        ("language", "en"),
        ("consent", "yes"),
    ]
}

pub(crate) fn read(answer: &Answer) -> String {
    answer.html.replace("<!>", "")
}

#[tokio::test]
async fn what_a_contact_chooses_is_shown_once_they_have_agreed() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let mut advocate = Browser::speaking("de");
        advocate.sign_in(&web, ADVOCATE).await;
        let id = refer(&web, &mut advocate, "Guthaben").await;
        let own = format!("/referrals/{id}");
        let link = carried(&advocate.get(&web, &own).await.html);
        let mut contact = Browser::speaking("de");
        let landing = contact.get(&web, &link).await;
        // A colleague gets the same link from the contact's own hands; no field asks for an address.
        assert!(read(&landing).contains(&format!("https://empfehlen.halvern.example{link}")));
        assert!(read(&landing).contains("mailto:?subject="), "{}", landing.html);
        let key = landing.value("key");
        assert_eq!(
            contact.post(&web, &link, &entry(&key, "jens@ravensteiner.example")).await.place(),
            "/consent/sent"
        );
        web.house.run_jobs().await;

        let mut staff = Browser::speaking("de");
        staff.sign_in(&web, STAFF).await;
        let work = format!("/work/referrals/{id}");
        let before = read(&staff.get(&web, &work).await);
        assert!(before.contains("J… L…") && before.contains("… 67"), "{before}");
        for hidden in ["Jens Lund", "jens@ravensteiner", "1234567", "dienstags"] {
            assert!(!before.contains(hidden), "{hidden}: {before}");
        }
        let mails = web.house.mails.sent();
        let mail = mails.iter().rev().find(|mail| mail.to == "jens@ravensteiner.example").unwrap();
        let at = mail.text.find("/confirm/").unwrap();
        let confirm: String = mail.text[at..].chars().take_while(|c| !c.is_whitespace()).collect();
        let mine = contact.post(&web, &confirm, &[("read_in", "de")]).await.place().to_owned();
        assert!(read(&contact.get(&web, &mine).await).contains(&link), "the private page hands the link on");

        let after = read(&staff.get(&web, &work).await);
        for shown in [
            "Jens Lund",
            "jens@ravensteiner.example",
            "+491711234567",
            "eine öffentliche Stelle",
            "per Telefon, nachmittags",
            "dienstags ab 14 Uhr",
            "Englisch",
        ] {
            assert!(after.contains(shown), "{shown}: {after}");
        }
        assert!(!read(&advocate.get(&web, &own).await).contains("Jens"), "an advocate sees the stage alone");
        web.house.close().await;
    }
}

#[tokio::test]
async fn what_a_contact_enters_behind_an_own_link_is_not_the_advocates() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let code = code_of(&web, ADVOCATE).await;
        let mut contact = Browser::speaking("de");
        let landing = format!("/l/{code}");
        let key = contact.get(&web, &landing).await.value("key");
        let form: Vec<_> = entry(&key, "jens@ravensteiner.example")
            .into_iter()
            .chain([("role", "Leitung Zaunbau")])
            .collect();
        assert_eq!(contact.post(&web, &landing, &form).await.place(), "/consent/sent");
        web.house.run_jobs().await;
        let mut advocate = Browser::speaking("de");
        advocate.sign_in(&web, ADVOCATE).await;
        let list = read(&advocate.get(&web, "/referrals").await);
        assert!(list.contains("Ravensteiner Hydraulik GmbH"), "{list}");
        let at = list.find("href=\"/referrals/").unwrap() + "href=\"".len();
        let own = list[at..].split('"').next().unwrap().to_owned();
        let work = format!("/work{own}");
        let mut staff = Browser::speaking("de");
        staff.sign_in(&web, STAFF).await;
        let mut seen = vec![list];
        for path in ["/", own.as_str()] {
            seen.push(read(&advocate.get(&web, path).await));
        }
        for path in ["/work/board", work.as_str()] {
            seen.push(read(&staff.get(&web, path).await));
        }
        for page in &seen {
            for hidden in ["Zaunbau", "Jens", "1234567"] {
                assert!(!page.contains(hidden), "{hidden}: {page}");
            }
        }

        let mails = web.house.mails.sent();
        let mail = mails.iter().rev().find(|mail| mail.to == "jens@ravensteiner.example").unwrap();
        let at = mail.text.find("/confirm/").unwrap();
        let confirm: String = mail.text[at..].chars().take_while(|c| !c.is_whitespace()).collect();
        let mine = contact.post(&web, &confirm, &[("read_in", "de")]).await.place().to_owned();
        assert!(contact.get(&web, &mine).await.html.contains("Leitung Zaunbau"), "it is theirs");
        assert!(read(&staff.get(&web, &work).await).contains("Leitung Zaunbau"), "once they have agreed");
        for path in ["/", "/referrals", own.as_str()] {
            assert!(!read(&advocate.get(&web, path).await).contains("Zaunbau"), "{path}");
        }
        web.house.close().await;
    }
}

#[tokio::test]
async fn the_channel_and_the_click_of_a_link_arrive_in_the_referral() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let code = code_of(&web, ADVOCATE).await;
        let mut contact = Browser::speaking("de");
        let clicked = contact.get(&web, &format!("/r/{code}?ch=qr")).await.place().to_owned();
        let touch = clicked.strip_prefix(&format!("/l/{code}?c=")).unwrap_or_else(|| panic!("{clicked}"));
        // Others click after them, elsewhere.
        for other in ["mail", "linkedin"] {
            Browser::speaking("de").get(&web, &format!("/r/{code}?ch={other}")).await;
        }
        let landing = contact.get(&web, &clicked).await;
        let (key, sent) = (landing.value("key"), landing.value("touch"));
        assert_eq!(sent, touch);
        let form: Vec<_> = entry(&key, CONTACT).into_iter().chain([("touch", sent.as_str())]).collect();
        assert_eq!(contact.post(&web, &format!("/l/{code}"), &form).await.place(), "/consent/sent");
        web.house.run_jobs().await;
        let mails = web.house.mails.sent();
        let mail = mails.iter().rev().find(|mail| mail.to == CONTACT).unwrap();
        let at = mail.text.find("/confirm/").unwrap();
        let confirm: String = mail.text[at..].chars().take_while(|c| !c.is_whitespace()).collect();
        assert!(contact.post(&web, &confirm, &[("read_in", "de")]).await.place().starts_with("/my/"));

        let mut staff = Browser::speaking("de");
        staff.sign_in(&web, STAFF).await;
        let list = read(&staff.get(&web, "/work/referrals").await);
        let at = list.find("href=\"/work/referrals/").unwrap_or_else(|| panic!("{list}")) + "href=\"".len();
        let work = list[at..].split('"').next().unwrap();
        let page = read(&staff.get(&web, work).await);
        assert!(page.contains("<dt>Kanal</dt><dd>QR-Code</dd>"), "{page}");
        let id = work.rsplit('/').next().unwrap().parse().unwrap();
        let stored = web.house.ctx.store.referrals().load(id).await.unwrap().unwrap();
        assert_eq!(stored.touch.map(|touch| touch.to_string()).as_deref(), Some(touch));
        web.house.close().await;
    }
}

#[tokio::test]
async fn a_contact_may_let_the_advocate_see_each_step_and_take_it_back() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let (mut advocate, mut staff) = (Browser::speaking("de"), Browser::speaking("de"));
        advocate.sign_in(&web, ADVOCATE).await;
        staff.sign_in(&web, STAFF).await;
        let id = refer(&web, &mut advocate, "Guthaben").await;
        let (own, work) = (format!("/referrals/{id}"), format!("/work/referrals/{id}"));
        let link = carried(&advocate.get(&web, &own).await.html);
        let mut contact = Browser::speaking("de");
        let landing = contact.get(&web, &link).await;
        let allows = "Ich erlaube, dass Anna Berger jeden Schritt der Gespräche sieht";
        assert!(read(&landing).contains(allows), "{}", landing.html);
        let tick = landing.html.split("name=\"steps\"").nth(1).unwrap().split('>').next().unwrap();
        assert!(!tick.contains("checked"), "never ticked beforehand: {tick}");
        let key = landing.value("key");
        let form: Vec<_> =
            entry(&key, "jens@ravensteiner.example").into_iter().chain([("steps", "yes")]).collect();
        assert_eq!(contact.post(&web, &link, &form).await.place(), "/consent/sent");
        web.house.run_jobs().await;
        let mails = web.house.mails.sent();
        let mail = mails.iter().rev().find(|mail| mail.to == "jens@ravensteiner.example").unwrap();
        let at = mail.text.find("/confirm/").unwrap();
        let confirm: String = mail.text[at..].chars().take_while(|c| !c.is_whitespace()).collect();
        let question = contact.get(&web, &confirm).await.html;
        assert!(question.contains("I allow Anna Berger to see each step"), "what they ticked: {question}");
        let mine = contact.post(&web, &confirm, &[("read_in", "de")]).await.place().to_owned();
        assert!(read(&contact.get(&web, &mine).await).contains(&format!("{allows}, nicht nur")));
        let proof = read(&staff.get(&web, &work).await);
        assert!(proof.matches(allows).count() >= 2, "with the form and with the consent: {proof}");

        let moves: [&[(&str, &str)]; 4] = [
            &[("move", "accepted")],
            &[("move", "contacted"), ("note", "Frau Zaun ist im Urlaub.")],
            &[("move", "meeting")],
            &[("move", "won"), ("deal", "12500")],
        ];
        let mut moved = async |form: &[(&str, &str)]| {
            let version = staff.get(&web, &work).await.value("version");
            let form: Vec<_> = form.iter().copied().chain([("version", version.as_str())]).collect();
            assert_eq!(staff.post(&web, &format!("{work}/stage"), &form).await.place(), work);
        };
        let steps = ["Kontaktiert", "Gespräch geführt"];
        for form in moves.into_iter().take(3) {
            moved(form).await;
        }
        let page = read(&advocate.get(&web, &own).await);
        for step in steps {
            assert!(page.contains(&format!("<strong>{step}</strong>")), "{step}: {page}");
        }
        assert!(page.contains("lässt Sie jeden Schritt sehen"), "{page}");
        assert!(!page.contains("Zaun"), "what staff remark is theirs: {page}");
        // Anything else on the page may be changed; the box alone decides.
        let correct = async |contact: &mut Browser, ticked: bool| {
            let version = contact.get(&web, &mine).await.value("version");
            let mut form: Vec<_> = entry("", "").into_iter().filter(|(name, _)| *name != "email").collect();
            form.push(("version", version.as_str()));
            if ticked {
                form.push(("steps", "yes"));
            }
            assert_eq!(contact.post(&web, &mine, &form).await.place(), mine);
        };
        correct(&mut contact, false).await;
        let page = read(&advocate.get(&web, &own).await);
        for step in steps {
            assert!(!page.contains(&format!("<strong>{step}</strong>")), "{step}: {page}");
        }
        assert!(page.contains("<strong>im Gespräch</strong>"), "the five states alone: {page}");
        correct(&mut contact, true).await;
        moved(moves[3]).await;
        let page = read(&advocate.get(&web, &own).await);
        assert!(page.contains("<strong>Kontaktiert</strong>") && !page.contains("12.500"), "{page}");
        // Whoever takes their consent back shows nothing any more.
        let taken_back = contact.post(&web, &format!("{mine}/withdraw"), &[]).await;
        assert!(taken_back.status.is_redirection(), "{}", taken_back.html);
        let page = read(&advocate.get(&web, &own).await);
        assert!(!page.contains("<strong>Kontaktiert</strong>"), "{page}");
        web.house.close().await;
    }
}

#[tokio::test]
async fn both_sides_stand_there_before_anything_is_entered_and_follow_the_choice() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let ctx = &web.house.ctx;
        let program = ctx.store.incentives().default_program().await.unwrap().unwrap();
        let valued = Program {
            benefit: Bilingual::new("Drei Monate zum halben Preis.", "Three months at half price."),
            benefit_kind: Some(WinKind::Saving),
            benefit_amount: Amount::new(150_000, Unit::Money(ctx.host.currency)).ok(),
            ..program
        };
        let tx = ctx.store.begin().await.unwrap();
        tx.update_program(&stage_hand().program_managing().unwrap(), &valued).await.unwrap();
        tx.commit().await.unwrap();
        let mut anna = Browser::speaking("de");
        anna.sign_in(&web, ADVOCATE).await;
        let own = format!("/l/{}", code_of(&web, ADVOCATE).await);
        let id = refer(&web, &mut anna, "Guthaben").await;
        let link = carried(&anna.get(&web, &format!("/referrals/{id}")).await.html);
        let mut contact = Browser::speaking("de");
        let yours = [
            "Was erhält Ihre Firma?",
            "Drei Monate zum halben Preis.",
            "Art des Vorteils: Ersparnis, im Wert von 1.500\u{a0}€.",
            "Der Vorteil geht an Ihre Firma, nie an die Person, die einkauft.",
        ];
        let steps = [
            "Höchstens ",
            "Wie es weitergeht",
            "Sie bestätigen Ihre Adresse",
            "Ohne ihn löschen wir alles nach 14 Tagen.",
            "Halvern Software GmbH meldet sich",
            "Ein Gespräch, kein Vertrag.",
            "An Anna Berger geht nur:",
        ];
        let open = read(&contact.get(&web, &own).await);
        assert!(open.contains("Noch hat Anna Berger nicht gewählt."), "{open}");
        let chosen = read(&contact.get(&web, &link).await);
        for shown in
            ["erhält bei Halvern Software GmbH ein Guthaben", "300\u{a0}€, wenn Ihre Firma Kunde wird"]
        {
            assert!(chosen.contains(shown), "{shown}: {chosen}");
        }
        for page in [&open, &chosen] {
            for shown in yours.iter().chain(&steps) {
                assert!(page.contains(shown), "{shown}: {page}");
            }
            let others = page.split("Möglich wären auch: ").nth(1).expect("the kinds that are possible");
            assert!(others.split(". ").next().unwrap().contains("Spende"), "{others}");
        }

        let confirm = enter(&web, &mut contact, &link).await;
        let page = read(&contact.get(&web, &confirm).await);
        for shown in yours.iter().chain(&["ein Guthaben"]) {
            assert!(page.contains(shown), "{shown}: {page}");
        }
        let mine = contact.post(&web, &confirm, &[("read_in", "de")]).await.place().to_owned();
        assert!(read(&contact.get(&web, &mine).await).contains("ein Guthaben"));

        // Another choice: the private page shows it, what was agreed to stays as it was.
        let offers = ctx.store.incentives().offers(valued.id).await.unwrap();
        let early = offers.iter().find(|offer| offer.incentive.kind == IncentiveKind::EarlyAccess);
        let early = early.unwrap().incentive.id.to_string();
        let changed = anna.post(&web, &format!("/referrals/{id}/incentive"), &[("incentive", &early)]).await;
        assert_eq!(changed.place(), format!("/referrals/{id}"));
        let page = read(&contact.get(&web, &mine).await);
        assert!(page.contains("erhält von Halvern Software GmbH Vorabzugang zu Neuem"), "{page}");
        let stored = ctx.store.referrals().load(id).await.unwrap().unwrap();
        assert_eq!(stored.facts.terms.disclosure.chosen, Some(IncentiveKind::Credit));
        web.house.close().await;
    }
}

#[tokio::test]
async fn who_let_the_steps_be_seen_ends_like_everybody_else() {
    let web = furnished(TestHouse::sqlite().await).await;
    let (mut advocate, mut staff) = (Browser::speaking("de"), Browser::speaking("de"));
    advocate.sign_in(&web, ADVOCATE).await;
    staff.sign_in(&web, STAFF).await;
    let id = refer(&web, &mut advocate, "Guthaben").await;
    let (own, work) = (format!("/referrals/{id}"), format!("/work/referrals/{id}"));
    let link = carried(&advocate.get(&web, &own).await.html);
    let mine = agree(&web, &link).await;
    let mut contact = Browser::speaking("de");
    let version = contact.get(&web, &mine).await.value("version");
    let form: Vec<_> = entry("", "")
        .into_iter()
        .filter(|(name, _)| *name != "email")
        .chain([("version", version.as_str()), ("steps", "yes")])
        .collect();
    assert_eq!(contact.post(&web, &mine, &form).await.place(), mine);
    let lost = [("move", "lost"), ("reason", "no_need"), ("note", "Kein Bedarf.")];
    for form in [&[("move", "contacted")][..], &lost[..]] {
        let version = staff.get(&web, &work).await.value("version");
        let form: Vec<_> = form.iter().copied().chain([("version", version.as_str())]).collect();
        assert_eq!(staff.post(&web, &format!("{work}/stage"), &form).await.place(), work);
    }
    let page = read(&advocate.get(&web, &own).await);
    assert!(page.contains("<strong>diesmal nicht</strong>"), "{page}");
    assert!(!page.contains("<strong>Kontaktiert</strong>") && !page.contains("Kein Bedarf"), "{page}");
    web.house.close().await;
}

#[tokio::test]
async fn who_takes_nothing_is_shown_to_take_nothing() {
    let web = furnished(TestHouse::sqlite().await).await;
    let mut anna = Browser::speaking("de");
    anna.sign_in(&web, ADVOCATE).await;
    let id = refer(&web, &mut anna, "Kein Dankeschön").await;
    let link = carried(&anna.get(&web, &format!("/referrals/{id}")).await.html);
    let page = read(&Browser::speaking("de").get(&web, &link).await);
    assert!(page.contains("Nichts. So hat es Anna Berger gewählt."), "{page}");
    web.house.close().await;
}

#[tokio::test]
async fn nothing_is_remembered_unless_somebody_asks_and_then_it_counts() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        second_advocate(&web).await;
        let (anna, ben) = (code_of(&web, ADVOCATE).await, code_of(&web, BEN).await);
        let mut contact = Browser::speaking("de");
        let clicked = contact.get(&web, &format!("/r/{anna}")).await.place().to_owned();
        let landing = contact.get(&web, &clicked).await;
        assert!(landing.headers.get(header::SET_COOKIE).is_none(), "no cookie by default");
        let touch = clicked.split("c=").nth(1).unwrap().to_owned();
        let kept = contact.post(&web, &format!("/l/{anna}/remember"), &[("touch", &touch)]).await;
        let cookie = kept
            .headers
            .get_all(header::SET_COOKIE)
            .iter()
            .map(|cookie| cookie.to_str().unwrap())
            .find(|cookie| cookie.starts_with("dreiklang_recommendation="))
            .unwrap()
            .to_owned();
        for part in [touch.as_str(), "HttpOnly", "SameSite=Lax", "Secure", "Max-Age=7776000", "Path=/"] {
            assert!(cookie.contains(part), "{part}: {cookie}");
        }
        assert!(read(&contact.get(&web, kept.place()).await).contains("Auf diesem Gerät gemerkt"));

        // A month later by another way: without a click in the address, the remembered one counts.
        web.house.clock.advance(TimeDelta::days(30));
        assert_eq!(contact.get(&web, &format!("/l/{anna}")).await.value("touch"), touch);
        // The first touch counts in this programme, so the second advocate's page has no form, but two ways on.
        let other = contact.get(&web, &format!("/l/{ben}")).await;
        assert!(read(&other).contains("eine andere Empfehlung gemerkt"), "{}", other.html);
        assert!(!other.html.contains("name=\"email\""), "{}", other.html);
        // Sent all the same, from a page that was open before: nothing is stored.
        let before = store::testing::traces(&web.house.ctx.store).await;
        let refused =
            contact.post(&web, &format!("/l/{ben}"), &entry("k", "jens@ravensteiner.example")).await;
        assert!(refused.place().starts_with(&format!("/l/{ben}?form=")), "{}", refused.place());
        assert_eq!(store::testing::traces(&web.house.ctx.store).await, before);

        let forgotten = contact.post(&web, "/remembered/forget", &[("back", &format!("/l/{ben}"))]).await;
        let gone = forgotten.headers.get_all(header::SET_COOKIE).iter().any(|cookie| {
            cookie.to_str().unwrap().starts_with("dreiklang_recommendation=; Path=/; Max-Age=0")
        });
        assert!(gone, "{:?}", forgotten.headers);
        assert_eq!(forgotten.place(), format!("/l/{ben}"));
        assert!(contact.get(&web, &format!("/l/{ben}")).await.html.contains("name=\"email\""));
        // After 90 days nothing counts, even in a browser that has kept its cookie.
        contact.remember("dreiklang_recommendation", &touch);
        web.house.clock.advance(TimeDelta::days(61));
        assert!(contact.get(&web, &format!("/l/{ben}")).await.html.contains("name=\"email\""));
        // Somebody else's forget button leads nowhere but here.
        let away = contact.post(&web, "/remembered/forget", &[("back", "//evil.example")]).await;
        assert_eq!(away.place(), "/code");
        web.house.close().await;
    }
}

#[tokio::test]
async fn a_reference_works_on_any_page() {
    let web = furnished(TestHouse::sqlite().await).await;
    let code = code_of(&web, ADVOCATE).await;
    for page in ["/", "/sign-in", "/code", "/legal/imprint", "/refer", "/consent/refused"] {
        for name in ["ref", "via"] {
            let mut stranger = Browser::speaking("de");
            let sent_on = stranger.get(&web, &format!("{page}?{name}={code}")).await;
            assert_eq!(sent_on.place(), format!("/r/{code}"), "{page}");
            assert!(stranger.get(&web, sent_on.place()).await.place().starts_with(&format!("/l/{code}?c=")));
        }
    }
    // The channel goes along, as on the link itself.
    let mut stranger = Browser::speaking("de");
    let sent_on = stranger.get(&web, &format!("/?ref={code}&ch=widget")).await;
    assert_eq!(sent_on.place(), format!("/r/{code}?ch=widget"));
    stranger.get(&web, sent_on.place()).await;
    let results = web.house.ctx.store.channel_results(None).await.unwrap();
    let widget = results.iter().find(|one| one.channel == domain::touches::Channel::Widget);
    assert_eq!(widget.map(|one| one.clicks), Some(1), "{results:?}");
    // A code that nobody has ends on the friendly page, not in a circle.
    let mut stranger = Browser::speaking("de");
    let lost = stranger.get(&web, "/code?ref=nobody").await;
    assert_eq!(stranger.get(&web, lost.place()).await.status, StatusCode::NOT_FOUND);
    web.house.close().await;
}
