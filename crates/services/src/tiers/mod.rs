//! Tiers: who has which, what is missing, and the rules behind them.

mod change_rules;
mod defaults;
mod recount;
mod standing;
mod tell;

pub use change_rules::{ChangeRulesError, TierChange, change_rules};
pub use defaults::ensure_defaults;
pub(crate) use recount::recount_all;
pub use recount::{order_recount, recount, year_before};
pub use standing::{Overview, Standing, history, overview, standing, standing_of};
pub use store::tiers::{NamedTier, PastMove, TierMove};
pub(crate) use tell::tell_tier;
