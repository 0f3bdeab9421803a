//! The hands: use cases, one verb per file in the room it belongs to, and the jobs that follow them.
//!
//! A use case takes the [`Ctx`] and the actor's power, loads through `store`, decides by `domain`, and writes in one
//! transaction together with its audit line and its jobs. It knows nothing of HTTP or HTML.

pub mod accounts;
mod ctx;
pub mod imports;
pub mod jobs;
pub mod legal;
pub mod mail;
pub mod members;
pub mod ports;
mod secret;

#[cfg(feature = "testing")]
pub mod testing;

pub use ctx::{Ctx, Host};
pub use secret::SecretKey;
pub use store::{DatabaseAddress, Store, StoreError};
