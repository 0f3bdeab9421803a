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
    /// A referral was submitted.
    ReferralSubmitted,
    /// A referral was taken back.
    ReferralWithdrawn,
    /// The thank-you was chosen.
    IncentiveChosen,
    /// A message was sent.
    MessageSent,
    /// A stage was moved.
    StageMoved,
    /// The advocate was thanked.
    Thanked,
    /// What was edited is saved.
    Saved,
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
            Self::ReferralSubmitted => keys::FLASH_REFERRAL_SUBMITTED,
            Self::ReferralWithdrawn => keys::FLASH_REFERRAL_WITHDRAWN,
            Self::IncentiveChosen => keys::FLASH_INCENTIVE_CHOSEN,
            Self::MessageSent => keys::FLASH_MESSAGE_SENT,
            Self::StageMoved => keys::FLASH_STAGE_MOVED,
            Self::Thanked => keys::FLASH_THANKED,
            Self::Saved => keys::FLASH_SAVED,
            Self::ConsentGiven => keys::FLASH_CONSENT_GIVEN,
            Self::ConsentWithdrawn => keys::FLASH_CONSENT_WITHDRAWN,
            Self::ContactCorrected => keys::FLASH_CONSENT_CORRECTED,
        }
    }
}
