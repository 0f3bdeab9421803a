//! What each channel has brought: clicks of people, referrals, customers.

use std::sync::Arc;

use domain::{
    members::Role,
    referrals::Step,
    touches::{Channel, CodeKind, Visitor},
};
use services::{
    testing::TestHouse,
    touches::{Click, Clicks, channel_results, own_channel_results, share_kit},
};
use store::channels::ChannelResult;

use crate::rewards_world::{World, member, move_to};

#[tokio::test]
async fn clicks_referrals_and_customers_stand_by_channel() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let anna = world.advocate.referrer().unwrap();
        assert_eq!(own_channel_results(ctx, &anna).await.unwrap(), []);
        let other = member(ctx, Some(world.account), Role::Advocate, "Karl Amsel").await;
        let karl = other.referrer().unwrap();
        let clicks = Clicks::start(ctx.clone());
        for (by, channel, visitor) in [
            (&anna, Channel::LinkedIn, Visitor::Person),
            (&anna, Channel::LinkedIn, Visitor::Person),
            (&anna, Channel::LinkedIn, Visitor::Robot),
            (&anna, Channel::Qr, Visitor::Person),
            (&karl, Channel::LinkedIn, Visitor::Person),
        ] {
            let kit = share_kit(ctx, by, world.program).await.unwrap();
            let target = ctx.store.touches().target(kit.code.as_str(), CodeKind::Link).await.unwrap();
            let target = Arc::new(target.unwrap());
            let click = Click { target, channel, visitor, visitor_signs: "x".to_owned() };
            clicks.keep(click).await.unwrap();
        }
        // The first channel of all is the one that the world's referrals have.
        let mut facts = world.refer(ctx, None).await;
        move_to(ctx, &mut facts, Step::Won).await;
        world.refer(ctx, None).await;
        let line = |channel, clicks, referrals, won| ChannelResult { channel, clicks, referrals, won };
        assert_eq!(
            own_channel_results(ctx, &anna).await.unwrap(),
            [line(Channel::Mail, 0, 2, 1), line(Channel::LinkedIn, 2, 0, 0), line(Channel::Qr, 1, 0, 0)]
        );
        assert_eq!(own_channel_results(ctx, &karl).await.unwrap(), [line(Channel::LinkedIn, 1, 0, 0)]);
        let all = channel_results(ctx, &world.marketing).await.unwrap().unwrap();
        assert_eq!(
            all,
            [line(Channel::Mail, 0, 2, 1), line(Channel::LinkedIn, 3, 0, 0), line(Channel::Qr, 1, 0, 0)]
        );
        assert!(channel_results(ctx, &world.advocate).await.unwrap().is_none());

        // What was filled from what was there is what was counted as it happened.
        store::testing::migrate_again(&ctx.store, "m20261123_000120_tallies").await;
        assert_eq!(channel_results(ctx, &world.marketing).await.unwrap().unwrap(), all);
        // Won no more, and won again; another move in between counts nothing.
        move_to(ctx, &mut facts, Step::Qualified).await;
        move_to(ctx, &mut facts, Step::Meeting).await;
        let own = own_channel_results(ctx, &anna).await.unwrap();
        assert_eq!(own[0], line(Channel::Mail, 0, 2, 0));
        move_to(ctx, &mut facts, Step::Won).await;
        assert_eq!(channel_results(ctx, &world.marketing).await.unwrap().unwrap(), all);
        house.close().await;
    }
}
