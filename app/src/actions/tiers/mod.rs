//! Tiers: editing all of them together, and putting them into effect.

pub mod draft;
pub mod rollout;
