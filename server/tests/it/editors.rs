//! What marketing and administrators type into the editors is what is stored, comes back to the form as it was typed, and
//! counts from then on.

use chrono::TimeDelta;
use domain::{
    incentives::{Amount, DealBand, IncentiveKind, Part, PartValue, PayingStep, Scheme, Unit},
    referrals::WonMeans,
    rewards::Side,
    text::{Bilingual, Country, Currency},
    touches::{AttributionSettings, TouchRule},
    triple_win::WinKind,
};
use services::testing::TestHouse;
use store::incentives::{Offer, Program};

use crate::{
    browser::{Answer, Browser, Web},
    choices::card,
    contact::code_of,
    furnished::{ADVOCATE, STAFF, agree, carried, furnished, moved, refer},
};

const EURO: Unit = Unit::Money(Currency::EUR);

async fn staffed(house: TestHouse) -> (Web, Browser) {
    let web = furnished(house).await;
    let mut staff = Browser::speaking("de");
    staff.sign_in(&web, STAFF).await;
    (web, staff)
}

async fn program(web: &Web) -> Program {
    web.house.ctx.store.incentives().default_program().await.unwrap().unwrap()
}

async fn offers(web: &Web) -> Vec<Offer> {
    web.house.ctx.store.incentives().offers(program(web).await.id).await.unwrap()
}

fn amount(value: i64, unit: Unit) -> Amount {
    Amount::new(value, unit).unwrap()
}

fn fixed(step: PayingStep, value: i64, unit: Unit) -> Part {
    Part { step, value: PartValue::Fixed(amount(value, unit)) }
}

/// From 1000 € the first amount, from 10 000 € the second.
fn banded(low: i64, high: i64, unit: Unit) -> Part {
    let band = |from, value| DealBand { from, amount: amount(value, unit) };
    Part { step: PayingStep::Won, value: PartValue::Bands(vec![band(100_000, low), band(1_000_000, high)]) }
}

/// The form as it stands in the page, sent as it stands.
fn as_it_stands<'a>(page: &Answer, names: &[&'a str]) -> Vec<(&'a str, String)> {
    names.iter().map(|name| (*name, page.value(name))).collect()
}

async fn send(
    web: &Web,
    staff: &mut Browser,
    to: &str,
    fields: &[(&str, String)],
    ticked: &[(&str, &str)],
) -> Answer {
    let fields = fields.iter().map(|(name, value)| (*name, value.as_str()));
    let pairs: Vec<_> = fields.chain(ticked.iter().copied()).collect();
    staff.post(web, to, &pairs).await
}

const OFFER: [&str; 15] = [
    "version",
    "min_tier",
    "name_de",
    "name_en",
    "text_de",
    "text_en",
    "countries",
    "position",
    "unit",
    "stock",
    "accepted",
    "meeting",
    "qualified",
    "won",
    "bands",
];

