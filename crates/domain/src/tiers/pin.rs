//! Keeping somebody at a tier by hand, until a day: whatever they reach by themselves, they have at least this one.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Tier, TierCode, brought_along};

/// Somebody is kept at a tier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    /// Which.
    pub tier: TierCode,
    /// Until when; then they fall short like anybody who no longer meets their tier, with the same time of grace.
    pub until: DateTime<Utc>,
}

impl Pin {
    /// The longest that somebody is kept at a tier, in days: what lasts longer is a matter of the rules.
    pub const LONGEST_DAYS: u64 = 731;

    /// Whether it holds at this moment.
    pub fn holds(&self, now: DateTime<Utc>) -> bool {
        now < self.until
    }

    /// Checks its last day.
    ///
    /// # Errors
    /// When the day is over, or too far away.
    pub fn check(last_day: NaiveDate, today: NaiveDate) -> Result<(), PinError> {
        let furthest = today.checked_add_days(chrono::Days::new(Self::LONGEST_DAYS)).unwrap_or(today);
        match last_day {
            day if day < today => Err(PinError::DayOver),
            day if day > furthest => Err(PinError::TooFar),
            _ => Ok(()),
        }
    }
}

/// Why somebody is not kept at a tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PinError {
    /// There is no such tier.
    UnknownTier,
    /// The last day lies in the past.
    DayOver,
    /// The last day lies too far ahead.
    TooFar,
    /// They have never come in.
    NotJoined,
    /// Nobody keeps themselves or somebody of their own company at a tier.
    Own,
}

error_codes!(PinError {
    Self::UnknownTier => "pin_unknown_tier",
    Self::DayOver => "pin_day_over",
    Self::TooFar => "pin_too_far",
    Self::NotJoined => "pin_not_joined",
    Self::Own => "pin_own",
});

/// What somebody has who reaches this tier of the new scheme and is kept at that one of the old: the higher of the two.
pub fn at_least<'a>(
    reaches: Option<&'a Tier>,
    kept_at: Option<&TierCode>,
    old: &[Tier],
    new: &'a [Tier],
) -> Option<&'a Tier> {
    let kept = kept_at.and_then(|code| brought_along(code, old, new));
    [reaches, kept].into_iter().flatten().max_by_key(|tier| tier.order)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{referrals::testing::noon, tiers::default_tiers};

    #[test]
    fn a_pin_raises_and_never_lowers() {
        let tiers = default_tiers();
        let code = |order: usize| Some(&tiers[order - 1].code);
        let order = |reaches: Option<usize>, kept| {
            let reaches = reaches.map(|order| &tiers[order - 1]);
            at_least(reaches, kept, &tiers, &tiers).map(|tier| tier.order)
        };
        assert_eq!(order(Some(1), code(3)), Some(3));
        assert_eq!(order(Some(3), code(1)), Some(3));
        assert_eq!(order(None, code(2)), Some(2));
        assert_eq!((order(Some(2), None), order(None, None)), (Some(2), None));
        // A tier that goes is followed to what stands below it.
        let fewer = &tiers[..2];
        assert_eq!(at_least(None, code(3), &tiers, fewer).map(|tier| tier.order), Some(2));
    }

    #[test]
    fn its_last_day_is_today_or_later_and_not_too_far() {
        let today = noon().date_naive();
        assert_eq!(Pin::check(today, today), Ok(()));
        assert_eq!(Pin::check(today.pred_opt().unwrap(), today), Err(PinError::DayOver));
        let last = today.checked_add_days(chrono::Days::new(Pin::LONGEST_DAYS)).unwrap();
        assert_eq!(Pin::check(last, today), Ok(()));
        assert_eq!(Pin::check(last.succ_opt().unwrap(), today), Err(PinError::TooFar));
    }
}
