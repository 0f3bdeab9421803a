//! Rewards: what was earned, from the first part to its delivery.

mod benefit;
mod cap;
mod category;
mod conversion;
mod due;
mod introduction;
mod proof;
mod receiver;
mod reference;
mod release;
mod reward;
mod shortfall;
mod state;

pub use benefit::Benefit;
pub use cap::{Capped, apply_cap};
pub use category::{TaxCase, TaxCategory};
pub use conversion::{ConversionEffect, ConversionKind, Dealing, share};
pub use due::{parts_due, parts_undone};
pub use introduction::{
    Introduction, IntroductionAnswer, IntroductionCode, IntroductionError, IntroductionFit,
    IntroductionState, Whom,
};
pub use proof::{Proof, ProofError};
pub use receiver::{EmployerRelease, Receiver, ReceiverError, receiver};
pub use reference::{CreditReference, DealReference};
pub use release::{Release, ReleaseError};
pub use reward::{
    ApprovalContext, ApprovalRules, Promise, Refunded, Reward, RewardError, RewardEvent, RewardEventKind,
    RewardFacts,
};
pub use shortfall::{Shortfall, ShortfallDecision, ShortfallError, ShortfallState};
pub use state::{PendingCause, ReversalCause, RewardCode, RewardState};

use serde::{Deserialize, Serialize};

use crate::{ids::ReferralId, incentives::PayingStep};

codes! {
    /// Who is rewarded.
    pub enum Side {
        /// The advocate's side.
        Advocate => "advocate",
        /// The contact's company.
        Contact => "contact",
    }
}

/// What makes a reward unique: a second event for the same key is the same event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RewardKey {
    /// For which referral.
    pub referral: ReferralId,
    /// For which part.
    pub part: PayingStep,
    /// For whom.
    pub side: Side,
}

/// The terms for rewards, frozen at submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RewardTerms {
    /// How long a reward clears before it can be approved.
    pub clearing_days: u16,
    /// After a won deal, how long a refund or churn still reverses.
    pub refund_days: u16,
    /// After how many months a reward that nobody takes expires.
    pub expiry_months: u32,
}

impl Default for RewardTerms {
    fn default() -> Self {
        Self { clearing_days: 30, refund_days: 90, expiry_months: 36 }
    }
}
