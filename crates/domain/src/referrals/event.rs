//! What happened: the lines of the append-only timeline.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Closing, Stage};
use crate::{
    consent::ConsentState,
    ids::{IncentiveId, MemberId},
    text::Reason,
};

codes! {
    /// As what somebody made a move.
    pub enum MoverKind {
        /// The advocate.
        Advocate => "advocate",
        /// The referred person.
        Contact => "contact",
        /// An account manager.
        Staff => "staff",
        /// A connected system.
        Api => "api",
        /// A rule or a due date.
        System => "system",
    }
}

/// One line of the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When.
    pub at: DateTime<Utc>,
    /// As what.
    pub by: MoverKind,
    /// By whom, where it was a member.
    pub member: Option<MemberId>,
    /// What.
    pub kind: EventKind,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum EventKind {
    /// The referral was made.
    Submitted,
    /// The stage moved on or ended.
    Moved {
        /// Before.
        from: Stage,
        /// After.
        to: Stage,
        /// Why, where staff ended it.
        closing: Option<Closing>,
    },
    /// The contact answered.
    ConsentChanged {
        /// Before.
        from: ConsentState,
        /// After.
        to: ConsentState,
    },
    /// Staff set the stage back or opened it again.
    Corrected {
        /// Before.
        from: Stage,
        /// After.
        to: Stage,
        /// Why.
        reason: Reason,
    },
    /// The advocate was thanked: by the member of the event, or by the programme team where none is named.
    Thanked,
    /// The advocate chose what they get.
    IncentiveChosen {
        /// Before.
        from: Option<IncentiveId>,
        /// After.
        to: IncentiveId,
    },
}

impl EventKind {
    /// The code under which the event is stored and translated.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Moved { .. } => "moved",
            Self::ConsentChanged { .. } => "consent_changed",
            Self::Corrected { .. } => "corrected",
            Self::Thanked => "thanked",
            Self::IncentiveChosen { .. } => "incentive_chosen",
        }
    }
}
