//! Tiers and how members moved through them.

pub(crate) mod tier_moves;
pub(crate) mod tiers;
