//! The voice: every text a person reads, in German and English, and how dates, numbers and money are written.
//!
//! Texts live in `locales/<language>/<room>.ftl` ([Fluent](https://projectfluent.org)); each message is a constant in
//! [`keys`], so a text that does not exist does not compile. Plain texts are looked up in a table, only those with
//! variables or plurals go through Fluent.

mod formats;
mod text;

/// One constant per message of `locales/`.
pub mod keys {
    use crate::Key;
    include!(concat!(env!("OUT_DIR"), "/keys.rs"));
}

pub use formats::Formats;
pub use text::{Key, Region, Value, Words, knows};
