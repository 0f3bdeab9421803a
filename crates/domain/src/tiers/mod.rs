//! Tiers: the standing of an advocate, counted from what their referrals became.

mod evaluate;
mod grace;
mod ladder;
mod metrics;
mod pin;
mod rollout;
mod scheme;

pub use evaluate::{Missing, Tier, TierRule, default_tiers, evaluate, missing_for_next};
pub use grace::{Held, Warning, hold};
pub use ladder::{LadderError, check_ladder};
pub use metrics::{Metric, Metrics, Period, year_before};
pub use pin::{Pin, PinError, at_least};
pub use rollout::{Pilot, PilotKind, RolloutState};
pub use scheme::{Foreseen, MOST_TIERS, Outlook, brought_along, foresee, lowest_taken_over};

use crate::text::{LinkCode, TextError};

codes! {
    /// What moved a member between tiers.
    pub enum TierCause {
        /// A step of one of their referrals.
        Referral => "referral",
        /// The daily counting anew: rules have changed, or time has passed.
        Recount => "recount",
        /// A time of grace is over, or, of a warning: something counted has left the rolling year.
        Lapsed => "lapsed",
        /// Another version of the tiers took effect.
        Scheme => "scheme",
        /// A version of the tiers was taken back, and with it what it had moved.
        PutBack => "put_back",
        /// They are kept at it by hand.
        Pinned => "pinned",
        /// Of a warning: they are no longer kept at it by hand.
        PinEnded => "pin_ended",
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
