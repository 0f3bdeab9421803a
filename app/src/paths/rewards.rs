//! Rewards, approvals, deliveries.

use domain::ids::RewardId;

use super::{Path, with_id};

/// One's own rewards.
pub const REWARDS: Path = Path::fixed("/rewards");
/// The statement of a year; the year stands in the query.
pub const REWARD_STATEMENT: Path = Path::fixed("/rewards/statement.csv");
/// What waits for approval.
pub const APPROVALS: Path = Path::fixed("/work/approvals");
/// What is to be delivered.
pub const DELIVERIES: Path = Path::fixed("/work/deliveries");
/// All rewards, for those who decide about them.
pub const WORK_REWARDS: Path = Path::fixed("/work/rewards");
/// The route of [`work_reward`].
pub const WORK_REWARD: &str = "/work/rewards/{id}";
/// The route of [`reward_approval`].
pub const REWARD_APPROVAL: &str = "/work/rewards/{id}/approval";
/// The route of [`reward_refusal`].
pub const REWARD_REFUSAL: &str = "/work/rewards/{id}/refusal";
/// The route of [`reward_delivery`].
pub const REWARD_DELIVERY: &str = "/work/rewards/{id}/delivery";
/// The route of [`delivery_plan`].
pub const DELIVERY_PLAN: &str = "/work/rewards/{id}/plan";
/// The route of [`reward_return`].
pub const REWARD_RETURN: &str = "/work/rewards/{id}/return";

/// One reward with its life.
pub fn work_reward(id: RewardId) -> Path {
    with_id(WORK_REWARD, id)
}

/// Where a reward is approved.
pub fn reward_approval(id: RewardId) -> Path {
    with_id(REWARD_APPROVAL, id)
}

/// Where a reward is declined.
pub fn reward_refusal(id: RewardId) -> Path {
    with_id(REWARD_REFUSAL, id)
}

/// Where a delivery is recorded.
pub fn reward_delivery(id: RewardId) -> Path {
    with_id(REWARD_DELIVERY, id)
}

/// Where a delivery is given to somebody.
pub fn delivery_plan(id: RewardId) -> Path {
    with_id(DELIVERY_PLAN, id)
}

/// Where a reward is taken back.
pub fn reward_return(id: RewardId) -> Path {
    with_id(REWARD_RETURN, id)
}
