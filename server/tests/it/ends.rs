//! How a referral ended: an advocate sees that it did, and never whose no it was.

use axum::http::StatusCode;
use domain::ids::ReferralId;
use services::testing::TestHouse;

use crate::{
    browser::{Browser, Web},
    furnished::{ADVOCATE, STAFF, agree, carried, enter, furnished, moved, refer},
};

/// A referral in a house of its own, and everybody around it.
struct Scene {
    web: Web,
    advocate: Browser,
    staff: Browser,
    id: ReferralId,
    link: String,
}

impl Scene {
    async fn on(house: TestHouse) -> Self {
        let web = furnished(house).await;
        let (mut advocate, mut staff) = (Browser::speaking("de"), Browser::speaking("de"));
        advocate.sign_in(&web, ADVOCATE).await;
        let id = refer(&web, &mut advocate, "Guthaben").await;
        let link = carried(&advocate.get(&web, &format!("/referrals/{id}")).await.html);
        staff.sign_in(&web, STAFF).await;
        Self { web, advocate, staff, id, link }
    }

    async fn moved(&mut self, form: &[(&str, &str)]) {
        moved(&self.web, &mut self.staff, self.id, form).await;
    }

    /// What the advocate reads of it on every page that tells of it, without what is another in every house.
    async fn told(&mut self) -> Vec<String> {
        let id = self.id.to_string();
        let mut told = Vec::new();
        for path in [format!("/referrals/{id}"), "/referrals".to_owned(), "/".to_owned()] {
            let page = self.advocate.get(&self.web, &path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            let main = page.html.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
            // The code to say aloud is another in every house.
            let plain: Vec<_> = main
                .split("class=\"mono\">")
                .enumerate()
                .map(|(at, part)| if at == 0 { part } else { part.trim_start_matches(|c| c != '<') })
                .collect();
            let page = plain.concat().replace(&id, "ID");
            // So is what a form knows itself again by.
            let parts: Vec<_> = page.split("name=\"key\" value=\"").collect();
            let rest = parts.iter().skip(1).filter_map(|part| part.split_once('"')).map(|(_, rest)| rest);
            told.push(parts.iter().take(1).copied().chain(rest).collect::<String>());
        }
        self.web.house.run_jobs().await;
        let mails = self.web.house.mails.sent().into_iter().filter(|mail| mail.to == ADVOCATE);
        // Sign-in codes are random, and come before.
        told.extend(mails.map(|mail| mail.text.replace(&id, "ID")).filter(|text| text.contains("/ID")));
        told
    }
}

fn assert_alike(one: &[String], other: &[String]) {
    assert_eq!(one.len(), other.len());
    for (one, other) in one.iter().zip(other) {
        // Links at the foot of mails are keyed by the mail.
        let plain = |text: &str| text.split("/mail/").next().unwrap_or_default().to_owned();
        assert_eq!(plain(one), plain(other));
    }
}

#[tokio::test]
async fn a_contacts_no_looks_like_any_other_end() {
    // Before anybody has agreed: said no by the form, or put aside by staff.
    let mut declined = Scene::on(TestHouse::sqlite().await).await;
    let refuse = format!("{}/refuse", declined.link);
    assert!(Browser::speaking("de").post(&declined.web, &refuse, &[]).await.status.is_redirection());
    let mut disqualified = Scene::on(TestHouse::sqlite().await).await;
    let why = [("move", "disqualified"), ("reason", "not_a_fit"), ("note", "Zu klein für das Produkt.")];
    disqualified.moved(&why).await;
    let (one, other) = (declined.told().await, disqualified.told().await);
    assert!(one[0].contains("Diesmal nicht") || one[0].contains("diesmal nicht"), "{}", one[0]);
    assert!(one.len() > 3, "a mail tells of it");
    assert_alike(&one, &other);
    for told in &one {
        for word in ["abgelehnt", "widerrufen", "Leitung Einkauf"] {
            assert!(!told.contains(word), "{word}: {told}");
        }
    }
    declined.web.house.close().await;
    disqualified.web.house.close().await;

    // After it was taken: consent withdrawn, or lost.
    let mut withdrawn = Scene::on(TestHouse::sqlite().await).await;
    let mine = agree(&withdrawn.web, &withdrawn.link).await;
    withdrawn.moved(&[("move", "accepted")]).await;
    let taken_back = Browser::speaking("de").post(&withdrawn.web, &format!("{mine}/withdraw"), &[]).await;
    assert!(taken_back.status.is_redirection(), "{}", taken_back.html);
    let mut lost = Scene::on(TestHouse::sqlite().await).await;
    agree(&lost.web, &lost.link).await;
    lost.moved(&[("move", "accepted")]).await;
    lost.moved(&[("move", "lost"), ("reason", "no_need"), ("note", "Kein Bedarf.")]).await;
    assert_alike(&withdrawn.told().await, &lost.told().await);
    // Staff read who it was.
    let work = format!("/work/referrals/{}", withdrawn.id);
    assert!(withdrawn.staff.get(&withdrawn.web, &work).await.html.contains("Einwilligung widerrufen"));
    withdrawn.web.house.close().await;
    lost.web.house.close().await;
}

#[tokio::test]
async fn an_advocate_takes_their_referral_back() {
    for house in TestHouse::all().await {
        let mut scene = Scene::on(house).await;
        let own = format!("/referrals/{}", scene.id);
        let form = format!("{own}/withdrawal");
        let version = scene.advocate.get(&scene.web, &own).await.value("version");
        let mut stranger = Browser::speaking("de");
        stranger.sign_in(&scene.web, STAFF).await;
        let foreign = stranger.post(&scene.web, &form, &[("version", &version)]).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND);
        let late = scene.advocate.post(&scene.web, &form, &[("version", "99")]).await;
        assert!(late.place().contains("form="), "made on what nobody has seen: {}", late.place());
        let done = scene.advocate.post(&scene.web, &form, &[("version", &version)]).await;
        assert_eq!(done.place(), own);
        let page = scene.advocate.get(&scene.web, &own).await.html;
        assert!(page.contains("role=\"status\"") && !page.contains("/withdrawal"), "{page}");
        // The link that was carried leads nowhere any more, and a second press changes nothing.
        let gone = Browser::speaking("de").get(&scene.web, &scene.link).await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND);
        let again = scene.advocate.post(&scene.web, &form, &[("version", &version)]).await;
        assert!(again.place().contains("form="), "{}", again.place());
        scene.web.house.close().await;
    }
}

#[tokio::test]
async fn nobody_can_say_no_twice_or_enter_after_the_end() {
    let scene = Scene::on(TestHouse::sqlite().await).await;
    let mut contact = Browser::speaking("de");
    let confirm = enter(&scene.web, &mut contact, &scene.link).await;
    let refuse = format!("{confirm}/refuse");
    assert!(contact.post(&scene.web, &refuse, &[]).await.status.is_redirection());
    assert_eq!(contact.get(&scene.web, &confirm).await.status, StatusCode::NOT_FOUND);
    assert_eq!(contact.get(&scene.web, &scene.link).await.status, StatusCode::NOT_FOUND);
    scene.web.house.close().await;
}
