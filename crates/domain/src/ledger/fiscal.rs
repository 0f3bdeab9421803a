//! The year of the books, which may begin in any month.

use std::fmt;

use chrono::{Datelike, NaiveDate};

/// A fiscal year, named by the calendar year in which it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FiscalYear {
    year: i32,
    month: u32,
}

impl FiscalYear {
    /// The fiscal year that begins in this calendar year, on the first day of this month. `None` for a month that there is
    /// not, and for years that nobody keeps books of.
    pub fn beginning(year: i32, month: u32) -> Option<Self> {
        ((1..=12).contains(&month) && (2000..=9000).contains(&year)).then_some(Self { year, month })
    }

    /// The fiscal year that this day belongs to.
    pub fn containing(day: NaiveDate, month: u32) -> Option<Self> {
        Self::beginning(if day.month() < month { day.year() - 1 } else { day.year() }, month)
    }

    /// The calendar year in which it begins.
    pub const fn year(self) -> i32 {
        self.year
    }

    /// Its first day.
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.month, 1).unwrap_or_default()
    }

    /// Its last day.
    pub fn last_day(self) -> NaiveDate {
        let next = NaiveDate::from_ymd_opt(self.year + 1, self.month, 1).unwrap_or_default();
        next.pred_opt().unwrap_or(next)
    }

    /// The one before.
    pub fn previous(self) -> Option<Self> {
        Self::beginning(self.year - 1, self.month)
    }
}

impl fmt::Display for FiscalYear {
    /// `2026`, or `2026/27` where it is no calendar year.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.month {
            1 => write!(f, "{}", self.year),
            _ => write!(f, "{}/{:02}", self.year, (self.year + 1) % 100),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn a_fiscal_year_begins_in_its_month() {
        let calendar = FiscalYear::containing(day(2026, 12, 31), 1).unwrap();
        assert_eq!((calendar.to_string().as_str(), calendar.last_day()), ("2026", day(2026, 12, 31)));
        let broken = FiscalYear::containing(day(2026, 6, 30), 7).unwrap();
        assert_eq!((broken.to_string().as_str(), broken.first_day()), ("2025/26", day(2025, 7, 1)));
        assert_eq!(broken.last_day(), day(2026, 6, 30));
        assert_eq!(FiscalYear::containing(day(2026, 7, 1), 7).unwrap().previous(), Some(broken));
        assert_eq!(FiscalYear::beginning(2099, 4).unwrap().to_string(), "2099/00");
        assert_eq!(FiscalYear::beginning(2026, 13), None);
    }

    proptest! {
        #[test]
        fn every_day_is_in_exactly_one(days in 0..10_000_i64, month in 1..=12_u32) {
            let day = day(2002, 1, 1) + chrono::TimeDelta::days(days);
            let year = FiscalYear::containing(day, month).unwrap();
            prop_assert!(year.first_day() <= day && day <= year.last_day());
            prop_assert_eq!(year.previous().unwrap().last_day().succ_opt(), Some(year.first_day()));
        }
    }
}
