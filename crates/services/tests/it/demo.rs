//! A demonstration keeps away from real data, and sends nothing.

use domain::text::{EmailAddress, Language, PersonName};
use services::{
    Ctx, demo,
    imports::{Importing, import_customers},
    members::create_admin,
    prepare,
    testing::TestHouse,
};

use crate::rewards_world::World;

const CUSTOMERS: &str = "company;domains;country;status\nMühlenau GmbH;muehlenau.example;DE;customer\n";

/// Somebody has begun to work here, in one of three ways.
async fn begin(ctx: &Ctx, way: usize) {
    match way {
        0 => {
            let (name, email) =
                (PersonName::parse("Ada Kern"), EmailAddress::parse("ada.kern@halvern.example"));
            create_admin(ctx, name.unwrap(), email.unwrap(), Language::German).await.unwrap();
        }
        1 => {
            let report = import_customers(ctx, CUSTOMERS, &Importing::default()).await.unwrap();
            assert_eq!(report.new_accounts, 1);
        }
        _ => prepare(ctx).await.unwrap(),
    }
}

#[tokio::test]
async fn a_demonstration_is_refused_where_anybody_has_begun() {
    for way in 0..3 {
        for house in TestHouse::all().await {
            let ctx = &house.ctx;
            begin(ctx, way).await;
            let refused = demo::seed(ctx).await.unwrap_err();
            assert!(refused.to_string().contains("not empty"), "{refused}");
            assert!(!demo::is_demo(ctx).await.unwrap() && demo::faces(ctx).await.unwrap().is_empty());
            let programmes = ctx.store.incentives().default_program().await.unwrap();
            assert_eq!(programmes.is_some(), way == 2, "nothing was invented");
            house.close().await;
        }
    }
}

#[tokio::test]
async fn a_demonstration_hands_no_mail_over_whatever_server_is_configured() {
    for mut house in TestHouse::all().await {
        house.ctx.demo = true;
        let world = World::new(&house).await;
        crate::jobs::news(&house, &world).await;
        house.run_jobs().await;
        assert!(house.mails.sent().is_empty());
        let written = house.ctx.store.newest_mails(1).await.unwrap();
        assert!(
            written[0].sent_at.is_some() && !written[0].text.is_empty(),
            "it can be read on its own page"
        );
        house.close().await;
    }
}
