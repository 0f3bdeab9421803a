//! Two people at one thing: the second is shown both versions, and loses nothing.

use axum::http::StatusCode;
use chrono::TimeDelta;
use domain::rewards::Side;
use services::testing::TestHouse;

use crate::{
    browser::{Answer, Browser, Web},
    furnished::{ADVOCATE, CONTACT, STAFF, agree, agreed, carried, furnished, refer},
};

#[tokio::test]
async fn a_move_that_comes_too_late_shows_both_versions() {
    for house in TestHouse::all().await {
        let (web, mut staff, id) = agreed(house).await;
        let work = format!("/work/referrals/{id}");
        let stage = format!("{work}/stage");
        let opened = staff.get(&web, &work).await;
        let (version, key, seen) = (opened.value("version"), opened.value("key"), opened.value("seen"));
        assert_eq!(seen, "submitted");
        // In a second window somebody is faster.
        let mut other = staff.clone();
        let moved = other.post(&web, &stage, &[("version", &version), ("move", "meeting")]).await;
        assert_eq!(moved.place(), work);

        let late = [
            ("version", version.as_str()),
            ("key", &key),
            ("seen", &seen),
            ("move", "lost"),
            ("reason", "timing"),
            ("note", "Erst im Frühjahr wieder <b>fragen</b>."),
        ];
        // An end for a referral that nobody had accepted, made on what the page had shown.
        let refused = staff.post(&web, &stage, &late).await;
        let shown = staff.get(&web, refused.place()).await;
        assert_eq!(shown.status, StatusCode::OK);
        for text in [
            "Das ist jetzt gespeichert",
            "<strong>Gespräch geführt</strong>",
            "Miriam Vogt, ",
            "Das wollten Sie eintragen",
            "<strong>Nicht zustande gekommen</strong>",
            "Falscher Zeitpunkt",
            "Auf Ihrer Seite stand noch: Eingereicht",
            "Erst im Frühjahr wieder &lt;b&gt;fragen&lt;/b&gt;.",
        ] {
            assert!(shown.html.replace("<!>", "").contains(text), "{text}: {}", shown.html);
        }
        // What was typed stands in the form, which may be sent again and then counts.
        let again = shown.value("version");
        assert_ne!(again, version);
        let sent = staff
            .post(
                &web,
                &stage,
                &[("version", &again), ("move", "lost"), ("reason", "timing"), ("note", "Im Frühjahr.")],
            )
            .await;
        assert_eq!(sent.place(), work);
        web.house.close().await;
    }
}

#[tokio::test]
async fn a_card_that_has_moved_meanwhile_says_so_on_the_board() {
    let (web, mut staff, id) = agreed(TestHouse::sqlite().await).await;
    let board = staff.get(&web, "/work/board").await;
    let (version, key) = (board.value("version"), board.value("key"));
    let stage = format!("/work/referrals/{id}/stage");
    let mut other = staff.clone();
    other.post(&web, &stage, &[("version", &version), ("move", "contacted")]).await;
    let pairs = [
        ("version", version.as_str()),
        ("key", &key),
        ("seen", "submitted"),
        ("referral", &id.to_string()),
        ("move", "accepted"),
        ("from", "board"),
    ];
    let refused = staff.post(&web, &stage, &pairs).await;
    assert!(refused.place().starts_with("/work/board?form="), "{}", refused.place());
    let shown = staff.get(&web, refused.place()).await;
    let html = shown.html.replace("<!>", "");
    assert!(html.contains("Noch nicht eingetragen: Ravensteiner Hydraulik GmbH"), "{html}");
    assert!(
        html.contains("<strong>Kontaktiert</strong>") && html.contains("<strong>Angenommen</strong>"),
        "{html}"
    );
    web.house.close().await;
}

