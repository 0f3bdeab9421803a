//! Randomness.

use std::fmt::Debug;

use chrono::{DateTime, Utc};
use rand::RngCore;
use uuid::Uuid;

/// Gives random bytes.
pub trait Random: Debug + Send + Sync {
    /// Fills the buffer with bytes nobody can guess.
    fn fill(&self, buffer: &mut [u8]);

    /// A UUIDv7 for this moment.
    fn uuid(&self, now: DateTime<Utc>) -> Uuid {
        let mut bytes = [0; 10];
        self.fill(&mut bytes);
        uuid::Builder::from_unix_timestamp_millis(now.timestamp_millis().unsigned_abs(), &bytes).into_uuid()
    }

    /// 32 random bytes.
    fn bytes32(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        self.fill(&mut bytes);
        bytes
    }
}

/// The thread's generator (ChaCha12), which the operating system seeds at its start and again every 64 KiB: nobody can guess
/// it, and a click asks the system for nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsRandom;

#[expect(clippy::disallowed_methods, reason = "this is what the rest of the house asks")]
impl Random for OsRandom {
    fn fill(&self, buffer: &mut [u8]) {
        rand::rng().fill_bytes(buffer);
    }
}
