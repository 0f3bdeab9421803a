//! Amounts: a whole number above zero, and what it counts.

use serde::{Deserialize, Serialize};

use crate::{UnknownCode, text::Currency};

/// What an amount counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Unit {
    /// Minor units of a currency; its code is the currency's.
    Money(Currency),
    /// Points.
    Points,
    /// Months of something.
    Months,
    /// Seats or licences.
    Seats,
    /// Introductions to somebody.
    Introductions,
}

impl Unit {
    /// The code that is stored and sent: a currency in upper case, or a word in lower case.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Money(currency) => currency.as_str(),
            Self::Points => "points",
            Self::Months => "months",
            Self::Seats => "seats",
            Self::Introductions => "introductions",
        }
    }

    /// Reads a stored code.
    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "points" => Some(Self::Points),
            "months" => Some(Self::Months),
            "seats" => Some(Self::Seats),
            "introductions" => Some(Self::Introductions),
            _ => Currency::parse(code).ok().map(Self::Money),
        }
    }
}

impl std::fmt::Display for Unit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Unit {
    type Err = UnknownCode;
    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::parse(code).ok_or(UnknownCode("Unit"))
    }
}

impl From<Unit> for String {
    fn from(unit: Unit) -> Self {
        unit.as_str().to_owned()
    }
}

impl TryFrom<String> for Unit {
    type Error = UnknownCode;
    fn try_from(code: String) -> Result<Self, Self::Error> {
        code.parse()
    }
}

/// Why amounts could not be made or combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmountError {
    /// Zero or less.
    NotPositive,
    /// Two different units.
    UnitMismatch,
    /// More than can be counted.
    Overflow,
}

error_codes!(AmountError {
    Self::NotPositive => "amount_not_positive",
    Self::UnitMismatch => "unit_mismatch",
    Self::Overflow => "amount_overflow",
});

/// Reads money as people type it, in minor units. The last separator is the decimal one if one or two digits follow it.
pub fn minor_units(typed: &str) -> Option<i64> {
    let typed: String =
        typed.chars().filter(|c| !c.is_whitespace() && *c != '\'' && *c != '\u{2019}').collect();
    let (whole, cents) = match typed.rfind([',', '.']) {
        Some(at) if (1..=2).contains(&(typed.len() - at - 1)) => (&typed[..at], &typed[at + 1..]),
        _ => (typed.as_str(), ""),
    };
    let whole: String = whole.chars().filter(|c| !matches!(c, ',' | '.')).collect();
    if whole.is_empty() || !whole.chars().chain(cents.chars()).all(|c| c.is_ascii_digit()) {
        return None;
    }
    let cents: i64 = format!("{cents:0<2}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents)
}

/// A number above zero with its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawAmount", into = "RawAmount")]
pub struct Amount {
    value: i64,
    unit: Unit,
}

#[derive(Serialize, Deserialize)]
struct RawAmount {
    value: i64,
    unit: Unit,
}

impl TryFrom<RawAmount> for Amount {
    type Error = AmountError;
    fn try_from(raw: RawAmount) -> Result<Self, Self::Error> {
        Self::new(raw.value, raw.unit)
    }
}

impl From<Amount> for RawAmount {
    fn from(amount: Amount) -> Self {
        Self { value: amount.value, unit: amount.unit }
    }
}

impl Amount {
    /// An amount above zero.
    pub const fn new(value: i64, unit: Unit) -> Result<Self, AmountError> {
        if value > 0 { Ok(Self { value, unit }) } else { Err(AmountError::NotPositive) }
    }

    /// How many; minor units for money.
    pub const fn value(self) -> i64 {
        self.value
    }

    /// Of what.
    pub const fn unit(self) -> Unit {
        self.unit
    }

    /// The sum, within one unit.
    pub fn plus(self, other: Self) -> Result<Self, AmountError> {
        if self.unit != other.unit {
            return Err(AmountError::UnitMismatch);
        }
        let value = self.value.checked_add(other.value).ok_or(AmountError::Overflow)?;
        Self::new(value, self.unit)
    }

    /// What is left above zero after taking a number away.
    pub fn minus(self, taken: i64) -> Option<Self> {
        Self::new(self.value.checked_sub(taken)?, self.unit).ok()
    }

    /// `part / whole` of it, rounded down; `None` if nothing is left of it, or if the fraction makes no sense.
    pub fn fraction(self, part: i64, whole: i64) -> Option<Self> {
        if part < 0 || whole <= 0 {
            return None;
        }
        // The product of two i64 fits in an i128.
        let scaled = i128::from(self.value) * i128::from(part) / i128::from(whole);
        Self::new(i64::try_from(scaled).ok()?, self.unit).ok()
    }

    /// Splits it by weights: each share is rounded down, the remainder goes to the last. Shares of zero are `None`.
    pub fn split(self, weights: &[u32]) -> Vec<Option<Self>> {
        let whole: i64 = weights.iter().map(|weight| i64::from(*weight)).sum();
        let mut left = self.value;
        let mut shares = Vec::with_capacity(weights.len());
        for (i, weight) in weights.iter().enumerate() {
            let last = i + 1 == weights.len();
            let share =
                if last { self.minus(self.value - left) } else { self.fraction((*weight).into(), whole) };
            left -= share.map_or(0, Self::value);
            shares.push(share);
        }
        shares
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::incentives::testing::euros;

    #[test]
    fn money_is_read_as_people_type_it() {
        for (typed, minor) in [
            ("12500", 1_250_000),
            ("12.500", 1_250_000),
            ("12.500,50", 1_250_050),
            ("12,500.5", 1_250_050),
            ("1'000", 100_000),
            (" 7,5 ", 750),
        ] {
            assert_eq!(minor_units(typed), Some(minor), "{typed}");
        }
        for typed in ["", "-5", "1e3", "abc", "12 €", "99999999999999999999"] {
            assert_eq!(minor_units(typed), None, "{typed}");
        }
    }

    #[test]
    fn amounts_are_positive_and_of_one_unit() {
        assert_eq!(Amount::new(0, Unit::Points), Err(AmountError::NotPositive));
        let points = Amount::new(1, Unit::Points).unwrap();
        assert_eq!(points.plus(euros(1)), Err(AmountError::UnitMismatch));
        assert_eq!(euros(i64::MAX).plus(euros(1)), Err(AmountError::Overflow));
        assert_eq!(euros(5).minus(5), None);
    }

    #[test]
    fn units_are_read_back() {
        for unit in [Unit::Money(Currency::CHF), Unit::Points, Unit::Months, Unit::Seats, Unit::Introductions]
        {
            assert_eq!(Unit::parse(unit.as_str()), Some(unit));
        }
        assert_eq!(Unit::parse("hugs"), None);
    }

    #[test]
    fn the_remainder_goes_to_the_last_share() {
        assert_eq!(euros(100).split(&[1, 1, 1]), [Some(euros(33)), Some(euros(33)), Some(euros(34))]);
        assert_eq!(euros(1).split(&[1, 1]), [None, Some(euros(1))]);
    }

    proptest! {
        #[test]
        fn a_split_loses_nothing(value in 1..i64::MAX, weights in prop::collection::vec(any::<u32>(), 1..6)) {
            let shares = euros(value).split(&weights);
            prop_assert_eq!(shares.iter().flatten().map(|share| share.value()).sum::<i64>(), value);
        }

        #[test]
        fn a_fraction_is_never_more_than_the_whole(value in 1..i64::MAX, part in 0..1000i64) {
            prop_assert!(euros(value).fraction(part, 1000).is_none_or(|share| share.value() <= value));
        }
    }
}