#[tokio::test]
async fn a_thank_you_of_each_kind_is_stored_as_typed_and_offered() {
    for house in TestHouse::all().await {
        let (web, mut staff) = staffed(house).await;
        let mut anna = Browser::speaking("de");
        anna.sign_in(&web, ADVOCATE).await;
        let standing = offers(&web).await.len();
        use PayingStep::{Accepted, Meeting, Won};
        let bands = |low, high| format!("1000: {low}\n10000: {high}");
        let made = [
            (
                IncentiveKind::Credit,
                vec![
                    ("unit", "EUR".to_owned()),
                    ("accepted", "25,50".to_owned()),
                    ("bands", bands("100", "300")),
                ],
                vec![fixed(Accepted, 2_550, EURO), banded(10_000, 30_000, EURO)],
                "bis 300\u{a0}€",
            ),
            (
                IncentiveKind::Donation,
                vec![("unit", "EUR".to_owned()), ("meeting", "50".to_owned()), ("won", "1200".to_owned())],
                vec![fixed(Meeting, 5_000, EURO), fixed(Won, 120_000, EURO)],
                "1.200\u{a0}€",
            ),
            (
                IncentiveKind::EarlyAccess,
                vec![("unit", "months".to_owned()), ("bands", bands("1", "3"))],
                vec![banded(1, 3, Unit::Months)],
                "bis 3 Monate",
            ),
            (
                IncentiveKind::MutualReferral,
                vec![("unit", "introductions".to_owned()), ("won", "2".to_owned())],
                vec![fixed(Won, 2, Unit::Introductions)],
                "wenn Kunde geworden",
            ),
            (IncentiveKind::None, Vec::new(), Vec::new(), "gleichwertige Wahl"),
        ];
        for (number, (kind, typed, parts, shown)) in made.into_iter().enumerate() {
            let (de, en) = (format!("Neu {number}"), format!("New {number}"));
            let mut fields = vec![
                ("version", "0".to_owned()),
                ("kind", kind.as_str().to_owned()),
                ("name_de", de.clone()),
                ("name_en", en.clone()),
                ("text_de", "Für Sie.".to_owned()),
                ("text_en", "For you.".to_owned()),
                ("stock", "3".to_owned()),
                ("min_tier", "2".to_owned()),
                ("countries", "DE, AT".to_owned()),
            ];
            fields.extend(typed.clone());
            let saved = send(&web, &mut staff, "/manage/incentives/new", &fields, &[("active", "yes")]).await;
            assert_eq!(saved.place(), "/manage/incentives", "{kind:?}");
            let stored = offers(&web).await.into_iter().find(|offer| offer.name.de == de).unwrap();
            let one = &stored.incentive;
            assert_eq!((one.kind, &one.scheme), (kind, &Scheme::new(parts).unwrap()));
            assert_eq!((one.stock, one.min_tier, one.active), (Some(3), 2, true));
            assert_eq!(one.countries, [Country::DE, Country::AT].into());
            assert_eq!(
                (&stored.name, &stored.text),
                (&Bilingual::new(de, en), &Bilingual::new("Für Sie.", "For you."))
            );
            assert_eq!(usize::try_from(stored.position).unwrap(), standing + number);

            // It comes back as it was typed, and saved unchanged it stays.
            let path = format!("/manage/incentives/{}", one.id);
            let page = staff.get(&web, &path).await;
            assert_eq!(page.value("countries"), "AT, DE");
            for (name, value) in &typed {
                assert_eq!(&page.value(name), value, "{kind:?} {name}");
            }
            let again = as_it_stands(&page, &OFFER);
            let saved = send(&web, &mut staff, &path, &again, &[("active", "yes")]).await;
            assert_eq!(saved.place(), "/manage/incentives", "{kind:?}");
            let after = web.house.ctx.store.incentives().offer(one.id).await.unwrap().unwrap();
            assert_eq!(after, Offer { version: stored.version + 1, ..stored.clone() });

            // Advocates read it in the form of a referral, with what keeps them from it.
            let card = card(&anna.get(&web, "/refer").await, one.id);
            assert!(card.contains(&format!(">Neu {number}</label>")) && card.contains("Für Sie."), "{card}");
            assert!(card.contains(shown), "{shown}: {card}");
            let tier = card.contains("Ab einer höheren Stufe.");
            assert_eq!(tier, kind != IncentiveKind::None, "to take nothing is open to everybody: {card}");
        }
        web.house.close().await;
    }
}

