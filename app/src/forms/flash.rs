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
    /// A contact has agreed.
    ConsentGiven,
    /// A contact has taken their consent back.
    ConsentWithdrawn,
    /// A contact has corrected what they entered.
    ContactCorrected,
}

impl Flash {
    /// The sentence.
    pub fn key(self) -> Key {
        match self {
            Self::SignedOut => keys::FLASH_SIGNED_OUT,
            Self::SignedOutEverywhere => keys::FLASH_SIGNED_OUT_EVERYWHERE,
            Self::ConsentGiven => keys::FLASH_CONSENT_GIVEN,
            Self::ConsentWithdrawn => keys::FLASH_CONSENT_WITHDRAWN,
            Self::ContactCorrected => keys::FLASH_CONSENT_CORRECTED,
        }
    }
}
