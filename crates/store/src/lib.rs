//! The memory. sea-orm and SQL live only here; everything that leaves this crate is a domain value or a read model
//! made for one screen.
//!
//! - [`Store`] opens SQLite (one writer, a pool of readers) or PostgreSQL and begins transactions.
//! - [`Tx`] is one use case's transaction; rooms hang on it (`tx.members()`), so that a write outside a transaction
//!   does not compile.
//! - Times are microseconds since the epoch in the tables ([`micros`]), uniqueness is a database constraint
//!   ([`StoreError::Conflict`]), rows of others look like missing rows (`Option`).

mod db;
pub(crate) mod entity;
mod error;
mod time;

pub mod access;
pub mod accounts;
pub mod audit;
pub mod bench;
mod blank;
pub mod campaigns;
pub mod channels;
pub mod clicks;
pub mod compliance;
pub mod consent;
pub mod documents;
pub mod first_contacts;
pub mod forms;
pub mod fraud;
pub mod home;
pub mod incentives;
pub mod jobs;
pub mod joining;
pub mod ledger;
pub mod legal;
pub mod mails;
pub mod members;
pub mod neutral_answers;
pub mod people;
pub mod permissions;
mod reading;
pub mod referrals;
pub mod releases;
pub mod retention;
pub mod rewards;
pub mod segments;
pub mod sessions;
pub mod settings;
mod throttles;
pub mod tiers;
pub mod touches;
pub mod triple_win;
pub mod uploads;
mod written;

#[cfg(feature = "testing")]
pub mod testing;

pub use db::{DatabaseAddress, Store, Tx};
pub use error::StoreError;
pub use time::{from_micros, micros};

/// What every call into the memory answers.
pub type Result<T> = std::result::Result<T, StoreError>;
