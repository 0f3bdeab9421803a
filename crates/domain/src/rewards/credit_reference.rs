//! The reference under which a credit is known to the billing system: made of the reward's id, so that it is the same in every
//! export, and no two rewards share one.

use std::fmt;

use uuid::Uuid;

use crate::ids::RewardId;

/// A credit's reference: `CR` and 32 characters, short enough for a remittance text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CreditReference(RewardId);

impl CreditReference {
    /// The reference of this reward.
    pub const fn of(reward: RewardId) -> Self {
        Self(reward)
    }

    /// Reads a reference as it comes back, in upper or lower case.
    pub fn parse(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        let (prefix, id) = typed.split_at_checked(2)?;
        if !prefix.eq_ignore_ascii_case("CR") || id.len() != 32 {
            return None;
        }
        Uuid::try_parse(id).ok().map(|id| Self(id.into()))
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
    }
}