#[tokio::test]
async fn pressing_a_button_twice_is_pressing_it_once() {
    for house in TestHouse::all().await {
        let (web, mut staff, id) = agreed(house).await;
        let work = format!("/work/referrals/{id}");
        let opened = staff.get(&web, &work).await;
        let (version, key) = (opened.value("version"), opened.value("key"));
        let pairs = [("version", version.as_str()), ("key", &key), ("move", "contacted")];
        for _ in 0..2 {
            assert_eq!(staff.post(&web, &format!("{work}/stage"), &pairs).await.place(), work);
        }
        // The same form with something else in it is another form, made on what is no longer so.
        let changed = [("version", version.as_str()), ("key", &key), ("move", "meeting")];
        let refused = staff.post(&web, &format!("{work}/stage"), &changed).await;
        assert!(refused.place().contains("form="), "{}", refused.place());
        web.house.close().await;
    }
}

#[tokio::test]
async fn a_dropped_card_leads_to_its_form_with_the_stage_chosen() {
    let (web, mut staff, id) = agreed(TestHouse::sqlite().await).await;
    let page = staff.get(&web, &format!("/work/referrals/{id}?move=won")).await;
    let option = page.html.split("<option ").find(|option| option.contains("value=\"won\"")).unwrap();
    assert!(option.split('>').next().unwrap().contains("selected"), "{option}");
    web.house.close().await;
}

/// What the form of the programme sends.
fn programme<'a>(version: &'a str, headline: &'a str) -> [(&'a str, &'a str); 11] {
    [
        ("version", version),
        ("name_de", "Empfehlungen"),
        ("name_en", "Recommendations"),
        ("headline_de", headline),
        ("headline_en", "Who knows you knows more."),
        ("benefit_de", "Drei Monate Einführung."),
        ("attribution", "last"),
        ("window_days", "60"),
        ("won_means", "paid"),
        ("benefit_kind", "access"),
        ("open", "yes"),
    ]
}

#[tokio::test]
async fn a_programme_saved_by_two_shows_the_slower_one_both_versions() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let mut staff = Browser::speaking("de");
        staff.sign_in(&web, STAFF).await;
        let path = "/manage/program";
        let version = staff.get(&web, path).await.value("version");
        let first = staff.post(&web, path, &programme(&version, "Zuerst gespeichert.")).await;
        assert_eq!(first.place(), "/manage/incentives");
        let late = staff.post(&web, path, &programme(&version, "Danach getippt.")).await;
        let shown = staff.get(&web, late.place()).await;
        let html = shown.html.replace("<!>", "");
        assert!(
            html.contains("Jemand hat dies gerade geändert") && html.contains("Inzwischen gespeichert"),
            "{html}"
        );
        assert!(html.contains("Zuerst gespeichert. / Who knows you knows more."), "{html}");
        assert_eq!(shown.value("headline_de"), "Danach getippt.");
        // Now that both were seen, the same press saves.
        let again = shown.value("version");
        let saved = staff.post(&web, path, &programme(&again, "Danach getippt.")).await;
        assert_eq!(saved.place(), "/manage/incentives");
        assert_eq!(staff.get(&web, path).await.value("headline_de"), "Danach getippt.");
        web.house.close().await;
    }
}

