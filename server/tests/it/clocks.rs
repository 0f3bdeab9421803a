//! The two promises as an account manager sees them: thanks in four hours, the first contact a day after consent. Short at
//! three quarters, broken after the limit and on top of the board, at rest while the contact has not answered.

use chrono::TimeDelta;
use services::testing::TestHouse;

use crate::{
    browser::{Browser, Web},
    contact::read,
    furnished::{ADVOCATE, STAFF, agree, carried, furnished, moved, refer},
};

const COMPANY: &str = "Ravensteiner Hydraulik GmbH";

/// What the board says: what is overdue, if anything is, and the state of the one card with what its clock says.
async fn board(web: &Web, staff: &mut Browser) -> (Option<String>, String, String) {
    let html = read(&staff.get(web, "/work/board").await);
    let overdue = html.split("<section ").find(|panel| panel.contains("class=\"overdue\""));
    let overdue = overdue.map(|panel| panel.split("</section>").next().unwrap().to_owned());
    let mut cards = html.split("<article ").skip(1);
    let card =
        cards.find(|card| card.contains("class=\"ticket\"")).unwrap_or_else(|| panic!("no card: {html}"));
    let card = card.split("</article>").next().unwrap();
    let state = card.split("data-state=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    (overdue, state, card.to_owned())
}

/// The line of what is due.
async fn due(web: &Web, staff: &mut Browser) -> String {
    let html = read(&staff.get(web, "/work/due").await);
    let row = html.split("<tr>").find(|row| row.contains(COMPANY));
    row.unwrap_or_else(|| panic!("nothing is due: {html}")).to_owned()
}

#[tokio::test]
async fn the_first_contact_is_calm_then_short_then_broken_until_it_was_made() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let (mut anna, mut staff) = (Browser::speaking("de"), Browser::speaking("de"));
        anna.sign_in(&web, ADVOCATE).await;
        let id = refer(&web, &mut anna, "Guthaben").await;
        let link = carried(&anna.get(&web, &format!("/referrals/{id}")).await.html);
        // A day later nobody has agreed: the clock has not begun.
        web.house.clock.advance(TimeDelta::hours(25));
        // What a day brings leaves before the mail with the code.
        web.house.run_jobs().await;
        staff.sign_in(&web, STAFF).await;
        let (overdue, state, card) = board(&web, &mut staff).await;
        assert_eq!((overdue, state.as_str()), (None, "calm"));
        assert!(card.contains("wartet auf Einwilligung") && !card.contains("class=\"clock\""), "{card}");

        agree(&web, &link).await;
        for (hours, expected, said) in [
            (0, "calm", "noch 24 Stunden von 24 Stunden"),
            (17, "calm", "noch 7 Stunden von 24 Stunden"),
            (2, "soon", "noch 5 Stunden von 24 Stunden"),
        ] {
            web.house.clock.advance(TimeDelta::hours(hours));
            let (overdue, state, card) = board(&web, &mut staff).await;
            assert_eq!((overdue, state.as_str()), (None, expected), "{said}");
            let clock = format!("<div data-state=\"{expected}\" class=\"clock\">");
            assert!(card.contains(&clock) && card.contains(said), "{said}: {card}");
        }
        web.house.clock.advance(TimeDelta::hours(6));
        let (overdue, state, card) = board(&web, &mut staff).await;
        assert_eq!(state, "broken");
        assert!(card.contains("1 Stunde über der Zusage"), "{card}");
        let overdue = overdue.expect("what is overdue stands on top");
        for shown in
            ["Eine Zusage überschritten", COMPANY, "1 Stunde über der Zusage", "Zum ersten Mal melden"]
        {
            assert!(overdue.contains(shown), "{shown}: {overdue}");
        }
        // To accept it is not to have spoken to anybody.
        moved(&web, &mut staff, id, &[("move", "accepted")]).await;
        assert!(board(&web, &mut staff).await.0.is_some());
        moved(&web, &mut staff, id, &[("move", "contacted")]).await;
        let (overdue, state, card) = board(&web, &mut staff).await;
        assert_eq!((overdue, state.as_str()), (None, "calm"));
        assert!(!card.contains("class=\"clock\""), "{card}");
        let page = read(&staff.get(&web, &format!("/work/referrals/{id}")).await);
        assert!(!page.contains("über der Zusage"), "{page}");
        web.house.close().await;
    }
}

#[tokio::test]
async fn thanks_are_due_before_the_contact_and_overdue_when_nobody_has_said_them() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let (mut anna, mut staff) = (Browser::speaking("de"), Browser::speaking("de"));
        anna.sign_in(&web, ADVOCATE).await;
        staff.sign_in(&web, STAFF).await;
        let id = refer(&web, &mut anna, "Guthaben").await;
        let work = format!("/work/referrals/{id}");
        let link = carried(&anna.get(&web, &format!("/referrals/{id}")).await.html);
        agree(&web, &link).await;
        let row = due(&web, &mut staff).await;
        assert!(row.contains("Danke sagen") && row.contains("noch 4 Stunden von 4 Stunden"), "{row}");
        web.house.clock.advance(TimeDelta::hours(3));
        let row = due(&web, &mut staff).await;
        assert!(row.contains("data-state=\"soon\"") && row.contains("noch 1 Stunde von 4 Stunden"), "{row}");
        assert_eq!(board(&web, &mut staff).await.0, None);
        // The worker that would have thanked in time is away.
        web.house.clock.advance(TimeDelta::hours(2));
        let row = due(&web, &mut staff).await;
        assert!(row.contains("Danke sagen") && row.contains("data-state=\"broken\""), "{row}");
        let (overdue, state, _) = board(&web, &mut staff).await;
        let overdue = overdue.expect("what is overdue stands on top");
        assert_eq!(state, "broken");
        for shown in [COMPANY, "Danke sagen", "Dank schreiben", "1 Stunde über der Zusage"] {
            assert!(overdue.contains(shown), "{shown}: {overdue}");
        }
        let thanked =
            staff.post(&web, &format!("{work}/thanks"), &[("thanks", "Das hat mich gefreut.")]).await;
        assert_eq!(thanked.place(), work);
        let (overdue, state, _) = board(&web, &mut staff).await;
        assert_eq!((overdue, state.as_str()), (None, "calm"));

        // Then what comes next, stage by stage.
        for (stage, next) in [
            ("", "Empfehlung prüfen und annehmen"),
            ("accepted", "Zum ersten Mal melden"),
            ("contacted", "Erstes Gespräch führen"),
            ("meeting", "Bedarf klären"),
            ("qualified", "Angebot abschließen"),
        ] {
            if !stage.is_empty() {
                moved(&web, &mut staff, id, &[("move", stage)]).await;
            }
            let row = due(&web, &mut staff).await;
            assert!(row.contains(next) && !row.contains("Danke sagen"), "{next}: {row}");
        }
        moved(&web, &mut staff, id, &[("move", "won"), ("deal", "12.500")]).await;
        let html = read(&staff.get(&web, "/work/due").await);
        assert!(html.contains("Nichts ist offen.") && !html.contains(COMPANY), "{html}");
        web.house.close().await;
    }
}
