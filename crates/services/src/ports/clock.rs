//! The time.

use std::fmt::Debug;

use chrono::{DateTime, SubsecRound, Utc};

/// Tells the time.
pub trait Clock: Debug + Send + Sync {
    /// Now, in UTC, to the microsecond that the tables keep.
    fn now(&self) -> DateTime<Utc>;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock's home")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now().trunc_subsecs(6)
    }
}
