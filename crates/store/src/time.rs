//! Times in tables.

use chrono::{DateTime, TimeZone, Utc};

/// Microseconds since the epoch: exact, comparable by index and the same on both databases. (SQLite has no
/// timestamp type, and RFC 3339 text does not sort once the fraction's length varies.)
pub fn micros(at: DateTime<Utc>) -> i64 {
    at.timestamp_micros()
}

/// The time that [`micros`] stored. A value outside chrono's range, which no code of ours writes, becomes the epoch.
pub fn from_micros(at: i64) -> DateTime<Utc> {
    Utc.timestamp_micros(at).single().unwrap_or_default()
}
