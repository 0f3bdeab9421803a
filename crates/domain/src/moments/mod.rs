//! Moments that are due: the clocks of a referral, and the notice when nothing happens.

mod clock;

pub use clock::{ClockKind, ClockSettings, ClockState, clock, fallback_thanks_at, silence_notice_at};
