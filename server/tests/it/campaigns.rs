//! Segments and campaigns by requests: what is wrong stands at its field, and what an advocate reads before, within and after.

use axum::http::StatusCode;
use chrono::{Days, TimeDelta};
use services::testing::TestHouse;

use crate::{
    browser::{Browser, Web},
    furnished::{ADVOCATE, STAFF, furnished, refer},
};

const NEW_SEGMENT: &str = "/manage/segments/new";
const NEW_CAMPAIGN: &str = "/manage/campaigns/new";

async fn signed_in(web: &Web, mail: &str) -> Browser {
    let mut browser = Browser::speaking("de");
    browser.sign_in(web, mail).await;
    browser
}

#[tokio::test]
async fn a_segment_says_what_is_unclear_and_who_belongs_to_it() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let mut staff = signed_in(&web, STAFF).await;
        let list = "Mühlenau\nGibt es <nicht>";
        let typed = [("name_de", "Mühlen"), ("name_en", " "), ("companies", list)];
        let refused = staff.post(&web, NEW_SEGMENT, &typed).await;
        let shown = staff.get(&web, refused.place()).await;
        for text in ["id=\"name_en-error\"", "id=\"companies-error\"", "<li>Gibt es &lt;nicht&gt;</li>"] {
            assert!(shown.html.contains(text), "{text}: {}", shown.html);
        }
        assert_eq!(shown.value("name_de"), "Mühlen");
        for (companies, countries, code) in [
            ("", "Wien", "id=\"countries-error\""),
            ("", "", "wären alle"),
            ("Mühlenau", "DE", "nicht beides"),
        ] {
            let typed = [
                ("name_de", "Mühlen"),
                ("name_en", "Mills"),
                ("companies", companies),
                ("countries", countries),
            ];
            let refused = staff.post(&web, NEW_SEGMENT, &typed).await;
            let shown = staff.get(&web, refused.place()).await;
            assert!(shown.html.contains(code), "{code}: {}", shown.html);
        }
        assert!(web.house.ctx.store.segments().all().await.unwrap().is_empty());

        let typed = [("name_de", "Mühlen"), ("name_en", "Mills"), ("companies", "muehlenau.example")];
        let page = staff.post(&web, NEW_SEGMENT, &typed).await.place().to_owned();
        let shown = staff.get(&web, &page).await;
        for text in ["Eine Person aus einer Organisation", "Anna Berger", "Nirgends"] {
            assert!(shown.html.contains(text), "{text}: {}", shown.html);
        }
        assert_eq!(shown.value("companies"), "Mühlenau GmbH");
        let typed = [
            ("name_de", "Mühlen"),
            ("name_en", "Mills"),
            ("countries", "de"),
            ("status-former", "yes"),
            ("section-C", "yes"),
            ("version", "0"),
        ];
        assert_eq!(staff.post(&web, &page, &typed).await.place(), page);
        let shown = staff.get(&web, &page).await;
        assert!(shown.html.contains("0 Personen"), "{}", shown.html);
        let listed = staff.get(&web, "/manage/segments").await;
        for text in ["Länder: DE", "ehemalig", "Verarbeitendes Gewerbe"] {
            assert!(listed.html.contains(text), "{text}: {}", listed.html);
        }
        web.house.close().await;
    }
}

