//! Tiers and how members moved through them.

pub(crate) mod tier_moves;
pub(crate) mod tier_pins;
pub(crate) mod tier_places;
pub(crate) mod tier_rollout_members;
pub(crate) mod tier_rollouts;
pub(crate) mod tier_schemes;
pub(crate) mod tier_standings;
pub(crate) mod tiers;
