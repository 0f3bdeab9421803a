//! Tiers: who has which, what is missing, and the rules behind them.

mod defaults;
mod draft;
mod preview;
mod recount;
mod rollout;
mod standing;
mod tell;

pub use defaults::ensure_defaults;
pub use draft::{DraftTier, SaveDraftError, discard_draft, save_draft};
pub use preview::{Fares, Moved, Preview, preview};
pub(crate) use recount::recount_all;
pub use recount::{order_recount, recount, year_before};
pub(crate) use rollout::roll;
pub use rollout::{NextStep, RolloutError, UNDO, decide, put_into_effect};
pub(crate) use standing::pilot;
pub use standing::{
    Editor, OnItsWay, Overview, Standing, editor, history, known, ladder_of, overview, standing, standing_of,
};
pub use store::tiers::{Came, Mover, NamedTier, PastMove, Rollout, Scheme, TierMove};
pub(crate) use tell::tell_tier;