#[tokio::test]
async fn a_thank_you_that_makes_no_sense_is_refused_at_its_field() {
    let (web, mut staff) = staffed(TestHouse::sqlite().await).await;
    let standing = offers(&web).await.len();
    let sound = [
        ("version", "0"),
        ("kind", "credit"),
        ("name_de", "Neu"),
        ("name_en", "New"),
        ("min_tier", "0"),
        ("unit", "EUR"),
        ("accepted", "25"),
    ];
    for (field, wrong, at) in [
        ("bands", "viel", "bands"),
        ("bands", "1000: 100\n10000", "bands"),
        ("bands", "10000: 300\n1000: 100", "won"),
        ("accepted", "viel", "accepted"),
        ("accepted", "", "won"),
        ("stock", "-1", "stock"),
        ("min_tier", "77", "min_tier"),
        ("countries", "Deutschland", "countries"),
        ("name_en", " ", "name_en"),
        ("kind", "cash", "kind"),
    ] {
        let others = sound.into_iter().filter(|(name, _)| *name != field);
        let pairs: Vec<_> = others.chain([(field, wrong)]).collect();
        let refused = staff.post(&web, "/manage/incentives/new", &pairs).await;
        assert!(refused.place().starts_with("/manage/incentives/new?form="), "{field}: {}", refused.place());
        let page = staff.get(&web, refused.place()).await;
        assert!(page.html.contains(&format!("id=\"{at}-error\"")), "{field} {wrong}: {}", page.html);
        assert_eq!(page.value("name_de"), "Neu");
        if field == "bands" {
            assert_eq!(page.value("bands"), wrong, "what was typed is kept");
        }
    }
    assert_eq!(offers(&web).await.len(), standing);
    web.house.close().await;
}

const PROGRAM: [&str; 15] = [
    "version",
    "name_de",
    "name_en",
    "headline_de",
    "headline_en",
    "pitch_de",
    "pitch_en",
    "benefit_de",
    "benefit_en",
    "benefit_kind",
    "benefit_amount",
    "destination_url",
    "attribution",
    "window_days",
    "won_means",
];

#[tokio::test]
async fn a_programme_is_stored_as_its_form_says_and_holds_from_then_on() {
    for house in TestHouse::all().await {
        let (web, mut staff) = staffed(house).await;
        let before = program(&web).await;
        let (mut anna, path) = (Browser::speaking("de"), "/manage/program");
        anna.sign_in(&web, ADVOCATE).await;
        let version = staff.get(&web, path).await.value("version");
        let typed = [
            ("version", version.as_str()),
            ("name_de", "Empfehlungen"),
            ("name_en", "Recommendations"),
            ("headline_de", "Wer Sie kennt, weiß mehr."),
            ("headline_en", "Who knows you knows more."),
            ("pitch_de", "In zwei Sätzen."),
            ("pitch_en", "In two sentences."),
            ("benefit_de", "Drei Monate zum halben Preis."),
            ("benefit_en", "Three months at half price."),
            ("benefit_kind", "saving"),
            ("benefit_amount", "1.500,50"),
            ("destination_url", "https://www.halvern.example/start"),
            ("attribution", "last"),
            ("window_days", "60"),
            ("won_means", "paid"),
            ("open", "yes"),
        ];
        assert_eq!(staff.post(&web, path, &typed).await.place(), "/manage/incentives");
        let expected = Program {
            open: true,
            name: Bilingual::new("Empfehlungen", "Recommendations"),
            headline: Bilingual::new("Wer Sie kennt, weiß mehr.", "Who knows you knows more."),
            pitch: Bilingual::new("In zwei Sätzen.", "In two sentences."),
            benefit: Bilingual::new("Drei Monate zum halben Preis.", "Three months at half price."),
            benefit_kind: Some(WinKind::Saving),
            benefit_amount: Some(amount(150_050, EURO)),
            destination_url: Some("https://www.halvern.example/start".to_owned()),
            attribution: AttributionSettings { rule: TouchRule::Last, window: TimeDelta::days(60) },
            won_means: WonMeans::Paid,
            version: before.version + 1,
            ..before
        };
        assert_eq!(program(&web).await, expected);
        // Saved once more as it stands in the form, nothing is lost.
        let page = staff.get(&web, path).await;
        let again = as_it_stands(&page, &PROGRAM);
        assert_eq!(
            send(&web, &mut staff, path, &again, &[("open", "yes")]).await.place(),
            "/manage/incentives"
        );
        let expected = Program { version: expected.version + 1, ..expected };
        assert_eq!(program(&web).await, expected);

        // What makes a company a customer stands where one refers, and where the stage is set.
        let won = "Als Kunde zählt die Firma, sobald die erste Rechnung bezahlt ist.";
        assert!(anna.get(&web, "/refer").await.html.contains(won));
        let id = refer(&web, &mut anna, "Guthaben").await;
        agree(&web, &carried(&anna.get(&web, &format!("/referrals/{id}")).await.html)).await;
        let work = staff.get(&web, &format!("/work/referrals/{id}")).await.html;
        assert!(work.contains(won), "{work}");

        // Links lead to the programme's own page, with the number of the click.
        let code = code_of(&web, ADVOCATE).await;
        let clicked = Browser::speaking("de").get(&web, &format!("/r/{code}")).await;
        let touch = clicked.place().strip_prefix("https://www.halvern.example/start?click_id=");
        let touch = touch.unwrap_or_else(|| panic!("{}", clicked.place())).parse().unwrap();
        let stored = web.house.ctx.store.touches().touch(touch).await.unwrap().unwrap();
        assert_eq!(stored.program, expected.id);

        // Switched off it takes no referrals.
        let version = staff.get(&web, path).await.value("version");
        let off: Vec<_> = typed
            .into_iter()
            .filter(|(name, _)| *name != "open")
            .map(|(name, value)| if name == "version" { (name, version.as_str()) } else { (name, value) })
            .collect();
        assert_eq!(staff.post(&web, path, &off).await.place(), "/manage/incentives");
        assert!(!program(&web).await.open);
        assert!(!anna.get(&web, "/refer").await.html.contains("name=\"company\""));
        web.house.close().await;
    }
}

