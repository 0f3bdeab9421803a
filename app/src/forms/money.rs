//! Money as people type it.

/// Reads money in minor units. The last separator is the decimal one if one or two digits follow it.
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

#[cfg(test)]
mod tests {
    use super::minor_units;

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
}
