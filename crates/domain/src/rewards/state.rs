//! The states of a reward.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::MemberId;

codes! {
    /// A reward's state without its data, as it is stored, filtered and translated.
    pub enum RewardCode {
        /// Something is missing.
        Pending => "pending",
        /// It rests, in case the deal does not hold.
        Clearing => "clearing",
        /// It will be delivered.
        Approved => "approved",
        /// It was delivered.
        Fulfilled => "fulfilled",
        /// It was taken back.
        Reversed => "reversed",
        /// It was refused.
        Declined => "declined",
        /// Nobody took it.
        Expired => "expired",
    }
}

codes! {
    /// What a pending reward waits for.
    pub enum PendingCause {
        /// The advocate has yet to choose.
        Choose => "choose",
        /// The size of the deal is not known yet.
        Deal => "deal",
        /// It is not known yet who receives it.
        Receiver => "receiver",
    }
}

codes! {
    /// Why a reward is taken back.
    pub enum ReversalCause {
        /// The stage was corrected backwards.
        Correction => "correction",
        /// The new customer got money back or left.
        Refund => "refund",
        /// The deal is not paid; once it is, what it had earned begins anew.
        Unpaid => "unpaid",
        /// The new customer can't pay any more.
        Insolvent => "insolvent",
        /// Somebody cheated.
        Fraud => "fraud",
        /// Staff ended an access that was granted early.
        Revoked => "revoked",
        /// An access that was granted early ended with the tier that it asked for.
        TierLost => "tier_lost",
    }
}

/// The state of a reward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum RewardState {
    /// Something is missing.
    Pending {
        /// What.
        cause: PendingCause,
    },
    /// It rests until a date, and then waits for approval.
    Clearing {
        /// Until when.
        until: DateTime<Utc>,
        /// Who has approved already, where four eyes are needed.
        first_approval: Option<MemberId>,
    },
    /// It will be delivered.
    Approved {
        /// Since when.
        at: DateTime<Utc>,
    },
    /// It was delivered.
    Fulfilled {
        /// When.
        at: DateTime<Utc>,
    },
    /// It was taken back.
    Reversed {
        /// When.
        at: DateTime<Utc>,
        /// Why.
        cause: ReversalCause,
    },
    /// It was refused.
    Declined {
        /// When.
        at: DateTime<Utc>,
    },
    /// Nobody took it.
    Expired {
        /// When.
        at: DateTime<Utc>,
    },
}

impl RewardState {
    /// The state without its data.
    pub const fn code(self) -> RewardCode {
        match self {
            Self::Pending { .. } => RewardCode::Pending,
            Self::Clearing { .. } => RewardCode::Clearing,
            Self::Approved { .. } => RewardCode::Approved,
            Self::Fulfilled { .. } => RewardCode::Fulfilled,
            Self::Reversed { .. } => RewardCode::Reversed,
            Self::Declined { .. } => RewardCode::Declined,
            Self::Expired { .. } => RewardCode::Expired,
        }
    }
}
