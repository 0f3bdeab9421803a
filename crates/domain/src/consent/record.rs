//! The proof of consent.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{ConsentPath, ConsentState, Disclosure};
use crate::{
    ids::{ContactId, MemberId, ReferralId},
    text::Language,
};

codes! {
    /// Where the answer was given.
    pub enum ConsentChannel {
        /// The form behind an advocate's link; it announces consent and never gives it.
        LandingPage => "landing_page",
        /// The link of the confirmation mail to the contact's own address.
        ConfirmationMail => "confirmation_mail",
        /// The contact's private page.
        PrivatePage => "private_page",
        /// A telephone call, written down by the account manager.
        Phone => "phone",
        /// A talk in person, written down by the account manager.
        InPerson => "in_person",
    }
}

/// Who answered what, when, to which words, and where: what has to be shown when somebody asks for the proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentRecord {
    /// About which referral.
    pub referral: ReferralId,
    /// Who answered.
    pub contact: ContactId,
    /// What they said.
    pub answer: ConsentState,
    /// By which path they came.
    pub path: ConsentPath,
    /// Where they said it.
    pub channel: ConsentChannel,
    /// The member who wrote the answer down, on a human first contact.
    pub recorded_by: Option<MemberId>,
    /// When they said it.
    pub at: DateTime<Utc>,
    /// Version of the words they read.
    pub wording: u32,
    /// Language of the words they read.
    pub language: Language,
    /// What they had been told about everybody's benefit.
    pub disclosure: Disclosure,
}
