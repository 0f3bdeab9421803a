//! Counting an advocate's achievements anew.

use chrono::{DateTime, Months, Utc};
use domain::{
    ids::MemberId,
    tiers::{Promotion, Tier, evaluate, promotion},
};
use serde_json::json;
use store::{StoreError, Tx, tiers::TierMove};
use uuid::Uuid;

use super::defaults::all;
use crate::{Ctx, jobs::Job};

/// The cause of a rise by itself.
const BY_RULES: &str = "rules";

/// Counts what an advocate's referrals have become, and raises them to the tier they have reached. Nobody falls by
/// this: a fall needs a grace period and a date, which a single event does not have.
///
/// # Errors
/// When the memory fails.
pub async fn recount(ctx: &Ctx, tx: &Tx, advocate: MemberId) -> Result<(), StoreError> {
    let tiers: Vec<Tier> = all(tx).await?.into_iter().map(|named| named.tier).collect();
    let now = ctx.now();
    let (has, metrics) = tx.tiers().tier_and_metrics(advocate, year_before(now)).await?;
    let from = tiers.iter().find(|tier| Some(&tier.code) == has.as_ref());
    // Ambassador terms are a later issue: until then nobody has one.
    let reached = evaluate(&metrics, &tiers, false);
    if let Some(Promotion::Up { from, to }) = promotion(from, reached) {
        let details = json!({ "from": from.as_ref().map(|code| code.as_str()), "to": to.as_str() });
        let id: Uuid = ctx.new_id();
        let cause = BY_RULES.to_owned();
        let moved = TierMove { id, member: advocate, from, to, cause, at: now };
        if tx.tiers().move_member(moved).await? {
            tx.audit(ctx.audit_entry(None, "tiers.promote", "member", advocate, details)).await?;
            tx.push_job(Job::TellTier { tier_move: id }.to_new(ctx, now)).await?;
        }
    }
    Ok(())
}

/// The same moment a year ago; rolling periods begin there.
/// The beginning of the rolling year that ends now.
pub fn year_before(now: DateTime<Utc>) -> DateTime<Utc> {
    now.checked_sub_months(Months::new(12)).unwrap_or(now)
}
