//! Early access: how many seats a grant takes, and what a machine that asks for grants may do.

use crate::incentives::{Amount, Unit};

codes! {
    /// What a key of the API may do.
    pub enum ApiScope {
        /// Ask which grants a customer has.
        GrantsRead => "grants:read",
    }
}

/// How many seats of a feature a reward takes: as many as it is counted in, and one where it is counted in time.
pub fn seats_of(amount: Amount) -> i64 {
    match amount.unit() {
        Unit::Seats => amount.value(),
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_take_one_seat() {
        assert_eq!(seats_of(Amount::new(5, Unit::Seats).unwrap()), 5);
        assert_eq!(seats_of(Amount::new(6, Unit::Months).unwrap()), 1);
        assert_eq!(ApiScope::parse("grants:read"), Some(ApiScope::GrantsRead));
    }
}
