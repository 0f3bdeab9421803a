//! Referrals: the form, one's own list, one referral; for staff the board, the list, one referral.

pub mod amend;
pub mod board;
mod conflict;
mod contacts;
mod first_contact;
pub mod form;
pub mod neutral;
pub mod own;
mod parts;
pub mod work;

pub use parts::{mine, row};
