//! A rule of the matrix: for whom it holds, and what it says.

use serde::{Deserialize, Serialize};

use super::Section;
use crate::{
    accounts::RecipientKind,
    ids::ComplianceRuleId,
    incentives::{Amount, IncentiveKind},
    rewards::Side,
    text::Country,
};

/// A rule in one of its versions. What was decided names this, and it stays readable for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RuleVersion {
    /// Which rule.
    pub rule: ComplianceRuleId,
    /// Which version of it; the first is 1.
    pub version: i32,
}

codes! {
    /// The time over which a cap adds up, in the host's time zone.
    pub enum CapPeriod {
        /// The calendar year.
        Year => "year",
        /// The calendar quarter.
        Quarter => "quarter",
    }
}

/// How much one company may get in a period, in the cap's unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Cap {
    /// At most so much.
    pub amount: Amount,
    /// Over so long.
    pub period: CapPeriod,
}

/// What a rule says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "effect", rename_all = "snake_case")]
pub enum Effect {
    /// It may be given. Only this opens what is otherwise forbidden.
    Allow,
    /// Where it may be given, only so much.
    Cap(Cap),
    /// Where it may be given, somebody decides each time.
    Approval,
    /// It may not be given, whatever else says so.
    Forbid,
}

codes! {
    /// What a rule says, without its amount: as it is stored and chosen in a form.
    pub enum EffectCode {
        /// It may be given.
        Allow => "allow",
        /// Only so much.
        Cap => "cap",
        /// Somebody decides each time.
        Approval => "approval",
        /// It may not be given.
        Forbid => "forbid",
    }
}

impl Effect {
    /// Its code.
    pub const fn code(self) -> EffectCode {
        match self {
            Self::Allow => EffectCode::Allow,
            Self::Cap(_) => EffectCode::Cap,
            Self::Approval => EffectCode::Approval,
            Self::Forbid => EffectCode::Forbid,
        }
    }
}

/// For what a rule holds within its market; what is `None` matches everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scope {
    /// For receivers of this industry.
    pub section: Option<Section>,
    /// For this kind of receiver; never "unknown", which is no kind.
    pub recipient: Option<RecipientKind>,
    /// For this kind of incentive.
    pub kind: Option<IncentiveKind>,
    /// For this side.
    pub side: Option<Side>,
}

/// A rule of the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MatrixRule {
    /// Which rule, in which version.
    pub id: RuleVersion,
    /// In which market.
    pub market: Country,
    /// For what.
    pub scope: Scope,
    /// What it says.
    pub effect: Effect,
}

/// What is known about a receiver's company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ReceiverFacts {
    /// Its market.
    pub market: Option<Country>,
    /// Its industry.
    pub section: Option<Section>,
    /// Its kind.
    pub recipient: RecipientKind,
}

/// What is asked of the matrix: may this receiver have that?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Case {
    /// Who receives.
    pub receiver: ReceiverFacts,
    /// What kind of incentive.
    pub kind: IncentiveKind,
    /// On which side.
    pub side: Side,
}

impl Scope {
    /// Whether it covers the case for certain or, where something is not known of the receiver, possibly.
    pub(super) fn touches(&self, case: &Case) -> bool {
        let receiver = case.receiver;
        let section =
            receiver.section.is_none() || self.section.is_none_or(|of| Some(of) == receiver.section);
        let recipient = receiver.recipient == RecipientKind::Unknown
            || self.recipient.is_none_or(|of| of == receiver.recipient);
        section && recipient && self.covers_act(case)
    }

    /// Whether kind and side are those of the case.
    pub(super) fn covers_act(&self, case: &Case) -> bool {
        self.kind.is_none_or(|of| of == case.kind) && self.side.is_none_or(|of| of == case.side)
    }
}
