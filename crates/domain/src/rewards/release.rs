//! An employer's release: rewards that belong to their company may go to one person, within a cap per calendar year.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::EmployerRelease;
use crate::{
    incentives::{Amount, Unit},
    text::{CompanyName, PersonName, TextError},
};

/// What an employer has released, to whom, and what proves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Which company released whom.
    pub of: EmployerRelease,
    /// Who at the employer did so.
    pub released_by: PersonName,
    /// From which day on it holds.
    pub released_on: NaiveDate,
    /// The last day on which it holds, where it has one.
    pub valid_until: Option<NaiveDate>,
    /// How much may go to the person in a calendar year, by unit; what is missing is not released.
    pub caps: BTreeMap<Unit, i64>,
    /// Where the document is.
    pub document: String,
}

/// Why a release is not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReleaseError {
    /// The day has not come yet.
    InFuture,
    /// It would end before it begins.
    EndsBefore,
    /// Without a yearly cap nothing is released.
    NoCap,
    /// The reference of the document is missing or unreadable.
    Document(TextError),
}

error_codes!(ReleaseError {
    Self::InFuture => "release_in_future",
    Self::EndsBefore => "release_ends_before",
    Self::NoCap => "release_no_cap",
    Self::Document(error) => error.code(),
});

impl Release {
    /// Checks a release before it is recorded.
    ///
    /// # Errors
    /// [`ReleaseError`] says what is missing.
    pub fn checked(self, today: NaiveDate) -> Result<Self, ReleaseError> {
        if self.released_on > today {
            return Err(ReleaseError::InFuture);
        }
        if self.valid_until.is_some_and(|until| until < self.released_on) {
            return Err(ReleaseError::EndsBefore);
        }
        if !self.caps.values().any(|cap| *cap > 0) {
            return Err(ReleaseError::NoCap);
        }
        // The same rules as for a company's name: one line, no control characters, an end.
        let document = CompanyName::parse(&self.document).map_err(ReleaseError::Document)?.into_string();
        Ok(Self { document, ..self })
    }

    /// Whether this much may still go to the person, after what went to them in the same year. A reward has one receiver:
    /// what does not fit as a whole stays the company's.
    pub fn reaches(&self, amount: Amount, received: i64) -> bool {
        let cap = self.caps.get(&amount.unit()).copied().unwrap_or(0);
        received.saturating_add(amount.value()) <= cap
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{incentives::testing::euros, referrals::testing::noon};

    fn release() -> Release {
        Release {
            of: EmployerRelease { account: Uuid::from_u128(2).into(), member: Uuid::from_u128(1).into() },
            released_by: PersonName::parse("Ute Polar").unwrap(),
            released_on: noon().date_naive(),
            valid_until: None,
            caps: [(euros(1).unit(), 500)].into(),
            document: "HR-2026-4".to_owned(),
        }
    }

    #[test]
    fn a_release_says_since_when_how_much_and_where() {
        let today = noon().date_naive();
        assert!(release().checked(today).is_ok());
        let early = today.pred_opt().unwrap();
        assert_eq!(release().checked(early), Err(ReleaseError::InFuture));
        let over = Release { valid_until: Some(early), ..release() };
        assert_eq!(over.checked(today), Err(ReleaseError::EndsBefore));
        let capless = Release { caps: [(Unit::Seats, 0)].into(), ..release() };
        assert_eq!(capless.checked(today), Err(ReleaseError::NoCap));
        let bare = Release { document: " ".to_owned(), ..release() };
        assert_eq!(bare.checked(today), Err(ReleaseError::Document(TextError::Empty)));
    }

    #[test]
    fn it_reaches_as_far_as_its_cap() {
        assert!(release().reaches(euros(500), 0) && release().reaches(euros(100), 400));
        assert!(!release().reaches(euros(101), 400));
        let seats = Amount::new(1, Unit::Seats).unwrap();
        assert!(!release().reaches(seats, 0), "what has no cap is not released");
    }
}