#[tokio::test]
async fn a_thank_you_saved_by_two_shows_the_slower_one_both_versions() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let mut staff = Browser::speaking("de");
        staff.sign_in(&web, STAFF).await;
        let catalogue = staff.get(&web, "/manage/incentives").await.html;
        let at = catalogue.find(">Guthaben</a>").unwrap_or_else(|| panic!("no credit: {catalogue}"));
        let path = catalogue[..at].rsplit("href=\"").next().unwrap().split('"').next().unwrap().to_owned();
        let version = staff.get(&web, &path).await.value("version");
        let form = |version: &str, name: &str| {
            [
                ("version", version),
                ("name_de", name),
                ("name_en", "Credit"),
                ("min_tier", "0"),
                ("active", "yes"),
            ]
            .into_iter()
            .chain([("unit", "EUR"), ("accepted", "25"), ("won", "100")])
            .map(|(field, value)| (field.to_owned(), value.to_owned()))
            .collect::<Vec<_>>()
        };
        let send = async |staff: &mut Browser, version: &str, name: &str| {
            let pairs = form(version, name);
            let pairs: Vec<_> = pairs.iter().map(|(field, value)| (field.as_str(), value.as_str())).collect();
            staff.post(&web, &path, &pairs).await
        };
        assert_eq!(send(&mut staff, &version, "Guthaben zuerst").await.place(), "/manage/incentives");
        let late = send(&mut staff, &version, "Guthaben danach").await;
        let shown = staff.get(&web, late.place()).await;
        let html = shown.html.replace("<!>", "");
        assert!(
            html.contains("Jemand hat dies gerade geändert") && html.contains("Inzwischen gespeichert"),
            "{html}"
        );
        assert!(html.contains("Guthaben zuerst"), "{html}");
        assert_eq!(shown.value("name_de"), "Guthaben danach");
        let again = shown.value("version");
        assert_eq!(send(&mut staff, &again, "Guthaben danach").await.place(), "/manage/incentives");
        assert!(staff.get(&web, "/manage/incentives").await.html.contains(">Guthaben danach</a>"));
        web.house.close().await;
    }
}

/// A page without the marks that only the view's own machinery reads.
fn read(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.html);
    answer.html.replace("<!>", "")
}

#[tokio::test]
async fn tiers_saved_by_two_show_the_slower_one_both_versions() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        services::tiers::ensure_defaults(&web.house.ctx).await.unwrap();
        let mut staff = Browser::speaking("de");
        staff.sign_in(&web, STAFF).await;
        let path = "/manage/tiers/draft";
        let form = |version: &str, name: &str| {
            [
                ("version", version),
                ("code0", "silver"),
                ("name_de0", name),
                ("name_en0", "Silver"),
                ("benefits_de0", "Eine Einladung im Jahr."),
                ("benefits_en0", "An invitation a year."),
                ("metric0_0", "won_referrals"),
                ("value0_0", "1"),
                ("period0_0", "lifetime"),
            ]
            .map(|(field, value)| (field.to_owned(), value.to_owned()))
        };
        let send = async |staff: &mut Browser, version: &str, name: &str| {
            let pairs = form(version, name);
            let pairs: Vec<_> = pairs.iter().map(|(field, value)| (field.as_str(), value.as_str())).collect();
            staff.post(&web, path, &pairs).await
        };
        let version = staff.get(&web, path).await.value("version");
        assert_eq!(send(&mut staff, &version, "Silber zuerst").await.place(), "/manage/tiers/preview");
        let late = send(&mut staff, &version, "Silber danach").await;
        let shown = staff.get(&web, late.place()).await;
        let html = read(&shown);
        assert!(html.contains("Inzwischen gespeichert") && html.contains("Silber zuerst / Silver"), "{html}");
        assert_eq!(shown.value("name_de0"), "Silber danach");
        // Now that both were seen, the same press saves.
        let again = shown.value("version");
        assert_ne!(again, version);
        assert_eq!(send(&mut staff, &again, "Silber danach").await.place(), "/manage/tiers/preview");
        assert_eq!(staff.get(&web, path).await.value("name_de0"), "Silber danach");
        web.house.close().await;
    }
}