#[tokio::test]
async fn caps_are_stored_as_typed_and_obeyed() {
    for house in TestHouse::all().await {
        let (web, mut staff) = staffed(house).await;
        let path = "/manage/settings/caps";
        let page = staff.get(&web, "/manage/settings").await.form(path);
        let version = page.value("version");
        let wrong = [("version", version.as_str()), ("advocate_money", "viel")];
        let refused = staff.post(&web, path, &wrong).await;
        let refused = staff.get(&web, refused.place()).await;
        assert!(refused.html.contains("id=\"advocate_money-error\""), "{}", refused.html);
        let typed = [
            ("version", version.as_str()),
            ("advocate_money", "100"),
            ("program_money", "5.000,50"),
            ("advocate_seats", "7"),
        ];
        assert_eq!(staff.post(&web, path, &typed).await.place(), "/manage/settings");
        let caps = web.house.ctx.store.setting(services::rewards::CAPS).await.unwrap().unwrap();
        let stored = serde_json::json!({
            "advocate": { "EUR": 10_000, "seats": 7 },
            "program": { "EUR": 500_050 },
        });
        assert_eq!(caps, stored);
        let page = staff.get(&web, "/manage/settings").await.form(path);
        assert_eq!((page.value("advocate_money"), page.value("advocate_seats")), ("100".into(), "7".into()));
        assert_eq!(
            (page.value("program_money"), page.value("program_seats")),
            ("5000,50".into(), String::new())
        );

        // 300 are promised for a new customer; the year has 100.
        let mut anna = Browser::speaking("de");
        anna.sign_in(&web, ADVOCATE).await;
        let id = refer(&web, &mut anna, "Guthaben").await;
        agree(&web, &carried(&anna.get(&web, &format!("/referrals/{id}")).await.html)).await;
        moved(&web, &mut staff, id, &[("move", "won"), ("deal", "12.500")]).await;
        let lines = services::rewards::of_referral(&web.house.ctx, id).await.unwrap();
        let line = lines.iter().find(|line| line.side == Side::Advocate).unwrap();
        assert_eq!((line.amount, line.cut), (Some(amount(10_000, EURO)), 20_000));
        web.house.close().await;
    }
}
