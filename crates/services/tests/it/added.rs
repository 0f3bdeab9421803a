//! The ledger, the audit log and the timeline are only ever added to. Every database of the tests refuses anything else
//! (`store::testing`), so that whatever any of them lets the product do is tried; here is that it does refuse it.

use chrono::TimeDelta;
use domain::{incentives::PayingStep, referrals::Step};
use services::{rewards::approve, testing::TestHouse};
use store::testing::{refuses, rows};

use crate::rewards_world::{World, line_of, move_to};

#[tokio::test]
async fn what_is_only_added_to_is_neither_changed_nor_deleted() {
    for house in TestHouse::all().await {
        let ctx = &house.ctx;
        let world = World::new(&house).await;
        let mut facts = world.refer(ctx, Some(&world.credit)).await;
        move_to(ctx, &mut facts, Step::Won).await;
        house.clock.advance(TimeDelta::days(31));
        let line = line_of(ctx, &facts, PayingStep::Won).await;
        approve(ctx, &world.marketing, line.id, line.version).await.unwrap();
        for (table, change) in [
            ("ledger_transfers", "amount = amount + 1"),
            ("audit_entries", "details = '{}'"),
            ("referral_events", "at = at + 1"),
        ] {
            let before = rows(&ctx.store, table).await;
            assert!(before > 0, "{table}");
            assert!(refuses(&ctx.store, &format!("UPDATE {table} SET {change}")).await, "{table}");
            assert!(refuses(&ctx.store, &format!("DELETE FROM {table}")).await, "{table}");
            assert_eq!(rows(&ctx.store, table).await, before, "{table}");
        }
        // The words of a line may go.
        assert!(!refuses(&ctx.store, "UPDATE referral_events SET body = body").await);
        house.close().await;
    }
}
