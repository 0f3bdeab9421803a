//! A handler per page, in the room it belongs to: it loads a read model made for this page and renders it.

pub mod access;
pub mod accounts;
pub mod campaigns;
pub mod compliance;
pub mod consent;
pub(crate) mod csv;
pub mod demo;
pub mod error;
pub mod fraud;
pub mod home;
pub mod imports;
pub mod incentives;
pub mod jobs;
pub mod legal;
pub mod members;
pub mod referrals;
pub mod rewards;
pub mod segments;
pub mod settings;
pub mod tiers;
pub mod touches;
pub mod triple_win;

pub use error::{PageError, PageResult};
