//! What pages remember of the catalogue is never older than what they are asked for.

use std::sync::Arc;

use chrono::TimeDelta;
use domain::referrals::Step;
use services::{
    catalogue,
    incentives::{Saving, save_offer, save_program},
    rewards::RewardSettings,
    testing::TestHouse,
    tiers,
};

use crate::rewards_world::*;

#[tokio::test]
async fn it_is_read_once_and_again_after_each_change() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        tiers::ensure_defaults(ctx).await.unwrap();
        let first = catalogue(ctx, None).await.unwrap();
        assert!(Arc::ptr_eq(&first, &catalogue(ctx, None).await.unwrap()), "nothing has changed");
        let version = ctx.store.catalogue_version().await.unwrap();

        // What has nothing to do with it leaves it alone.
        let mut facts = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut facts, Step::Accepted).await;
        house.clock.advance(TimeDelta::days(1));
        house.run_jobs().await;
        assert_eq!(ctx.store.catalogue_version().await.unwrap(), version);

        let mut program = first.programme.as_ref().unwrap().program.clone();
        program.headline.de = "Wer uns kennt, kennt mehr.".to_owned();
        save_program(ctx, &world.marketing.program_managing().unwrap(), &program).await.unwrap();
        let second = catalogue(ctx, None).await.unwrap();
        assert_eq!(second.programme.as_ref().unwrap().program.headline.de, "Wer uns kennt, kennt mehr.");

        // Of what has no limit nothing is left less.
        let version = ctx.store.catalogue_version().await.unwrap();
        let tx = ctx.store.begin().await.unwrap();
        assert!(tx.take_from_stock(world.credit.id).await.unwrap());
        tx.return_to_stock(world.credit.id).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(ctx.store.catalogue_version().await.unwrap(), version);

        let mut scarce = ctx.store.incentives().offer(world.credit.id).await.unwrap().unwrap();
        scarce.incentive.stock = Some(2);
        let power = world.marketing.program_managing().unwrap();
        save_offer(ctx, &power, &scarce, Saving::Changed { left: None }).await.unwrap();
        let second = catalogue(ctx, None).await.unwrap();
        let tx = ctx.store.begin().await.unwrap();
        assert!(tx.take_from_stock(world.credit.id).await.unwrap());
        tx.commit().await.unwrap();
        let third = catalogue(ctx, None).await.unwrap();
        assert!(!Arc::ptr_eq(&second, &third), "one less is left");

        // A transaction that comes to nothing has changed nothing.
        let version = ctx.store.catalogue_version().await.unwrap();
        let tx = ctx.store.begin().await.unwrap();
        tx.take_from_stock(world.credit.id).await.unwrap();
        drop(tx);
        assert_eq!(ctx.store.catalogue_version().await.unwrap(), version);

        let tx = ctx.store.begin().await.unwrap();
        tx.return_to_stock(world.credit.id).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(ctx.store.catalogue_version().await.unwrap(), version + 1, "one more is left");

        let settings = RewardSettings { clearing_days: 3, ..RewardSettings::default() };
        let admin = member(ctx, None, domain::members::Role::Administrator, "Jonas Brandt").await;
        let by = admin.administering().unwrap();
        services::settings::change(ctx, by, services::settings::Change::Rewards(settings), -1).await.unwrap();
        let fourth = catalogue(ctx, None).await.unwrap();
        assert_eq!(fourth.programme.as_ref().unwrap().rewards.clearing_days, 3);
        house.close().await;
    }
}
