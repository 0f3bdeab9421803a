//! People on their pages: what an administrator changes about somebody, and the letter that brings them in.

use app::ui::qr::Qr;
use axum::http::StatusCode;
use domain::ids::MemberId;
use services::testing::TestHouse;

use crate::{
    browser::{Answer, Browser, Web},
    furnished::{ADVOCATE, STAFF, furnished, refer},
    roles::{ADMINISTRATOR, MANAGER, OTHER_MANAGER, id_of, signed_in, staffed},
};

/// Sends one of the forms on somebody's page as an administrator; answers the page as it is then.
async fn changed(web: &Web, by: &mut Browser, who: MemberId, act: &str, pairs: &[(&str, &str)]) -> Answer {
    let person = format!("/manage/people/{who}");
    let version = by.get(web, &person).await.value("version");
    let pairs: Vec<_> = pairs.iter().copied().chain([("version", version.as_str())]).collect();
    assert_eq!(by.post(web, &format!("{person}/{act}"), &pairs).await.place(), person, "{act}");
    by.get(web, &person).await
}

/// The tag that holds this text.
fn tag<'a>(answer: &'a Answer, text: &str) -> &'a str {
    let at = answer.html.find(text).unwrap_or_else(|| panic!("{text}: {}", answer.html));
    let start = answer.html[..at].rfind('<').unwrap();
    answer.html[start..].split('>').next().unwrap()
}

#[tokio::test]
async fn what_an_administrator_changes_about_a_person_holds() {
    for house in TestHouse::all().await {
        let web = staffed(house).await;
        let ctx = &web.house.ctx;
        let (miriam, deniz) = (id_of(ctx, MANAGER).await, id_of(ctx, OTHER_MANAGER).await);
        let mut anna = signed_in(&web, ADVOCATE).await;
        let work = format!("/work/referrals/{}", refer(&web, &mut anna, "Vorabzugang").await);
        let mut jonas = signed_in(&web, ADMINISTRATOR).await;
        let mut manager = signed_in(&web, OTHER_MANAGER).await;
        assert_eq!(manager.get(&web, &work).await.status, StatusCode::NOT_FOUND);

        // A deputy sees what the other one looks after, for as long as they stand in.
        let deputy = deniz.to_string();
        let details =
            |deputy| [("name", "Miriam Vogt"), ("email", MANAGER), ("language", "de"), ("deputy", deputy)];
        let page = changed(&web, &mut jonas, miriam, "change", &details(&deputy)).await;
        assert!(tag(&page, &format!("value=\"{deputy}\"")).contains("selected"), "{}", page.html);
        assert_eq!(manager.get(&web, &work).await.status, StatusCode::OK);
        let board = manager.get(&web, "/work/board").await;
        assert!(board.html.contains("Ravensteiner Hydraulik GmbH"), "{}", board.html);
        let page = changed(&web, &mut jonas, miriam, "change", &details("")).await;
        assert!(!tag(&page, &format!("value=\"{deputy}\"")).contains("selected"), "{}", page.html);
        assert_eq!(manager.get(&web, &work).await.status, StatusCode::NOT_FOUND);

        // Another role opens other rooms and closes those of the first.
        let page = changed(&web, &mut jonas, deniz, "roles", &[("role-marketing", "yes")]).await;
        assert!(tag(&page, "name=\"role-marketing\"").contains("checked"), "{}", page.html);
        assert!(!tag(&page, "name=\"role-account-manager\"").contains("checked"), "{}", page.html);
        assert_eq!(manager.get(&web, "/manage/program").await.status, StatusCode::OK);
        assert_eq!(manager.get(&web, "/work/board").await.status, StatusCode::FORBIDDEN);

        // Whose access has ended is signed out, and gets no mail to come in again.
        let page = changed(&web, &mut jonas, deniz, "deactivate", &[]).await;
        assert!(
            page.html.contains(&format!("action=\"/manage/people/{deniz}/reactivate\"")),
            "{}",
            page.html
        );
        assert_eq!(manager.get(&web, "/profile").await.place(), "/sign-in");
        let mails = || web.house.mails.sent().iter().filter(|mail| mail.to == OTHER_MANAGER).count();
        let before = mails();
        let mut outside = Browser::speaking("de");
        assert_eq!(
            outside.post(&web, "/sign-in", &[("email", OTHER_MANAGER)]).await.place(),
            "/sign-in/code"
        );
        web.house.run_jobs().await;
        assert_eq!(mails(), before);
        // And comes in once it is given back.
        let page = changed(&web, &mut jonas, deniz, "reactivate", &[]).await;
        assert!(
            page.html.contains(&format!("action=\"/manage/people/{deniz}/deactivate\"")),
            "{}",
            page.html
        );
        let mut back = signed_in(&web, OTHER_MANAGER).await;
        assert_eq!(back.get(&web, "/profile").await.status, StatusCode::OK);
        web.house.close().await;
    }
}

#[tokio::test]
async fn the_picture_of_a_letter_leads_to_the_code_beside_it() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let mut staff = signed_in(&web, STAFF).await;
        let invited = [
            ("name", "Eva Brief"),
            ("email", "eva@muehlenau.example"),
            ("account", "muehlenau.example"),
            ("language", "de"),
            ("role-advocate", "yes"),
        ];
        let letter = staff.post(&web, "/manage/people/invite", &invited).await.place().to_owned();
        let letter = staff.get(&web, &letter).await.html;
        let code = letter.split("class=\"letter-code\"><code>").nth(1).unwrap().split('<').next().unwrap();
        let direct = format!("/join?c={code}");
        let drawn = Qr::new(&format!("https://empfehlen.halvern.example{direct}")).unwrap().path();
        let picture = letter.split("class=\"qr\"").nth(1).unwrap().split("</svg>").next().unwrap();
        assert!(picture.contains(&drawn), "{picture}");
        // A scanner that opens it uses nothing up.
        let mut eva = Browser::speaking("de");
        for _ in 0..2 {
            assert_eq!(eva.get(&web, &direct).await.value("code"), code);
        }
        assert_eq!(eva.post(&web, "/join", &[("code", code)]).await.place(), "/");
        assert_eq!(eva.get(&web, "/").await.place(), "/welcome/terms");
        web.house.close().await;
    }
}

#[tokio::test]
async fn a_ground_to_write_to_somebody_says_where_it_comes_from() {
    for house in TestHouse::all().await {
        let web = staffed(house).await;
        let person = format!("/manage/people/{}", id_of(&web.house.ctx, ADVOCATE).await);
        let mut jonas = signed_in(&web, ADMINISTRATOR).await;
        let act = format!("{person}/permission");
        let ground =
            |source| [("act", "record"), ("channel", "mail"), ("basis", "consent"), ("source", source)];
        let long = "Messe ".repeat(40);
        for (source, why) in [(" ", "woher die Grundlage stammt"), (long.as_str(), "Das ist zu lang.")] {
            let refused = jonas.post(&web, &act, &ground(source)).await;
            let page = jonas.get(&web, refused.place()).await;
            assert!(page.html.contains("href=\"#source\"") && page.html.contains(why), "{}", page.html);
            assert!(tag(&page, "value=\"consent\"").contains("selected"), "what was typed is kept");
            assert!(page.html.contains("Noch nichts vermerkt"), "nothing is recorded");
        }
        assert_eq!(jonas.post(&web, &act, &ground("Messe Hannover, 12. Mai 2026")).await.place(), person);
        assert!(jonas.get(&web, &person).await.html.contains("<td>Messe Hannover, 12. Mai 2026</td>"));
        web.house.close().await;
    }
}