#[tokio::test]
async fn a_contact_with_two_windows_sees_both_versions_of_their_own_data() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let mut advocate = Browser::speaking("de");
        advocate.sign_in(&web, ADVOCATE).await;
        let id = refer(&web, &mut advocate, "Guthaben").await;
        let page = advocate.get(&web, &format!("/referrals/{id}")).await;
        let mine = agree(&web, &carried(&page.html)).await;
        let mut contact = Browser::speaking("de");
        let form = |version: &str, role: &str, phone: &str| {
            [
                ("version", version),
                ("name", "Jens Lund"),
                ("role", role),
                ("phone", phone),
                ("kind", "private_company"),
                ("preferred", "mail"),
                ("language", "de"),
            ]
            .map(|(field, value)| (field.to_owned(), value.to_owned()))
        };
        let send = async |contact: &mut Browser, version: &str, role: &str, phone: &str| {
            let pairs = form(version, role, phone);
            let pairs: Vec<_> = pairs.iter().map(|(field, value)| (field.as_str(), value.as_str())).collect();
            contact.post(&web, &mine, &pairs).await.place().to_owned()
        };
        let version = contact.get(&web, &mine).await.value("version");
        // In one window a number that is none: what was typed comes back, and still belongs to the version it was made to.
        let refused = send(&mut contact, &version, "Leitung Einkauf", "nicht im Büro").await;
        let refused = contact.get(&web, &refused).await;
        // In the other one it was saved meanwhile.
        assert_eq!(send(&mut contact, &version, "Einkauf Hydraulik", "").await, mine);
        let kept = refused.value("version");
        let late = send(&mut contact, &kept, "Leitung Einkauf", "").await;
        assert!(late.contains("?form="), "a later window overwrote an earlier one: {late}");
        let shown = contact.get(&web, &late).await;
        let html = read(&shown);
        assert!(
            html.contains("Inzwischen gespeichert") && html.contains("<td>Einkauf Hydraulik</td>"),
            "{html}"
        );
        assert_eq!(shown.value("role"), "Leitung Einkauf");
        assert_eq!(send(&mut contact, &shown.value("version"), "Leitung Einkauf", "").await, mine);
        assert_eq!(contact.get(&web, &mine).await.value("role"), "Leitung Einkauf");
        assert!(html.contains(CONTACT));
        web.house.close().await;
    }
}

#[tokio::test]
async fn what_was_typed_about_a_reward_that_has_left_the_list_is_shown() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let ctx = &web.house.ctx;
        let mut advocate = Browser::speaking("de");
        advocate.sign_in(&web, ADVOCATE).await;
        let id = refer(&web, &mut advocate, "Vorabzugang").await;
        let page = advocate.get(&web, &format!("/referrals/{id}")).await;
        agree(&web, &carried(&page.html)).await;
        let mut staff = Browser::speaking("de");
        staff.sign_in(&web, STAFF).await;
        let work = format!("/work/referrals/{id}");
        let version = staff.get(&web, &work).await.value("version");
        staff.post(&web, &format!("{work}/stage"), &[("version", &version), ("move", "meeting")]).await;
        web.house.clock.advance(TimeDelta::days(31));
        web.house.run_jobs().await;
        let mut staff = Browser::speaking("de");
        staff.sign_in(&web, STAFF).await;
        let mut other = staff.clone();
        let of = async || {
            let lines = services::rewards::of_referral(ctx, id).await.unwrap();
            let line = lines.into_iter().find(|line| line.side == Side::Advocate).unwrap();
            (format!("/work/rewards/{}", line.id), line.version.to_string())
        };
        let (reward, version) = of().await;
        let approved = other.post(&web, &format!("{reward}/approval"), &[("version", &version)]).await;
        assert_eq!(approved.place(), "/work/approvals");
        let reason = "Das war <b>doppelt</b>.";
        let late = [("version", version.as_str()), ("reason", reason)];
        let late = staff.post(&web, &format!("{reward}/refusal"), &late).await;
        let html = read(&staff.get(&web, late.place()).await);
        for text in [
            "Inzwischen geschehen: ",
            "<strong>Freigegeben</strong>",
            "es ist nicht gespeichert",
            "&lt;b&gt;doppelt",
        ] {
            assert!(html.contains(text), "{text}: {html}");
        }

        let (_, version) = of().await;
        let send = async |browser: &mut Browser, reference: &str| {
            let pairs = [("version", version.as_str()), ("reference", reference)];
            browser.post(&web, &format!("{reward}/delivery"), &pairs).await
        };
        assert_eq!(send(&mut other, "GS-2026-1").await.place(), "/work/deliveries");
        let late = send(&mut staff, "GS-2026-2").await;
        let html = read(&staff.get(&web, late.place()).await);
        for text in ["Inzwischen geschehen: ", "<strong>Bereitgestellt</strong>", "<dd>GS-2026-2</dd>"] {
            assert!(html.contains(text), "{text}: {html}");
        }
        web.house.close().await;
    }
}

