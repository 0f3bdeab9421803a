//! A handler per page, in the room it belongs to: it loads a read model made for this page and renders it.

pub mod consent;
pub mod error;
pub mod home;
pub mod incentives;
pub mod members;
pub mod referrals;
pub mod touches;

pub use error::{PageError, PageResult};
