//! Stages: the steps of the pipeline, its ends, and what an advocate sees of them.

use serde::{Deserialize, Serialize};

use crate::text::Reason;

codes! {
    /// A stage as it is stored and shown to staff: all steps and all ends.
    pub enum Stage {
        /// Entered; consent may still be missing.
        Submitted => "submitted",
        /// The host takes it.
        Accepted => "accepted",
        /// The host has spoken to the contact.
        Contacted => "contacted",
        /// A first meeting was held.
        Meeting => "meeting",
        /// The need is confirmed.
        Qualified => "qualified",
        /// The contact's company became a customer.
        Won => "won",
        /// The contact said no.
        Declined => "declined",
        /// The referral may not take part.
        Disqualified => "disqualified",
        /// It came to nothing.
        Lost => "lost",
        /// Nothing happened for too long.
        Expired => "expired",
        /// The advocate took it back.
        Withdrawn => "withdrawn",
    }
}

codes! {
    /// A step of the pipeline, in its order.
    pub enum Step {
        /// Entered.
        Submitted => "submitted",
        /// Taken by the host.
        Accepted => "accepted",
        /// Spoken to.
        Contacted => "contacted",
        /// Met.
        Meeting => "meeting",
        /// Need confirmed.
        Qualified => "qualified",
        /// Customer.
        Won => "won",
    }
}

codes! {
    /// An end without success.
    pub enum End {
        /// By the contact.
        Declined => "declined",
        /// By staff, before it was taken.
        Disqualified => "disqualified",
        /// By staff, after it was taken.
        Lost => "lost",
        /// By time.
        Expired => "expired",
        /// By the advocate.
        Withdrawn => "withdrawn",
    }
}

codes! {
    /// What makes a referred company a customer, so that the last step is reached: set for each programme.
    pub enum WonMeans {
        /// The contract is signed.
        Signed => "signed",
        /// The first invoice is written.
        Invoiced => "invoiced",
        /// The first invoice is paid.
        Paid => "paid",
    }
}

codes! {
    /// What an advocate is told. The ends without success look alike, so that nobody's refusal is told on.
    pub enum AdvocateView {
        /// The host looks at it, or the contact has yet to answer.
        InReview => "in_review",
        /// Taken, and the first contact is under way.
        InContact => "in_contact",
        /// They are talking.
        InTalks => "in_talks",
        /// Customer.
        Won => "won",
        /// Not this time.
        NotThisTime => "not_this_time",
    }
}

codes! {
    /// Why a submitted referral may not take part.
    pub enum DisqualifyReason {
        /// The product does not help them.
        NotAFit => "not_a_fit",
        /// Already a customer, or already talking to the host.
        AlreadyKnown => "already_known",
        /// Somebody recommended themselves.
        SelfReferral => "self_referral",
        /// The details are wrong.
        WrongDetails => "wrong_details",
        /// Signs of misuse.
        Misuse => "misuse",
        /// Something else; the text says what.
        Other => "other",
    }
}

codes! {
    /// Why a referral came to nothing.
    pub enum LossReason {
        /// They do not need it.
        NoNeed => "no_need",
        /// They cannot pay for it.
        NoBudget => "no_budget",
        /// Not now.
        Timing => "timing",
        /// They took something else.
        Competitor => "competitor",
        /// They stopped answering.
        NoAnswer => "no_answer",
        /// Something else; the text says what.
        Other => "other",
    }
}

/// Why staff ended a referral: a reason from the list and a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    /// It may not take part.
    Disqualified(DisqualifyReason, #[serde(deserialize_with = "Reason::stored")] Reason),
    /// It came to nothing.
    Lost(LossReason, #[serde(deserialize_with = "Reason::stored")] Reason),
}

impl Closing {
    /// The end it leads to.
    pub const fn end(&self) -> End {
        match self {
            Self::Disqualified(..) => End::Disqualified,
            Self::Lost(..) => End::Lost,
        }
    }

    /// The reason from the list, as it is stored and translated.
    pub const fn reason(&self) -> &'static str {
        match self {
            Self::Disqualified(reason, _) => reason.as_str(),
            Self::Lost(reason, _) => reason.as_str(),
        }
    }

    /// The same, without its text.
    pub fn without_words(self) -> Self {
        match self {
            Self::Disqualified(reason, _) => Self::Disqualified(reason, Reason::deleted()),
            Self::Lost(reason, _) => Self::Lost(reason, Reason::deleted()),
        }
    }
}

