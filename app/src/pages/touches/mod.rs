//! Links, codes and clicks: what advocates share, and where strangers with a code arrive.

pub mod channels;
pub mod code;
pub mod share;
pub mod unknown;

pub use share::{ShareStage, share_stage};
