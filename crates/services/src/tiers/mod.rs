//! Tiers: who has which, what is missing, and the rules behind them.

mod defaults;
mod draft;
mod pin;
mod preview;
mod recount;
mod rollout;
mod settings;
mod standing;
mod tell;

pub use defaults::ensure_defaults;
pub use domain::tiers::year_before;
pub use draft::{DraftTier, SaveDraftError, discard_draft, save_draft};
pub use pin::{KeepError, keep_at, kept_at, let_go, own_pin};
pub use preview::{Fares, Moved, Preview, preview};
pub(crate) use recount::recount_all;
pub use recount::{order_recount, recount};
pub(crate) use rollout::roll;
pub use rollout::{NextStep, RolloutError, decide, put_into_effect};
pub use settings::{TIERS, TierSettings};
pub(crate) use standing::pilot;
pub use standing::{
    AtRisk, Editor, OnItsWay, Overview, Standing, at_risk, editor, history, known, ladder_of, overview,
    standing, standing_of,
};
pub use store::tiers::{Came, KeptAt, Mover, NamedTier, PastMove, Rollout, Scheme, TierMove};
pub(crate) use tell::{tell_tier, warn_tier};
