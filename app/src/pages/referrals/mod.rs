//! Referrals: the form, one's own list, one referral; for staff the board, the list, one referral.

pub mod amend;
pub(crate) mod answers;
pub mod board;
mod conflict;
mod contacts;
pub mod due;
mod first_contact;
pub mod form;
pub mod neutral;
pub mod own;
mod paging;
mod parts;
pub mod proof;
pub(crate) mod stages;
pub mod work;

pub use parts::{mine, row};
