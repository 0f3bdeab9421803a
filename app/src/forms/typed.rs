//! Money, counts and days as people type them.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime};
use domain::{
    incentives::{Unit, minor_units},
    text::{Country, Language},
};

use super::FormState;

const MINUTE: &str = "%Y-%m-%dT%H:%M";

/// A value as its reader would type it: money with a decimal part only where there is one.
pub fn as_typed(value: i64, unit: Unit, language: Language) -> String {
    let separator = match language {
        Language::German => ',',
        Language::English => '.',
    };
    match unit {
        Unit::Money(_) if value % 100 != 0 => format!("{}{separator}{:02}", value / 100, value % 100),
        Unit::Money(_) => (value / 100).to_string(),
        _ => value.to_string(),
    }
}

/// The number in a field that may be empty; what is wrong is noted.
pub fn number(form: &mut FormState, field: &str, unit: Unit) -> Option<i64> {
    form.parse_given(field, |typed| {
        let read = match unit {
            Unit::Money(_) => minor_units(typed),
            _ => typed.trim().parse().ok().filter(|number| *number >= 0),
        };
        read.ok_or("not_a_number")
    })
}

/// A minute of the clock on the wall, as a browser's field of day and time sends it.
///
/// # Errors
/// The code of what is wrong with it.
pub fn minute(typed: &str) -> Result<NaiveDateTime, &'static str> {
    let typed = typed.trim();
    let read = |pattern| NaiveDateTime::parse_from_str(typed, pattern);
    // Some browsers send seconds, which nobody has chosen.
    read(MINUTE).or_else(|_| read("%Y-%m-%dT%H:%M:%S")).map_err(|_| "not_a_moment")
}

/// The same as the field is filled with it.
pub fn as_minute(at: NaiveDateTime) -> String {
    at.format(MINUTE).to_string()
}

/// The countries in a field, as `DE, AT` or `de at`; what is wrong is noted.
pub fn countries(form: &mut FormState, field: &str) -> Option<BTreeSet<Country>> {
    form.parse(field, |typed| {
        let codes = typed.split(|c: char| c == ',' || c == ';' || c.is_whitespace());
        let known = codes.filter(|code| !code.is_empty()).map(|code| Country::parse(code).ok());
        known.collect::<Option<_>>().ok_or("not_countries")
    })
}

/// A day, as a browser's date field sends it.
///
/// # Errors
/// The code of what is wrong with it.
pub fn day(typed: &str) -> Result<NaiveDate, &'static str> {
    NaiveDate::parse_from_str(typed.trim(), "%Y-%m-%d").map_err(|_| "not_a_date")
}

#[cfg(test)]
mod tests {
    use domain::text::Currency;

    use super::*;

    #[test]
    fn what_is_filled_in_is_read_back() {
        let euro = Unit::Money(Currency::parse("EUR").unwrap());
        for minor in [0, 5, 750, 1_250_000, 1_250_050] {
            for language in [Language::German, Language::English] {
                assert_eq!(minor_units(&as_typed(minor, euro, language)), Some(minor));
            }
        }
        assert_eq!(as_typed(750, euro, Language::German), "7,50");
        assert_eq!(as_typed(750, Unit::Seats, Language::German), "750");
    }
}
