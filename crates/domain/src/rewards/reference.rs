//! References under which billing knows what is here: made of the id, so that each is the same in every file, and no two rows
//! share one.

use std::fmt;

use uuid::Uuid;

use crate::ids::{ReferralId, RewardId};

/// A prefix of two letters and 32 characters, short enough for a remittance text.
fn read(typed: &str, prefix: &str) -> Option<Uuid> {
    let (start, id) = typed.trim().split_at_checked(2)?;
    if !start.eq_ignore_ascii_case(prefix) || id.len() != 32 {
        return None;
    }
    Uuid::try_parse(id).ok()
}

/// A credit's reference: `CR` and 32 characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CreditReference(RewardId);

impl CreditReference {
    /// The reference of this reward.
    pub const fn of(reward: RewardId) -> Self {
        Self(reward)
    }

    /// Reads a reference as it comes back, in upper or lower case.
    pub fn parse(typed: &str) -> Option<Self> {
        read(typed, "CR").map(|id| Self(id.into()))
    }

    /// Which reward it names.
    pub const fn reward(self) -> RewardId {
        self.0
    }
}

impl fmt::Display for CreditReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CR{:X}", self.0.into_inner().as_simple())
    }
}

/// A deal's reference: `RF` and 32 characters, those of the referral that won it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DealReference(ReferralId);

impl DealReference {
    /// The reference of what this referral has won.
    pub const fn of(referral: ReferralId) -> Self {
        Self(referral)
    }

    /// Reads a reference as it comes back, in upper or lower case.
    pub fn parse(typed: &str) -> Option<Self> {
        read(typed, "RF").map(|id| Self(id.into()))
    }

    /// Which referral it names.
    pub const fn referral(self) -> ReferralId {
        self.0
    }
}

impl fmt::Display for DealReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RF{:X}", self.0.into_inner().as_simple())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_comes_back_as_what_it_was() {
        let reward = RewardId::from(Uuid::from_u128(0x0193_7a5b_0000_7000_8000_0000_0000_00af));
        let reference = CreditReference::of(reward);
        assert_eq!(reference.to_string(), "CR01937A5B0000700080000000000000AF");
        assert_eq!(CreditReference::parse(&reference.to_string()), Some(reference));
        assert_eq!(CreditReference::parse(" cr01937a5b0000700080000000000000af "), Some(reference));
        for wrong in ["", "CR", "CR17", "XX01937A5B0000700080000000000000AF", "CÄ01937A5B"] {
            assert_eq!(CreditReference::parse(wrong), None, "{wrong}");
        }
        let deal = DealReference::of(reward.into_inner().into());
        assert_eq!(DealReference::parse(&deal.to_string()), Some(deal));
        assert_eq!(DealReference::parse(&reference.to_string()), None, "a credit is no deal");
    }
}
