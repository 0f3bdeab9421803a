//! The triple win: who gave what to whom, as far as there is evidence for it, and who may see how much of it.

mod band;
mod entry;
mod seen;

pub use band::{Band, BandRules, band};
pub use entry::{
    Sight, Visibility, WinCause, WinEntry, on_accepted, on_benefit_fulfilled, on_reward_fulfilled, on_won,
};
pub use seen::Seen;

codes! {
    /// What was given.
    pub enum WinKind {
        /// Money.
        Money => "money",
        /// Money not spent.
        Saving => "saving",
        /// Access to something.
        Access => "access",
        /// An introduction.
        Introduction => "introduction",
        /// A donation.
        Donation => "donation",
        /// Standing.
        Standing => "standing",
        /// Time.
        Time => "time",
    }
}

impl WinKind {
    /// Whether a new customer's company may be promised it.
    pub const fn may_be_benefit(self) -> bool {
        matches!(self, Self::Money | Self::Saving | Self::Access)
    }
}
