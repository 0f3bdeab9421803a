//! Tiers: the standing of an advocate, counted from what their referrals became.

mod evaluate;
mod ladder;
mod metrics;

pub use evaluate::{
    Missing, Promotion, Tier, TierRule, default_tiers, evaluate, missing_for_next, promotion,
};
pub use ladder::{LadderError, check_ladder};
pub use metrics::{Metric, Metrics, Period};

use crate::text::{LinkCode, TextError};

codes! {
    /// What moved a member between tiers.
    pub enum TierCause {
        /// A step of one of their referrals.
        Referral => "referral",
        /// The daily counting anew: rules have changed, or time has passed.
        Recount => "recount",
        /// The rules, from when no more was noted than that.
        Rules => "rules",
    }
}

/// The code of a tier (`bronze`); names in both languages belong to the programme.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TierCode(String);

text_type!(TierCode);

impl TierCode {
    /// Reads a code; the same letters are allowed as in a link.
    pub fn parse(input: &str) -> Result<Self, TextError> {
        LinkCode::parse(input).map(|code| Self(code.into_string()))
    }
}
