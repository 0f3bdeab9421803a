//! A demonstration keeps away from real data, sends nothing, and shows everything that there is to see.

use domain::{
    accounts::AccountStatus,
    campaigns::CampaignState,
    referrals::Stage,
    rewards::RewardCode,
    text::{EmailAddress, Language, PersonName},
};
use services::{
    Ctx, demo,
    imports::{Importing, import_customers},
    members::create_admin,
    prepare,
    rewards::check_ledger,
    testing::TestHouse,
};
use store::testing::rows_by;

use crate::{rewards_world::World, triple_win::tally};

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

#[tokio::test]
async fn the_story_is_as_large_and_as_varied_as_promised() {
    let house = TestHouse::sqlite().await;
    let ctx = &house.ctx;
    demo::seed(ctx).await.unwrap();
    let store = &ctx.store;

    let statuses = rows_by(store, "accounts", "status").await;
    assert_eq!(statuses["customer"], 1_000);
    for status in AccountStatus::ALL {
        assert!(statuses.contains_key(status.as_str()), "nobody is {status}: {statuses:?}");
    }
    let countries = rows_by(store, "accounts", "country").await;
    assert_eq!(countries.keys().collect::<Vec<_>>(), ["AT", "CH", "DE"]);

    let stages = rows_by(store, "referrals", "stage").await;
    for stage in Stage::ALL {
        assert!(stages.contains_key(stage.as_str()), "nothing is {stage}: {stages:?}");
    }
    assert!(stages.values().sum::<i64>() >= 200, "{stages:?}");
    // A year has a dozen spans of thirty days and a few days more.
    let thirty_days = "CAST(submitted_at / 2592000000000 AS TEXT)";
    let months = rows_by(store, "referrals", thirty_days).await;
    assert!(months.len() >= 12 && months.values().filter(|count| **count > 4).count() >= 11, "{months:?}");

    let states = rows_by(store, "rewards", "state").await;
    for state in RewardCode::ALL {
        assert!(states.contains_key(state.as_str()), "no reward is {state}: {states:?}");
    }
    let introductions = rows_by(store, "introductions", "state").await;
    for state in ["promised", "disputed", "confirmed"] {
        assert!(introductions.contains_key(state), "no introduction is {state}: {introductions:?}");
    }
    let shortfalls = rows_by(store, "shortfalls", "state").await;
    assert!(shortfalls.contains_key("open") && shortfalls.contains_key("asked_back"), "{shortfalls:?}");
    let categories = rows_by(store, "reward_categories", "category").await;
    assert!(categories.len() >= 2, "{categories:?}");
    let told = rows_by(store, "conversions", "kind").await;
    assert!(told.contains_key("unpaid") && told.contains_key("upsell"), "{told:?}");
    let cases = rows_by(store, "fraud_cases", "state").await;
    assert!(cases.contains_key("open") && cases.contains_key("false_alarm"), "{cases:?}");
    let campaigns = rows_by(store, "campaigns", "state").await;
    assert_eq!(campaigns.keys().collect::<Vec<_>>(), ["closed", "draft", "running"]);
    for named in store.campaigns().all().await.unwrap() {
        let figures = store.campaigns().figures(named.campaign.id).await.unwrap();
        let told = named.campaign.state != CampaignState::Draft;
        assert_eq!(figures.referrals > 0, told, "{named:?} {figures:?}");
        let closed = named.campaign.state == CampaignState::Closed;
        assert!(!closed || named.campaign.spent.values().any(|spent| *spent > 0), "{named:?}");
    }
    let tiers = rows_by(store, "tier_moves", "to_code").await;
    assert!(tiers.len() >= 2, "{tiers:?}");
    let ledger = check_ledger(ctx).await.unwrap();
    assert!(ledger.is_sound() && ledger.transfers > 100, "{:?}", ledger.differences);
    crate::rewards_world::open_is_what_the_accounts_hold(ctx).await;
    let faces = demo::faces(ctx).await.unwrap();
    for face in faces.iter().filter(|face| face.role == "advocate") {
        assert!(tally(ctx, face.member).await > 0, "{} has brought nothing about", face.name);
    }
    let roles: Vec<_> = faces.iter().map(|face| face.role.as_str()).collect();
    assert_eq!(roles, ["advocate", "advocate", "account_manager", "marketing", "administrator"]);

    // Nobody real is in it, and nobody is written to.
    for (table, column) in [("members", "email"), ("contacts", "email"), ("mails", "to_address")] {
        let addresses = rows_by(store, table, column).await;
        let real: Vec<_> = addresses.keys().filter(|address| !address.ends_with(".example")).collect();
        // An erased address is an empty one.
        assert!(real.iter().all(|address| address.is_empty()), "{table}: {real:?}");
        assert!(addresses.len() > 50, "{table}: {}", addresses.len());
    }
    let domains = rows_by(store, "account_domains", "domain").await;
    assert!(domains.keys().all(|domain| domain.ends_with(".example")), "{domains:?}");
    assert!(house.mails.sent().is_empty());
    // Two of its mails were given up on purpose, so this house is not closed as the others are.
}
