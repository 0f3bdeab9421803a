//! Referrals: the form, one's own list, one referral; for staff the board, the list, one referral.

pub mod board;
pub mod form;
mod parts;
pub mod own;
pub mod work;

pub use parts::{mine, row};
