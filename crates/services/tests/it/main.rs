//! Use cases on real databases.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy takes the helpers of a test for no part of it"
)]

mod rewards;
mod rewards_world;
mod tiers;
mod triple_win;
