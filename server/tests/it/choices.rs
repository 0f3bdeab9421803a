//! What an advocate gets, as they choose it: a blocked thank-you stays in sight with its reason and is refused all the same,
//! and a choice changes until the need is confirmed.

use domain::{
    ids::IncentiveId,
    incentives::{Incentive, IncentiveKind},
    text::Country,
};
use services::testing::{TestHouse, stage_hand};

use crate::{
    browser::{Answer, Browser, Web},
    furnished::{ADVOCATE, STAFF, agree, carried, furnished, moved, refer, submission},
};

/// Changes what is offered of this kind; answers its id.
async fn change(web: &Web, kind: IncentiveKind, change: impl FnOnce(&mut Incentive)) -> IncentiveId {
    let store = &web.house.ctx.store;
    let program = store.incentives().default_program().await.unwrap().unwrap();
    let offers = store.incentives().offers(program.id).await.unwrap();
    let mut offer = offers.into_iter().find(|offer| offer.incentive.kind == kind).unwrap();
    let left = offer.incentive.stock;
    change(&mut offer.incentive);
    let tx = store.begin().await.unwrap();
    tx.update_offer(&stage_hand().program_managing().unwrap(), &offer, left).await.unwrap();
    tx.commit().await.unwrap();
    offer.incentive.id
}

/// The card of a thank-you.
pub(crate) fn card(page: &Answer, incentive: IncentiveId) -> String {
    let mark = format!("id=\"incentive-{incentive}\"");
    let card = page.html.split("<div class=\"choice\">").find(|card| card.contains(&mark));
    card.unwrap_or_else(|| panic!("no card: {}", page.html)).replace("<!>", "")
}

/// The field of a card.
fn field(card: &str) -> &str {
    card.split("<input").nth(1).unwrap().split('>').next().unwrap()
}

/// That the card can't be taken, and says why at the field that can't be used.
fn assert_blocked(page: &Answer, incentive: IncentiveId, why: &str) {
    let card = card(page, incentive);
    let name = format!("incentive-{incentive}-why");
    assert!(field(&card).contains(" disabled"), "{card}");
    assert!(field(&card).contains(&format!("aria-describedby=\"{name}\"")), "{card}");
    let reason = card.split(&format!("id=\"{name}\"")).nth(1).unwrap_or_else(|| panic!("no reason: {card}"));
    assert!(reason.contains(why), "{why}: {card}");
}

const REFUSED: &str = "Dieses Dankeschön ist für Sie nicht wählbar. Der Grund steht dabei.";

#[tokio::test]
async fn what_is_blocked_stays_in_sight_with_its_reason_and_is_refused() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let mut anna = Browser::speaking("de");
        anna.sign_in(&web, ADVOCATE).await;
        let blocked = [
            (change(&web, IncentiveKind::Credit, |one| one.stock = Some(0)).await, "Zurzeit vergriffen."),
            (
                change(&web, IncentiveKind::EarlyAccess, |one| one.min_tier = 2).await,
                "Ab einer höheren Stufe.",
            ),
            (
                change(&web, IncentiveKind::Donation, |one| one.countries = [Country::AT].into()).await,
                "In Ihrem Land nicht angeboten.",
            ),
        ];
        let form = anna.get(&web, "/refer").await;
        let key = form.value("key");
        for (incentive, why) in blocked {
            assert_blocked(&form, incentive, why);
            // The browser would not send it; somebody may.
            let id = incentive.to_string();
            let sent = anna.post(&web, "/refer", &submission(&key, &id)).await;
            assert!(sent.place().starts_with("/refer?form="), "{}", sent.place());
            let refused = anna.get(&web, sent.place()).await;
            assert!(refused.html.contains("href=\"#incentive\"") && refused.html.contains(REFUSED), "{why}");
            assert_eq!(refused.value("company"), "Ravensteiner Hydraulik GmbH");
            assert_blocked(&refused, incentive, why);
        }
        assert_eq!(store::testing::rows(&web.house.ctx.store, "referrals").await, 0);
        for kind in [IncentiveKind::MutualReferral, IncentiveKind::None] {
            let free = change(&web, kind, |_| {}).await;
            let card = card(&form, free);
            assert!(!field(&card).contains("disabled") && !card.contains("block-reason"), "{card}");
        }
        web.house.close().await;
    }
}

