//! Early access: how much of a feature a reward grants, for how long, and what a machine that asks for grants may do.

use chrono::{Months, NaiveDate};

use crate::incentives::{Amount, Unit};

codes! {
    /// What a key of the API may do.
    pub enum ApiScope {
        /// Ask which grants a customer has.
        GrantsRead => "grants:read",
    }
}

codes! {
    /// How a grant stands on a day.
    pub enum AccessState {
        /// Its first day is yet to come.
        Upcoming => "upcoming",
        /// It holds.
        Active => "active",
        /// Its last day has gone.
        Over => "over",
    }
}

/// How many seats of a feature a reward takes: as many as it is counted in, and one where it is counted in time.
pub fn seats_of(amount: Amount) -> i64 {
    match amount.unit() {
        Unit::Seats => amount.value(),
        _ => 1,
    }
}

/// For how many months a reward grants a feature; `None` where it is not counted in them.
pub fn months_of(amount: Amount) -> Option<u32> {
    match amount.unit() {
        Unit::Months => u32::try_from(amount.value()).ok(),
        _ => None,
    }
}

/// The days on which a feature is granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccessTerm {
    /// When it was granted.
    pub granted_on: NaiveDate,
    /// The first day of the feature.
    pub starts_on: NaiveDate,
    /// The last day on which the feature is something early.
    pub ends_on: Option<NaiveDate>,
    /// For how many months it is granted.
    pub months: Option<u32>,
}

impl AccessTerm {
    /// The first day of the access: months that were promised are not counted before there is something to use.
    pub fn first_day(&self) -> NaiveDate {
        self.granted_on.max(self.starts_on)
    }

    /// The last of the months that were granted, whatever becomes of the feature; `None` where none were counted, or
    /// beyond the end of the calendar.
    pub fn last_of_months(&self) -> Option<NaiveDate> {
        self.first_day().checked_add_months(Months::new(self.months?))?.pred_opt()
    }

    /// The last day of the access; `None` where it has no end.
    pub fn last_day(&self) -> Option<NaiveDate> {
        [self.ends_on, self.last_of_months()].into_iter().flatten().min()
    }

    /// How it stands on this day.
    pub fn state(&self, today: NaiveDate) -> AccessState {
        if self.last_day().is_some_and(|last| last < today) {
            AccessState::Over
        } else if today < self.first_day() {
            AccessState::Upcoming
        } else {
            AccessState::Active
        }
    }
}

/// Whether an access that asks for the tier at the place `needs` ends with a move from the place `had` to `has`. Who was
/// granted it below that tier, because the terms of their referral said so, loses nothing by falling further.
pub const fn ends_with_tier(needs: u8, had: u8, has: u8) -> bool {
    needs <= had && has < needs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(day: &str) -> NaiveDate {
        day.parse().unwrap()
    }

    fn term(granted: &str, starts: &str, ends: Option<&str>, months: Option<u32>) -> AccessTerm {
        AccessTerm { granted_on: on(granted), starts_on: on(starts), ends_on: ends.map(on), months }
    }

    #[test]
    fn months_take_one_seat_and_seats_have_no_end() {
        let (seats, months) = (Amount::new(5, Unit::Seats).unwrap(), Amount::new(6, Unit::Months).unwrap());
        assert_eq!((seats_of(seats), months_of(seats)), (5, None));
        assert_eq!((seats_of(months), months_of(months)), (1, Some(6)));
    }

    #[test]
    fn months_begin_with_the_feature_and_end_with_it_at_the_latest() {
        let early = term("2026-11-30", "2027-01-31", None, Some(1));
        assert_eq!((early.first_day(), early.last_day()), (on("2027-01-31"), Some(on("2027-02-27"))));
        assert_eq!(early.state(on("2027-01-30")), AccessState::Upcoming);
        assert_eq!(early.state(on("2027-02-27")), AccessState::Active);
        assert_eq!(early.state(on("2027-02-28")), AccessState::Over);
        let late = term("2027-02-01", "2027-01-01", Some("2027-02-10"), Some(6));
        assert_eq!(
            (late.last_day(), late.last_of_months()),
            (Some(on("2027-02-10")), Some(on("2027-07-31")))
        );
        let endless = term("2027-02-01", "2027-01-01", None, None);
        assert_eq!((endless.last_day(), endless.state(on("2099-01-01"))), (None, AccessState::Active));
        assert_eq!(term("2027-02-01", "2027-01-01", None, Some(u32::MAX)).last_day(), None);
    }

    #[test]
    fn an_access_ends_with_its_tier_and_not_with_another() {
        // At the third place, and it asks for the second.
        assert!(!ends_with_tier(2, 3, 2));
        assert!(ends_with_tier(2, 3, 1) && ends_with_tier(2, 2, 0));
        // Granted below the tier, or bound to none.
        assert!(!ends_with_tier(2, 1, 0) && !ends_with_tier(0, 1, 0));
    }
}
