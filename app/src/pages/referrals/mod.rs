//! Referrals: the form, one's own list, one referral; for staff the board, the list, one referral.

pub mod board;
mod conflict;
mod contacts;
mod first_contact;
pub mod form;
pub mod own;
mod parts;
pub mod proof;
pub mod work;

pub use parts::{mine, row};
