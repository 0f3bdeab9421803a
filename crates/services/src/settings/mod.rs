//! The numbers that an installation may set while it runs, each group with a version of its own.

mod change;
mod clocks;
mod queries;
mod rules;

pub use change::{Change, ChangeSettingError, change};
pub use clocks::{CLOCKS, Clocks};
pub(crate) use queries::in_charge;
pub use queries::{DEFAULT_OWNER, Settings, Versioned, default_owner, settings};
pub use rules::{REFERRALS, ReferralRules};
