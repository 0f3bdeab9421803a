//! A handler per page, in the room it belongs to: it loads a read model made for this page and renders it.

pub mod accounts;
pub mod error;
pub mod home;
pub mod imports;
pub mod legal;
pub mod members;

pub use error::{PageError, PageResult};