/// Where a referral stands on the stage axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Position {
    /// On a step of the pipeline; open unless that step is `won`.
    On(Step),
    /// Ended, having got as far as a step.
    Ended {
        /// How.
        end: End,
        /// The step reached before.
        reached: Step,
    },
}

impl Position {
    /// Reads the two stored columns; `None` if they contradict each other.
    pub fn restore(stage: Stage, reached: Step) -> Option<Self> {
        match (stage.step(), stage.end()) {
            (Some(step), _) => (step == reached).then_some(Self::On(step)),
            (None, Some(end)) => (reached != Step::Won).then_some(Self::Ended { end, reached }),
            (None, None) => None,
        }
    }

    /// The stage as stored and shown.
    pub const fn stage(self) -> Stage {
        match self {
            Self::On(step) => step.stage(),
            Self::Ended { end, .. } => end.stage(),
        }
    }

    /// The step it stands on, or stood on when it ended.
    pub const fn reached(self) -> Step {
        match self {
            Self::On(step) | Self::Ended { reached: step, .. } => step,
        }
    }

    /// The step it stands on while something can still come of it.
    pub const fn open(self) -> Option<Step> {
        match self {
            Self::On(Step::Won) | Self::Ended { .. } => None,
            Self::On(step) => Some(step),
        }
    }

    /// What the advocate is told.
    pub const fn advocate_view(self) -> AdvocateView {
        match self {
            Self::On(Step::Submitted) => AdvocateView::InReview,
            Self::On(Step::Accepted | Step::Contacted) => AdvocateView::InContact,
            Self::On(Step::Meeting | Step::Qualified) => AdvocateView::InTalks,
            Self::On(Step::Won) => AdvocateView::Won,
            Self::Ended { .. } => AdvocateView::NotThisTime,
        }
    }
}

impl Default for WonMeans {
    /// As for referrals from the time when nothing else could be set.
    fn default() -> Self {
        Self::Signed
    }
}

impl Stage {
    /// The step of the pipeline, unless it is an end.
    pub fn step(self) -> Option<Step> {
        Step::parse(self.as_str())
    }

    /// The end without success, unless it is a step.
    pub fn end(self) -> Option<End> {
        End::parse(self.as_str())
    }

    /// What the advocate is told.
    pub fn advocate_view(self) -> AdvocateView {
        self.step().map_or(AdvocateView::NotThisTime, |step| Position::On(step).advocate_view())
    }

    /// Whether something can still come of it.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Submitted | Self::Accepted | Self::Contacted | Self::Meeting | Self::Qualified)
    }
}

impl Step {
    /// The stage of this step.
    pub const fn stage(self) -> Stage {
        match self {
            Self::Submitted => Stage::Submitted,
            Self::Accepted => Stage::Accepted,
            Self::Contacted => Stage::Contacted,
            Self::Meeting => Stage::Meeting,
            Self::Qualified => Stage::Qualified,
            Self::Won => Stage::Won,
        }
    }
}

impl End {
    /// The stage of this end.
    pub const fn stage(self) -> Stage {
        match self {
            Self::Declined => Stage::Declined,
            Self::Disqualified => Stage::Disqualified,
            Self::Lost => Stage::Lost,
            Self::Expired => Stage::Expired,
            Self::Withdrawn => Stage::Withdrawn,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_is_a_step_or_an_end() {
        for stage in Stage::ALL.iter().copied() {
            assert!(stage.step().is_some() != stage.end().is_some(), "{stage}");
            let back = stage.step().map(Step::stage).or(stage.end().map(End::stage));
            assert_eq!(back, Some(stage));
        }
    }

    #[test]
    fn the_ends_look_alike_to_an_advocate() {
        for end in End::ALL.iter().copied() {
            let position = Position::Ended { end, reached: Step::Contacted };
            assert_eq!(position.advocate_view(), AdvocateView::NotThisTime);
            assert_eq!(Position::restore(end.stage(), Step::Contacted), Some(position));
        }
    }

    #[test]
    fn contradictions_are_not_restored() {
        assert_eq!(Position::restore(Stage::Meeting, Step::Won), None);
        assert_eq!(Position::restore(Stage::Lost, Step::Won), None);
        assert_eq!(Position::restore(Stage::Won, Step::Won), Some(Position::On(Step::Won)));
    }
}