#[tokio::test]
async fn a_campaign_is_promised_within_its_time_and_says_when_it_has_ended() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let mut staff = signed_in(&web, STAFF).await;
        let last = (web.house.ctx.now().date_naive() + Days::new(10)).to_string();
        let until = format!("{last}T23:59");
        let mut typed = [
            ("name_de", "Doppelt danken"),
            ("name_en", "Thanks twice"),
            ("from", "2021-03-28T02:30"),
            ("until", until.as_str()),
            ("zone", "Europe/Berlin"),
            ("boost", "5,01"),
            ("budget-EUR", "viel"),
        ];
        let refused = staff.post(&web, NEW_CAMPAIGN, &typed).await;
        let shown = staff.get(&web, refused.place()).await;
        for text in ["id=\"from-error\"", "vorgestellt", "id=\"boost-error\"", "id=\"budget-EUR-error\""] {
            assert!(shown.html.contains(text), "{text}: {}", shown.html);
        }
        assert_eq!((shown.value("boost"), shown.value("until")), ("5,01".to_owned(), until.clone()));
        typed[2].1 = "2021-03-28T03:30";
        typed[4].1 = "Europa/Berlin";
        typed[5].1 = "2";
        typed[6].1 = "1.000";
        let refused = staff.post(&web, NEW_CAMPAIGN, &typed).await;
        assert!(staff.get(&web, refused.place()).await.html.contains("id=\"zone-error\""));
        typed[4].1 = "Europe/Berlin";
        let page = staff.post(&web, NEW_CAMPAIGN, &typed).await.place().to_owned();
        let shown = staff.get(&web, &page).await;
        for text in ["Noch sieht sie niemand", "Zusammengezählt werden sie nie", "Keine andere Kampagne"] {
            assert!(shown.html.contains(text), "{text}: {}", shown.html);
        }
        assert_eq!(shown.value("from"), "2021-03-28T03:30", "by the clock on the wall");
        assert_eq!((shown.value("until"), shown.value("budget-EUR")), (until.clone(), "1000".to_owned()));

        let own = page.replace("/manage", "");
        let mut anna = signed_in(&web, ADVOCATE).await;
        assert_eq!(anna.get(&web, &own).await.status, StatusCode::NOT_FOUND);
        let step = format!("{page}/step");
        let refused = staff.post(&web, &step, &[("version", "0"), ("do", "pilot")]).await;
        assert!(staff.get(&web, refused.place()).await.html.contains("Bitte wählen Sie eine Pilotgruppe"));
        assert_eq!(staff.post(&web, &step, &[("version", "0"), ("do", "running")]).await.place(), page);
        let slower = staff.post(&web, &step, &[("version", "0"), ("do", "closed")]).await;
        assert!(slower.place().contains("form="), "somebody was faster");

        for (path, text) in
            [("/", "doppelt bis"), ("/refer", "solange das Budget reicht"), (&own, "Europe/Berlin")]
        {
            let shown = anna.get(&web, path).await;
            assert!(
                shown.html.contains(text) && shown.html.contains("Doppelt danken"),
                "{path}: {}",
                shown.html
            );
        }
        let form = anna.get(&web, "/refer").await;
        assert!(form.html.contains("600"), "twice 300: {}", form.html);
        let id = refer(&web, &mut anna, "Guthaben").await;
        let kept = "wie bei der Einreichung zugesagt";
        assert!(anna.get(&web, &format!("/referrals/{id}")).await.html.contains(kept));
        assert!(staff.get(&web, &page).await.html.contains("Eine Empfehlung mit ihrer Zusage"));

        // Its time ends by itself: what was promised stays, the form and the old page say how things stand.
        web.house.clock.advance(TimeDelta::days(12));
        let mut anna = signed_in(&web, ADVOCATE).await;
        assert!(anna.get(&web, &format!("/referrals/{id}")).await.html.contains(kept));
        assert!(!anna.get(&web, "/refer").await.html.contains("doppelt"));
        let ended = anna.get(&web, &own).await;
        assert_eq!(ended.status, StatusCode::OK);
        assert!(ended.html.contains("Diese Kampagne ist zu Ende") && ended.html.contains("href=\"/refer\""));
        let mut staff = signed_in(&web, STAFF).await;
        let version = staff.get(&web, &page).await.value("version");
        assert_eq!(staff.post(&web, &step, &[("version", &version), ("do", "closed")]).await.place(), page);
        let closed = staff.get(&web, &page).await.html;
        assert_eq!(closed.matches("lässt sich nicht mehr ändern").count(), 1, "{closed}");
        assert!(!closed.contains("Ändern kann es die Programmleitung"));
        let late = staff.post(&web, &page, &typed).await;
        let shown = staff.get(&web, late.place()).await;
        assert_eq!(shown.html.matches("lässt sich nicht mehr ändern").count(), 2, "{}", shown.html);
        web.house.close().await;
    }
}
