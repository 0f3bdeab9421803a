//! The hands: use cases, one verb per file in the room it belongs to, and the jobs that follow them.
//!
//! A use case takes the [`Ctx`] and the actor's power, loads through `store`, decides by `domain`, and writes in one
//! transaction together with its audit line and its jobs. It knows nothing of HTTP or HTML.

pub mod access;
pub mod accounts;
pub mod bench;
pub mod campaigns;
mod catalogue;
pub mod compliance;
pub mod consent;
mod ctx;
pub mod demo;
mod export;
pub mod fraud;
pub mod imports;
pub mod incentives;
pub mod jobs;
pub mod legal;
pub mod mail;
pub mod members;
pub mod ports;
mod prepare;
pub mod referrals;
pub mod retention;
pub mod rewards;
mod secret;
pub mod segments;
pub mod settings;
pub mod tiers;
pub mod touches;
pub mod triple_win;

#[cfg(feature = "testing")]
pub mod testing;

pub(crate) use catalogue::law;
pub(crate) use export::{csv_cell, csv_file};

pub use catalogue::{Catalogue, RememberedCatalogue, catalogue};
pub use ctx::{Ctx, Host};
pub use prepare::prepare;
pub use secret::SecretKey;
pub use store::{DatabaseAddress, Store, StoreError};
