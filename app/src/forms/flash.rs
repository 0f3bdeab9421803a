//! One sentence on the page after a form.

use serde::{Deserialize, Serialize};
use words::{Key, keys};

/// What the page after a form has to say. Codes, never sentences: a session can't be talked into showing words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flash {
    /// The session has ended.
    SignedOut,
    /// All sessions have ended.
    SignedOutEverywhere,
    /// Something was changed.
    Saved,
    /// Somebody was invited.
    Invited,
    /// Somebody may no longer sign in.
    AccessEnded,
    /// Somebody may sign in again.
    AccessGiven,
    /// A legal text has a new version.
    Published,
}

impl Flash {
    /// The sentence.
    pub fn key(self) -> Key {
        match self {
            Self::SignedOut => keys::FLASH_SIGNED_OUT,
            Self::SignedOutEverywhere => keys::FLASH_SIGNED_OUT_EVERYWHERE,
            Self::Saved => keys::FLASH_SAVED,
            Self::Invited => keys::FLASH_INVITED,
            Self::AccessEnded => keys::FLASH_ACCESS_ENDED,
            Self::AccessGiven => keys::FLASH_ACCESS_GIVEN,
            Self::Published => keys::FLASH_PUBLISHED,
        }
    }
}
