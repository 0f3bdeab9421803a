//! What happened: the lines of the append-only timeline.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Closing, Stage};
use crate::{
    consent::ConsentState,
    ids::{IncentiveId, MemberId, SubStageId},
    text::{Bilingual, CompanyName, Reason},
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
        /// What staff wanted to say about it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<Reason>,
    },
    /// The referral entered a stage of the programme's own, under the name that stage had then.
    Entered {
        /// Which one.
        stage: SubStageId,
        /// What it was called.
        name: Bilingual,
        /// What staff wanted to say about it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<Reason>,
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
        #[serde(deserialize_with = "Reason::stored")]
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
    /// The advocate put right what they had written.
    Amended {
        /// What the company was called before, where that was wrong.
        company: Option<CompanyName>,
        /// Whether what the contact does there was.
        role: bool,
        /// Whether the reason was.
        reason: bool,
    },
}

impl Event {
    /// Adds what staff wanted to say about a move; what tells its reason already stays as it is.
    pub fn remarked(&mut self, remark: Reason) {
        if let EventKind::Moved { note, closing: None, .. } | EventKind::Entered { note, .. } = &mut self.kind
        {
            *note = Some(remark);
        }
    }
}

impl EventKind {
    /// The code under which the event is stored and translated.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Moved { .. } => "moved",
            Self::Entered { .. } => "entered",
            Self::ConsentChanged { .. } => "consent_changed",
            Self::Corrected { .. } => "corrected",
            Self::Thanked => "thanked",
            Self::IncentiveChosen { .. } => "incentive_chosen",
            Self::Amended { .. } => "amended",
        }
    }

    /// The same line without the words that may speak of the referred person. What happened stays; the company and the
    /// names of stages are nobody's.
    pub fn without_words(self) -> Self {
        match self {
            Self::Moved { from, to, closing, .. } => {
                Self::Moved { from, to, closing: closing.map(Closing::without_words), note: None }
            }
            Self::Entered { stage, name, .. } => Self::Entered { stage, name, note: None },
            Self::Corrected { from, to, .. } => Self::Corrected { from, to, reason: Reason::deleted() },
            kept => kept,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::referrals::LossReason;

    #[test]
    fn a_line_outlives_its_words() {
        let reason = || Reason::parse("Frau Weber ist in Elternzeit").unwrap();
        let lines = [
            EventKind::Moved {
                from: Stage::Meeting,
                to: Stage::Lost,
                closing: Some(Closing::Lost(LossReason::Timing, reason())),
                note: None,
            },
            EventKind::Moved {
                from: Stage::Accepted,
                to: Stage::Meeting,
                closing: None,
                note: Some(reason()),
            },
            EventKind::Entered {
                stage: uuid::Uuid::from_u128(7).into(),
                name: Bilingual::new("Vorführung", "Demo"),
                note: Some(reason()),
            },
            EventKind::Corrected { from: Stage::Lost, to: Stage::Meeting, reason: reason() },
        ];
        for line in lines {
            let stripped = line.clone().without_words();
            assert!(format!("{line:?}").contains("Weber") && !format!("{stripped:?}").contains("Weber"));
            assert_eq!(stripped.code(), line.code());
        }
        let lost = EventKind::Moved {
            from: Stage::Meeting,
            to: Stage::Lost,
            closing: Some(Closing::Lost(LossReason::Timing, reason())),
            note: None,
        };
        let EventKind::Moved { closing: Some(closing), .. } = lost.without_words() else {
            panic!("no closing")
        };
        assert_eq!(closing.reason(), "timing");
    }
}
