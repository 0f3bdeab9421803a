//! Where an advocate stands, on their home page and on the page of the tiers: the tier, how far it is to the next, what that
//! takes and brings, and what their links and referrals have brought.

use services::testing::TestHouse;

use crate::{
    browser::Browser,
    contact::{code_of, read},
    furnished::{ADVOCATE, STAFF, agree, carried, furnished, moved, refer},
};

#[tokio::test]
async fn an_advocate_sees_where_they_stand_and_what_comes_next() {
    for house in TestHouse::all().await {
        let web = furnished(house).await;
        let (mut anna, mut staff) = (Browser::speaking("de"), Browser::speaking("de"));
        anna.sign_in(&web, ADVOCATE).await;
        staff.sign_in(&web, STAFF).await;
        for path in ["/", "/tiers"] {
            let page = read(&anna.get(&web, path).await);
            for shown in [
                "<strong>Noch keine Stufe</strong>",
                "<b>0 von 1</b>",
                "Bronze bringt: Persönliche Ansprechperson",
            ] {
                assert!(page.contains(shown), "{path} {shown}: {page}");
            }
        }
        let home = read(&anna.get(&web, "/").await);
        assert!(home.contains("zurzeit ist keine Ihrer Empfehlungen offen."), "{home}");

        let code = code_of(&web, ADVOCATE).await;
        for _ in 0..3 {
            Browser::speaking("de").get(&web, &format!("/r/{code}")).await;
        }
        let id = refer(&web, &mut anna, "Guthaben").await;
        agree(&web, &carried(&anna.get(&web, &format!("/referrals/{id}")).await.html)).await;
        moved(&web, &mut staff, id, &[("move", "won"), ("deal", "12.500")]).await;
        for path in ["/", "/tiers"] {
            let page = read(&anna.get(&web, path).await);
            let panel = page.split("aria-labelledby=\"tier\"").nth(1).unwrap_or_else(|| panic!("{page}"));
            let panel = panel.split("</section>").next().unwrap();
            for shown in [
                "<strong>Silber</strong>",
                "<b>1 von 2</b>",
                "2 Empfehlungen, die Kunde werden, in 12 Monaten",
                "Gold bringt: Neue Funktionen vor allen anderen.",
            ] {
                assert!(panel.contains(shown), "{path} {shown}: {panel}");
            }
        }
        // How they came there, with the referral that did it.
        let tiers = read(&anna.get(&web, "/tiers").await);
        let path = tiers.split("aria-labelledby=\"path\"").nth(1).expect("the way to the tier");
        assert!(path.contains("Silber erreicht") && path.contains(&format!("href=\"/referrals/{id}\"")));
        let silver = tiers.split("id=\"tier-silver\"").nth(1).unwrap().split("</section>").next().unwrap();
        assert!(silver.contains("Einladung zum jährlichen Treffen"), "{silver}");

        let home = read(&anna.get(&web, "/").await);
        assert!(home.contains("3-mal geöffnet"), "{home}");
        assert!(home.contains("Ravensteiner Hydraulik GmbH") && home.contains("Kunde geworden"), "{home}");
        let wins = home.split("aria-labelledby=\"wins\"").nth(1).expect("what it has brought");
        assert!(wins.contains("Neue Kunden für Halvern Software GmbH</span><b>1</b>"), "{wins}");
        web.house.close().await;
    }
}