/// An editor that two people have open, and what each of them writes there.
struct Editor {
    /// Where it is shown.
    page: String,
    /// Where it is sent to.
    to: String,
    /// What both send.
    both: Vec<(&'static str, String)>,
    /// What the faster one writes.
    first: Vec<(&'static str, &'static str)>,
    /// How the slower one is shown that.
    theirs: &'static str,
    /// What the slower one writes.
    second: Vec<(&'static str, &'static str)>,
    /// Whether that stands in the form.
    ours: fn(&Answer) -> bool,
}

impl Editor {
    async fn send(
        &self,
        web: &Web,
        staff: &mut Browser,
        version: &str,
        own: &[(&'static str, &'static str)],
    ) -> String {
        let both = self.both.iter().map(|(name, value)| (*name, value.as_str()));
        let pairs: Vec<_> =
            [("version", version)].into_iter().chain(both).chain(own.iter().copied()).collect();
        staff.post(web, &self.to, &pairs).await.place().to_owned()
    }

    /// The faster one saves, the slower one is shown both versions, saves once more, and then theirs counts.
    async fn shows_both_versions(&self, web: &Web, staff: &mut Browser) {
        const MEANWHILE: &str = "Inzwischen gespeichert";
        let page = &self.page;
        let version = staff.get(web, page).await.form(&self.to).value("version");
        let saved = self.send(web, staff, &version, &self.first).await;
        assert!(!saved.contains("form="), "{page}: the faster one was refused: {saved}");
        let late = self.send(web, staff, &version, &self.second).await;
        assert!(late.starts_with(&format!("{page}?form=")), "{page}: overwritten: {late}");
        let shown = staff.get(web, &late).await;
        let html = read(&shown);
        assert!(html.contains(MEANWHILE) && html.contains(self.theirs), "{page}: {html}");
        assert!((self.ours)(&shown), "{page}: what was typed is lost: {html}");
        let again = shown.form(&self.to).value("version");
        assert_ne!(again, version, "{page}");
        let saved = self.send(web, staff, &again, &self.second).await;
        assert!(!saved.contains("form="), "{page}: both versions were seen: {saved}");
        let now = staff.get(web, page).await;
        assert!((self.ours)(&now) && !read(&now).contains(MEANWHILE), "{page}: {}", now.html);
    }
}

/// Whether the box of this name is ticked.
fn ticked(answer: &Answer, name: &str) -> bool {
    let at = answer.html.find(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("no box {name}"));
    let tag = &answer.html[answer.html[..at].rfind('<').unwrap()..];
    tag.split('>').next().unwrap().contains("checked")
}

/// Each group of numbers that may be set: whoever looks after what is nobody's is one of them.
async fn settings(web: &Web, staff: &mut Browser, owner: &str) -> Vec<Editor> {
    let page = staff.get(web, "/manage/settings").await;
    let of = |group: &str,
              others: &[&'static str],
              (first, theirs, second): (
        (&'static str, &'static str),
        &'static str,
        (&'static str, &'static str),
    ),
              ours: fn(&Answer) -> bool| Editor {
        page: "/manage/settings".to_owned(),
        to: format!("/manage/settings/{group}"),
        both: others.iter().map(|name| (*name, page.value(name))).collect(),
        first: vec![first],
        theirs,
        second: vec![second],
        ours,
    };
    let checks = [
        "same_person",
        "colleague",
        "same_company",
        "known_mailbox",
        "disposable",
        "velocity",
        "shared_address",
        "quick_win",
        "velocity_referrals",
        "velocity_hours",
        "address_contacts",
        "quick_minutes",
    ];
    let rewards = [
        "four_eyes",
        "refund_days",
        "expiry_months",
        "delivery_days",
        "benefit_days",
        "introduction_days",
        "fiscal_month",
    ];
    let mut all = vec![
        of("rewards", &rewards, (("clearing_days", "41"), "<td>41</td>", ("clearing_days", "42")), |page| {
            page.value("clearing_days") == "42"
        }),
        of(
            "caps",
            &["program_money"],
            (("advocate_money", "777"), "<td>777", ("advocate_money", "778")),
            |page| page.value("advocate_money").starts_with("778"),
        ),
        of(
            "referrals",
            &["idle_months"],
            (("consent_days", "8"), "<td>8</td>", ("consent_days", "9")),
            |page| page.value("consent_days") == "9",
        ),
        of("tiers", &["grace_days"], (("undo_days", "11"), "<td>11</td>", ("undo_days", "12")), |page| {
            page.value("undo_days") == "12"
        }),
        of("fraud", &checks, (("threshold", "51"), "<td>51</td>", ("threshold", "52")), |page| {
            page.value("threshold") == "52"
        }),
        of(
            "clocks",
            &["thanks_hours", "contact_hours"],
            (("silence_days", "31"), "<td>31</td>", ("silence_days", "32")),
            |page| page.value("silence_days") == "32",
        ),
    ];
    let mut nobodys = of("owner", &[], (("group", "owner"), "<td>Miriam Vogt</td>", ("owner", "")), |page| {
        page.value("owner").is_empty()
    });
    nobodys.both = vec![("owner", owner.to_owned())];
    all.push(nobodys);
    all
}

/// A feature that is granted early.
async fn feature(web: &Web, staff: &mut Browser) -> Editor {
    let both = [
        ("name_en", "Preview"),
        ("terms_de", "Zum Ausprobieren."),
        ("terms_en", "To try out."),
        ("starts_on", "2026-12-01"),
        ("seats", "10"),
    ];
    let new: Vec<_> = both.into_iter().chain([("name_de", "Vorschau")]).collect();
    let saved = staff.post(web, "/manage/features/new", &new).await.place().to_owned();
    assert!(!saved.contains("form="), "{saved}");
    let id = web.house.ctx.store.access().features().await.unwrap().remove(0).id;
    let page = format!("/manage/features/{id}");
    Editor {
        page: page.clone(),
        to: page,
        both: both.into_iter().map(|(name, value)| (name, value.to_owned())).collect(),
        first: vec![("name_de", "Vorschau zuerst")],
        theirs: "<td>Vorschau zuerst</td>",
        second: vec![("name_de", "Vorschau danach")],
        ours: |page| page.value("name_de") == "Vorschau danach",
    }
}

#[tokio::test]
async fn every_other_editor_shows_the_slower_one_both_versions() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let ctx = &web.house.ctx;
        let mut staff = Browser::speaking("de");
        staff.sign_in(&web, STAFF).await;
        let id_of = async |mail: &str| {
            ctx.store.members().id_by_email(&mail.parse().unwrap()).await.unwrap().unwrap()
        };
        let (anna, miriam) = (id_of(ADVOCATE).await, id_of(STAFF).await);
        let account = ctx.store.members().person(anna).await.unwrap().unwrap().actor.account.unwrap();
        let donated = [("name", "Tafel"), ("legal_name", "Tafel e. V.")];
        staff.post(&web, "/manage/organisations", &donated).await;
        let organisation = ctx.store.incentives().all_organisations().await.unwrap().remove(0).id;
        let text = |pairs: &[(&'static str, &str)]| {
            pairs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect::<Vec<_>>()
        };
        let person = format!("/manage/people/{anna}");
        let account = format!("/manage/accounts/{account}");
        let organisation = format!("/manage/organisations/{organisation}");
        let rule = [
            ("market", "LI"),
            ("effect", "approval"),
            ("legal_basis", "Vermerk 1"),
            ("disclosure_de", "Einzeln geprüft."),
            ("disclosure_en", "Looked at."),
        ];
        let written = staff.post(&web, "/manage/compliance/rules/new", &rule).await;
        assert!(!written.place().contains("form="), "{}", written.place());
        let law = ctx.store.compliance().law().await.unwrap();
        let written = law.rules("LI".parse().unwrap()).into_iter().find(|one| one.legal_basis == "Vermerk 1");
        let written = format!("/manage/compliance/rules/{}", written.unwrap().rule.id.rule);
        let segment = [("name_de", "Norden"), ("name_en", "North"), ("countries", "DE")];
        let segment = staff.post(&web, "/manage/segments/new", &segment).await.place().to_owned();
        let time = [("from", "2026-01-01T00:00"), ("until", "2099-12-31T23:59"), ("zone", "Europe/Berlin")];
        let time: Vec<_> =
            time.into_iter().chain([("name_de", "Winter"), ("name_en", "Winter"), ("boost", "2")]).collect();
        let campaign = staff.post(&web, "/manage/campaigns/new", &time).await.place().to_owned();
        let (legal, stages) = ("/manage/legal/privacy".to_owned(), "/manage/program/stages".to_owned());
        let editors = [
            Editor {
                page: person.clone(),
                to: format!("{person}/change"),
                both: text(&[("email", ADVOCATE), ("language", "de"), ("deputy", "")]),
                first: vec![("name", "Anna Zuerst")],
                theirs: "<td>Anna Zuerst</td>",
                second: vec![("name", "Anna Danach")],
                ours: |page| page.value("name") == "Anna Danach",
            },
            Editor {
                page: person.clone(),
                to: format!("{person}/roles"),
                both: text(&[("role-advocate", "yes")]),
                first: vec![],
                theirs: "<td>Empfehlende Person</td>",
                second: vec![("role-ambassador-lead", "yes")],
                ours: |page| ticked(page, "role-advocate") && ticked(page, "role-ambassador-lead"),
            },
            Editor {
                page: account.clone(),
                to: account,
                both: text(&[
                    ("name", "Mühlenau GmbH"),
                    ("country", "DE"),
                    ("kind", "private_company"),
                    ("status", "customer"),
                    ("since", "2019-04-01"),
                    ("gifts", "any"),
                    ("domains", "muehlenau.example"),
                    ("manager", &miriam.to_string()),
                ]),
                first: vec![("industry", "Hydraulik zuerst")],
                theirs: "<td>Hydraulik zuerst</td>",
                second: vec![("industry", "Hydraulik danach")],
                ours: |page| {
                    page.value("industry") == "Hydraulik danach" && page.value("since") == "2019-04-01"
                },
            },
            Editor {
                page: legal.clone(),
                to: legal,
                both: text(&[("english", "What we keep.")]),
                first: vec![("german", "Was wir zuerst sagten.")],
                theirs: "Was wir zuerst sagten.",
                second: vec![("german", "Was wir danach sagten.")],
                ours: |page| page.html.contains(">Was wir danach sagten.</textarea>"),
            },
            Editor {
                page: stages.clone(),
                to: stages,
                both: text(&[("meeting_en", "Demonstration")]),
                first: vec![("meeting_de", "Vorführung")],
                theirs: "Vorführung / Demonstration",
                second: vec![("meeting_de", "Ortstermin")],
                ours: |page| page.value("meeting_de") == "Ortstermin",
            },
            Editor {
                page: organisation.clone(),
                to: organisation,
                both: text(&[("legal_name", "Tafel e. V."), ("active", "yes")]),
                first: vec![("name", "Tafel zuerst")],
                theirs: "<td>Tafel zuerst</td>",
                second: vec![("name", "Tafel danach")],
                ours: |page| page.value("name") == "Tafel danach",
            },
            Editor {
                page: written.clone(),
                to: written,
                both: text(&[
                    ("market", "LI"),
                    ("effect", "approval"),
                    ("disclosure_de", "Einzeln geprüft."),
                    ("disclosure_en", "Looked at."),
                ]),
                first: vec![("legal_basis", "Vermerk zuerst")],
                theirs: "<td>Vermerk zuerst</td>",
                second: vec![("legal_basis", "Vermerk danach")],
                ours: |page| page.value("legal_basis") == "Vermerk danach",
            },
            Editor {
                page: segment.clone(),
                to: segment,
                both: text(&[("name_de", "Norden"), ("name_en", "North")]),
                first: vec![("countries", "DK")],
                theirs: "<td>Länder: DK</td>",
                second: vec![("companies", "muehlenau.example")],
                ours: |page| page.value("countries").is_empty() && !page.value("companies").is_empty(),
            },
            Editor {
                page: campaign.clone(),
                to: campaign,
                both: text(&time[..3]),
                first: vec![("name_de", "Winter"), ("name_en", "Winter"), ("boost", "3")],
                theirs: "<td>dreifach</td>",
                second: vec![("name_de", "Frost"), ("name_en", "Frost"), ("boost", "1,5")],
                ours: |page| page.value("name_de") == "Frost" && page.value("boost") == "1,5",
            },
        ];
        let more = settings(&web, &mut staff, &miriam.to_string()).await.into_iter();
        for editor in editors.into_iter().chain(more).chain([feature(&web, &mut staff).await]) {
            editor.shows_both_versions(&web, &mut staff).await;
        }
        web.house.close().await;
    }
}

#[tokio::test]
async fn a_deal_that_two_record_shows_the_slower_one_both_sizes() {
    for house in TestHouse::all().await {
        let (web, mut staff, id) = agreed(house).await;
        let work = format!("/work/referrals/{id}");
        let version = staff.get(&web, &work).await.value("version");
        let won = [("version", version.as_str()), ("move", "won")];
        assert_eq!(staff.post(&web, &format!("{work}/stage"), &won).await.place(), work);
        let record = async |staff: &mut Browser, version: &str, size: &str| {
            let pairs = [("version", version), ("size", size)];
            staff.post(&web, &format!("{work}/deal"), &pairs).await.place().to_owned()
        };
        // Made on what nobody has seen any more: what was typed stands in the form.
        let late = record(&mut staff, &version, "12.500").await;
        assert!(late.starts_with(&format!("{work}?form=")), "{late}");
        let shown = staff.get(&web, &late).await;
        assert!(read(&shown).contains("Die Seite zeigt jetzt den neuen Stand"), "{}", shown.html);
        assert_eq!(shown.value("size"), "12.500");
        let version = staff.get(&web, &work).await.value("version");
        let mut other = staff.clone();
        assert_eq!(record(&mut other, &version, "10.000").await, work);
        // The size that was recorded meanwhile is not overwritten, and the other one is not lost.
        let late = record(&mut staff, &version, "12.500").await;
        assert!(late.starts_with(&format!("{work}?form=")), "{late}");
        let html = read(&staff.get(&web, &late).await);
        for text in [
            "Es ist schon ein anderer Auftragswert eingetragen",
            "Das ist jetzt gespeichert",
            "10.000",
            "Das wollten Sie eintragen",
            "<strong>12.500</strong>",
        ] {
            assert!(html.contains(text), "{text}: {html}");
        }
        // The same size once more is recorded already.
        assert_eq!(record(&mut staff, &version, "10000").await, work);
        web.house.close().await;
    }
}
