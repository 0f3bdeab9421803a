//! Long lists stay short pages, and empty ones say what to do.

use domain::text::Language;
use services::{
    imports::{Importing, import_customers},
    testing::TestHouse,
};

use crate::browser::{Browser, Web};

#[tokio::test]
async fn two_thousand_people_and_customers_are_read_page_by_page() {
    for house in TestHouse::all().await {
        let web = Web::over(house).await;
        let ctx = &web.house.ctx;
        let (name, mail) = ("Ada Amt".parse().unwrap(), "ada@halvern.example".parse().unwrap());
        services::members::create_admin(ctx, name, mail, Language::German).await.unwrap();
        let mut staff = Browser::speaking("de");
        staff.sign_in(&web, "ada@halvern.example").await;
        let empty = staff.get(&web, "/manage/accounts").await;
        assert!(empty.html.contains("Importieren Sie Ihre Kundenliste"), "{}", empty.html);

        let mut file = String::from("company;domains;country;status;person;mail\n");
        for n in 0..2_000 {
            file +=
                &format!("Werk {n:04};werk{n:04}.example;DE;customer;Person {n:04};p@werk{n:04}.example\n");
        }
        let report = import_customers(ctx, &file, &Importing::default()).await.unwrap();
        assert!(report.refused.is_empty(), "{report:?}");

        for (list, all) in [("/manage/accounts", 2_000), ("/manage/people?role=advocate", 2_000)] {
            let (mut here, mut lines, mut pages) = (list.to_owned(), 0, 0);
            loop {
                let page = staff.get(&web, &here).await;
                let rows = page.html.matches("<th scope=\"row\">").count();
                assert!(rows <= 50 && page.html.len() < 60_000, "{here}: {rows} rows, {}", page.html.len());
                lines += rows;
                pages += 1;
                let Some(at) = page.html.find("rel=\"next\"") else { break };
                let tag = &page.html[page.html[..at].rfind('<').unwrap()..];
                let next = tag.split("href=\"").nth(1).unwrap().split('"').next().unwrap();
                here = next.replace("&amp;", "&");
            }
            assert_eq!((lines, pages), (all, 40), "{list}");
        }
        let found = staff.get(&web, "/manage/people?q=person%201234").await;
        assert_eq!(found.html.matches("<th scope=\"row\">").count(), 1);
        let nobody = staff.get(&web, "/manage/people?q=nobody").await;
        assert!(nobody.html.contains("Niemand passt zu dieser Suche"), "{}", nobody.html);
        web.house.close().await;
    }
}
