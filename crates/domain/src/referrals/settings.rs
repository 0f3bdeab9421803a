//! The numbers of the referral rules.

/// Days a contact has to consent; 28 at most, because unconfirmed data may not be kept longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ConsentDays(u8);

impl ConsentDays {
    /// The longest that may be set.
    pub const MAX: Self = Self(28);

    /// Between 1 and 28 days.
    pub fn new(days: u8) -> Option<Self> {
        (1..=Self::MAX.0).contains(&days).then_some(Self(days))
    }

    /// The number of days.
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl Default for ConsentDays {
    fn default() -> Self {
        Self(14)
    }
}

/// The settings that moves depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReferralSettings {
    /// How long a contact has to consent.
    pub consent_days: ConsentDays,
    /// After how many months without a move an open referral expires.
    pub idle_months: u32,
    /// Whether a referral is accepted by rule as soon as consent is given.
    pub accept_by_rule: bool,
}

impl Default for ReferralSettings {
    fn default() -> Self {
        Self { consent_days: ConsentDays::default(), idle_months: 18, accept_by_rule: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_weeks_are_the_limit() {
        assert_eq!(ConsentDays::new(0), None);
        assert_eq!(ConsentDays::new(29), None);
        assert_eq!(ConsentDays::new(28), Some(ConsentDays::MAX));
        assert_eq!(ConsentDays::default().get(), 14);
    }
}
