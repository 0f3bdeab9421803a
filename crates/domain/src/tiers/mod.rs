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