#[tokio::test]
async fn what_a_company_does_not_accept_is_blocked_for_its_people() {
    const WHY: &str = "Ihre Organisation nimmt solche Vorteile nicht an.";
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let (mut anna, mut staff) = (Browser::speaking("de"), Browser::speaking("de"));
        anna.sign_in(&web, ADVOCATE).await;
        staff.sign_in(&web, STAFF).await;
        let list = staff.get(&web, "/manage/accounts").await.html;
        let company =
            list.split("href=\"/manage/accounts/").find(|link| link.contains("Mühlenau GmbH")).unwrap();
        let page = format!("/manage/accounts/{}", company.split('"').next().unwrap());
        let kinds = [IncentiveKind::Credit, IncentiveKind::Donation, IncentiveKind::None];
        let [credit, donation, nothing] = kinds;
        let offer = async |kind| change(&web, kind, |_| {}).await;
        for (policy, blocked, free) in [
            ("non_monetary", vec![credit], vec![donation, nothing]),
            ("none", vec![credit, donation], vec![nothing]),
            ("any", vec![], vec![credit, donation, nothing]),
        ] {
            let form = staff.get(&web, &page).await;
            let fields =
                ["version", "name", "country", "industry", "kind", "status", "since", "domains", "manager"];
            let typed: Vec<_> = fields.iter().map(|name| (*name, form.value(name))).collect();
            let pairs: Vec<_> = typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let saved = staff.post(&web, &page, &[pairs, vec![("gifts", policy)]].concat()).await;
            assert_eq!(saved.place(), page, "{policy}");
            let form = anna.get(&web, "/refer").await;
            for kind in blocked {
                let incentive = offer(kind).await;
                assert_blocked(&form, incentive, WHY);
                let pairs = (form.value("key"), incentive.to_string());
                let sent = anna.post(&web, "/refer", &submission(&pairs.0, &pairs.1)).await;
                assert!(sent.place().starts_with("/refer?form="), "{policy}: {}", sent.place());
            }
            for kind in free {
                assert!(!card(&form, offer(kind).await).contains("block-reason"), "{policy}: {kind:?}");
            }
        }
        assert_eq!(store::testing::rows(&web.house.ctx.store, "referrals").await, 0);
        web.house.close().await;
    }
}

#[tokio::test]
async fn a_choice_is_changed_on_its_page_until_the_need_is_confirmed() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let (mut anna, mut staff) = (Browser::speaking("de"), Browser::speaking("de"));
        anna.sign_in(&web, ADVOCATE).await;
        staff.sign_in(&web, STAFF).await;
        let id = refer(&web, &mut anna, "Guthaben").await;
        let (own, work) = (format!("/referrals/{id}"), format!("/work/referrals/{id}"));
        let to = format!("{own}/incentive");
        let page = anna.get(&web, &own).await;
        let link = carried(&page.html);
        let same = |_: &mut Incentive| ();
        let credit = change(&web, IncentiveKind::Credit, same).await;
        let early = change(&web, IncentiveKind::EarlyAccess, same).await;
        let nothing = change(&web, IncentiveKind::None, same).await;
        assert!(field(&card(&page, credit)).contains(" checked"), "{}", page.html);

        // What has run out meanwhile is in sight, and says so.
        let donation = change(&web, IncentiveKind::Donation, |one| one.stock = Some(0)).await;
        assert_blocked(&anna.get(&web, &own).await, donation, "Zurzeit vergriffen.");
        let refused = anna.post(&web, &to, &[("incentive", &donation.to_string())]).await;
        let refused = anna.get(&web, refused.place()).await;
        assert!(refused.html.contains("href=\"#incentive\"") && refused.html.contains(REFUSED));
        // And a donation says to whom.
        change(&web, IncentiveKind::Donation, |one| one.stock = None).await;
        let nowhere = anna.post(&web, &to, &[("incentive", &donation.to_string())]).await;
        let nowhere = anna.get(&web, nowhere.place()).await;
        let missing = "Bitte wählen Sie eine Organisation für die Spende.";
        assert!(nowhere.html.contains("href=\"#organisation\"") && nowhere.html.contains(missing));

        let chosen = async |web: &Web| {
            let stored = web.house.ctx.store.referrals().load(id).await.unwrap().unwrap();
            stored.facts.incentive
        };
        assert_eq!(chosen(&web).await, Some(credit));
        agree(&web, &link).await;
        for (stage, incentive, name) in
            [("accepted", early, "Vorabzugang"), ("meeting", nothing, "Kein Dankeschön")]
        {
            moved(&web, &mut staff, id, &[("move", stage)]).await;
            assert_eq!(anna.post(&web, &to, &[("incentive", &incentive.to_string())]).await.place(), own);
            let page = anna.get(&web, &own).await;
            assert!(field(&card(&page, incentive)).contains(" checked"), "{}", page.html);
            let told = format!("Dankeschön gewählt: {name}");
            assert!(page.html.contains(&told), "{told}: {}", page.html);
            let seen = staff.get(&web, &work).await.html.replace("<!>", "");
            assert!(seen.contains(&format!("<dd>{name}</dd>")), "{name}: {seen}");
            assert_eq!(chosen(&web).await, Some(incentive));
        }

        moved(&web, &mut staff, id, &[("move", "qualified")]).await;
        let page = anna.get(&web, &own).await;
        assert!(!page.html.contains(&format!("action=\"{to}\"")), "{}", page.html);
        // From a page that was open before.
        let late = anna.post(&web, &to, &[("incentive", &credit.to_string())]).await;
        let late = anna.get(&web, late.place()).await;
        assert!(late.html.contains("die Wahl bleibt jetzt, wie sie ist"), "{}", late.html);
        assert_eq!(chosen(&web).await, Some(nothing));
        web.house.close().await;
    }
}
