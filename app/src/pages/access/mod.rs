//! Early access: features, keys of machines, and what an advocate was granted.

pub mod features;
pub mod grant;
pub mod keys;
pub(crate) mod shown;
pub(crate) mod term;
