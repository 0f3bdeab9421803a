//! The reward ledger: one row per transfer, balanced by construction, never changed.

mod book;
mod fiscal;
mod posting;

pub use book::{Book, LedgerAccount, LedgerError, Owner, Transfer, recount};
pub use fiscal::FiscalYear;
pub use posting::{RewardParties, ShortfallMove, post_reward, post_shortfall};

codes! {
    /// What an account of the ledger counts.
    pub enum LedgerAccountKind {
        /// What the programme has to give; below zero once given.
        Budget => "budget",
        /// Promised, not approved.
        Reserved => "reserved",
        /// Approved, not delivered.
        Owed => "owed",
        /// Delivered.
        Settled => "settled",
        /// Delivered, and taken back since: to be returned or set off.
        Receivable => "receivable",
        /// Delivered and taken back since, and yet the receiver keeps it.
        Waived => "waived",
    }
}

codes! {
    /// Why something was transferred.
    pub enum TransferCause {
        /// A reward was earned.
        RewardCreated => "reward_created",
        /// A reward was approved.
        RewardApproved => "reward_approved",
        /// A reward was delivered.
        RewardFulfilled => "reward_fulfilled",
        /// A reward was taken back, refused or not taken.
        RewardReversed => "reward_reversed",
        /// What was to be returned was given back.
        ShortfallReturned => "shortfall_returned",
        /// What was to be returned is kept.
        ShortfallWaived => "shortfall_waived",
        /// What was to be returned comes off another reward.
        ShortfallSetOff => "shortfall_set_off",
        /// The reward that something came off is not delivered after all.
        SetOffUndone => "set_off_undone",
    }
}
