//! The brain: the pure rules of Dreiklang.
//!
//! Nothing here knows a clock, a database, randomness or the environment: time and ids are handed in, and every
//! rule answers with a value or with a typed error whose `code()` is stable. Words for people are elsewhere.
//!
//! There is one room per subject, and the same names are used on every floor of the house.

#[macro_use]
mod codes;
#[macro_use]
mod text_type;

pub mod access;
pub mod accounts;
pub mod campaigns;
pub mod compliance;
pub mod consent;
pub mod documents;
pub mod fraud;
pub mod ids;
pub mod incentives;
pub mod ledger;
pub mod members;
pub mod moments;
pub mod referrals;
pub mod rewards;
pub mod segments;
pub mod text;
pub mod tiers;
pub mod touches;
pub mod triple_win;

pub use codes::UnknownCode;
pub use referrals::Referral;
