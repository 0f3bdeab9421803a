//! The triple win: figures for everybody, and three views of one referral.

mod dashboard;
mod of_referral;

pub use dashboard::{Dashboard, Quarter, Shown, dashboard, dashboard_csv, tally};
pub use of_referral::{SeenEntry, of_referral};
pub use store::triple_win::{Whose, WinCount};
