//! The guard band: how large a thank-you may be, measured by the deal it is for.

use super::{PartValue, Scheme};

/// The band, in hundredths of a percent of the first year's revenue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guard {
    /// Less than this is not worth the name of a share.
    pub least: u32,
    /// More than this invites referrals for their own sake.
    pub most: u32,
}

impl Default for Guard {
    fn default() -> Self {
        Self { least: 500, most: 1_500 }
    }
}

/// A share of the revenue lies outside the band.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GuardError {
    /// Below the band.
    Below,
    /// Above the band.
    Above,
}

error_codes!(GuardError {
    Self::Below => "below_guard_band",
    Self::Above => "above_guard_band",
});

impl Guard {
    /// Checks every share of a new scheme. Frozen terms are never checked again.
    pub fn check(&self, scheme: &Scheme) -> Result<(), GuardError> {
        for part in scheme.parts() {
            if let PartValue::Percent { basis_points, .. } = part.value {
                if basis_points < self.least {
                    return Err(GuardError::Below);
                }
                if basis_points > self.most {
                    return Err(GuardError::Above);
                }
            }
        }
        Ok(())
    }

    /// Whether a share of a scheme is larger than the band.
    pub fn exceeded(&self, scheme: &Scheme) -> bool {
        self.check(scheme) == Err(GuardError::Above)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incentives::{Part, PayingStep, testing::euros};

    #[test]
    fn shares_stay_in_the_band() {
        let check = |basis_points| {
            let value = PartValue::Percent { basis_points, at_most: euros(100) };
            Guard::default().check(&Scheme::new(vec![Part { step: PayingStep::Won, value }]).unwrap())
        };
        assert_eq!(check(499), Err(GuardError::Below));
        assert_eq!((check(500), check(1_500)), (Ok(()), Ok(())));
        assert_eq!(check(1_501), Err(GuardError::Above));
    }
}
