//! Tiers: rising by what referrals become, and the rules behind it.

use domain::{
    referrals::Step,
    text::Bilingual,
    tiers::{Metric, Period, TierCode, TierRule},
};
use services::{
    testing::TestHouse,
    tiers::{ChangeRulesError, TierChange, change_rules, ensure_defaults, history, overview, standing},
};

use crate::rewards_world::*;

#[tokio::test]
async fn referrals_raise_their_advocate() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let member = world.advocate.member;
        ensure_defaults(ctx).await.unwrap();
        let tier = || async {
            let standing = standing(ctx, member).await.unwrap();
            let code = standing.current.map(|index| standing.tiers[index].tier.code.to_string());
            (code.unwrap_or_default(), standing.open())
        };
        assert_eq!(tier().await, (String::new(), 1));
        let mut first = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut first, Step::Qualified).await;
        assert_eq!(tier().await, ("bronze".to_owned(), 1));
        move_to(ctx, &mut first, Step::Won).await;
        assert_eq!(tier().await, ("silver".to_owned(), 1));
        let mut second = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut second, Step::Won).await;
        // The highest tier takes a third customer, and an appointment.
        assert_eq!(tier().await, ("gold".to_owned(), 2));
        move_to(ctx, &mut second, Step::Won).await;
        let moves = history(ctx, member).await.unwrap();
        let path: Vec<_> = moves.iter().rev().map(|step| step.to.as_str()).collect();
        assert_eq!(path, ["bronze", "silver", "gold"], "each rise once");
        move_to(ctx, &mut second, Step::Accepted).await;
        assert_eq!(tier().await.0, "gold", "a correction lowers nobody");
        house.close().await;
    }
}

#[tokio::test]
async fn a_higher_tier_is_never_easier() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        ensure_defaults(ctx).await.unwrap();
        ensure_defaults(ctx).await.unwrap();
        let tiers = overview(ctx, &world.marketing).await.unwrap().unwrap().tiers;
        assert_eq!(tiers.len(), 4);
        assert!(overview(ctx, &world.advocate).await.unwrap().is_none());
        let change = |code: &str, version, at_least| TierChange {
            code: TierCode::parse(code).unwrap(),
            version,
            name: Bilingual::new("Silber", "Silver"),
            benefits: Bilingual::new("Etwas", "Something"),
            rules: vec![TierRule { metric: Metric::WonReferrals, at_least, period: Period::Lifetime }],
        };
        let by = &world.marketing;
        let refused = change_rules(ctx, by, change("silver", 0, 3)).await;
        assert!(matches!(refused, Err(ChangeRulesError::Ladder(_))), "gold asks for two");
        change_rules(ctx, by, change("silver", 0, 2)).await.unwrap();
        let stale = change_rules(ctx, by, change("silver", 0, 1)).await;
        assert!(matches!(stale, Err(ChangeRulesError::Stale)));
        let advocate = change_rules(ctx, &world.advocate, change("silver", 1, 1)).await;
        assert!(matches!(advocate, Err(ChangeRulesError::NotAllowed)));
        house.close().await;
    }
}
