//! Forms: what was typed, what was wrong with it, what happened in the end.
//!
//! A form that is refused is kept sealed for half an hour and shown again with its errors; a form that succeeds leaves
//! a [`Flash`]. Both end in a redirect, so that reloading a page never repeats an act.

mod flash;
mod handed_in;
mod state;
mod typed;

pub use domain::incentives::minor_units;
pub use flash::Flash;
pub use handed_in::HandedIn;
pub use state::{ErrorCode, FormState, Kept, Pairs};
pub use typed::{as_minute, as_typed, countries, day, minute, number};
