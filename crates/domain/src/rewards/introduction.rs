//! An introduction that the host owes: whom it introduces to the advocate's company, when it did, and what the advocate says
//! about it. Only the advocate's word, or their silence for long enough, makes it a delivery.

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::Proof;
use crate::text::{CompanyName, Reason, RoleTitle};

codes! {
    /// How good an introduction was, from one star to five.
    pub enum IntroductionFit {
        /// It led nowhere.
        Nowhere => "nowhere",
        /// It was the wrong person or the wrong time.
        Weak => "weak",
        /// It was a useful talk.
        Useful => "useful",
        /// They stay in touch.
        Good => "good",
        /// Business comes of it.
        Excellent => "excellent",
    }
}

impl IntroductionFit {
    /// One to five.
    pub const fn stars(self) -> u8 {
        self as u8 + 1
    }
}

codes! {
    /// Where an introduction stands.
    pub enum IntroductionCode {
        /// It is known whom, and until when.
        Promised => "promised",
        /// Staff say that it was made.
        Introduced => "introduced",
        /// The advocate says that it was not.
        Disputed => "disputed",
        /// The advocate says that it was, or has not objected in time.
        Confirmed => "confirmed",
    }
}

/// Whom the host introduces: no person is named, for they have not been asked here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whom {
    /// Their company.
    pub company: CompanyName,
    /// What they do there.
    pub role: RoleTitle,
}

/// What the advocate says of an introduction that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntroductionAnswer {
    /// How good it was.
    pub fit: IntroductionFit,
    /// In their own words.
    pub note: Option<Reason>,
}

/// Where an introduction stands, with what is known there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IntroductionState {
    /// It is known whom, and until when.
    Promised,
    /// Staff say that it was made.
    Introduced {
        /// On which day.
        on: NaiveDate,
        /// When that was noted: the advocate's time to object begins.
        noted_at: DateTime<Utc>,
    },
    /// The advocate says that it was not.
    Disputed {
        /// In their words.
        reason: Reason,
        /// When.
        at: DateTime<Utc>,
    },
    /// It counts.
    Confirmed {
        /// On which day it was made.
        on: NaiveDate,
        /// Since when it counts.
        at: DateTime<Utc>,
        /// What the advocate said; nothing where they were silent.
        answer: Option<IntroductionAnswer>,
    },
}

impl IntroductionState {
    /// Its code.
    pub const fn code(&self) -> IntroductionCode {
        match self {
            Self::Promised => IntroductionCode::Promised,
            Self::Introduced { .. } => IntroductionCode::Introduced,
            Self::Disputed { .. } => IntroductionCode::Disputed,
            Self::Confirmed { .. } => IntroductionCode::Confirmed,
        }
    }
}

/// Why a step is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntroductionError {
    /// It has moved on from where this is possible.
    WrongStep,
    /// The day has not come yet.
    InFuture,
    /// The advocate still has time to object.
    TooEarly,
    /// Until when it is to be made lies in the past.
    DueOver,
}

error_codes!(IntroductionError {
    Self::WrongStep => "introduction_wrong_step",
    Self::InFuture => "proof_in_future",
    Self::TooEarly => "introduction_too_early",
    Self::DueOver => "introduction_due_over",
});

/// An introduction and its steps; each consumes it and answers the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Introduction {
    /// Whom.
    pub whom: Whom,
    /// Where it stands.
    pub state: IntroductionState,
}

impl Introduction {
    /// The host says whom it will introduce.
    pub const fn promise(whom: Whom) -> Self {
        Self { whom, state: IntroductionState::Promised }
    }

    /// The host says so anew: somebody else, or after the advocate has disputed it.
    ///
    /// # Errors
    /// When the introduction was made, as far as anybody knows.
    pub fn promise_again(self, whom: Whom) -> Result<Self, IntroductionError> {
        match self.state {
            IntroductionState::Promised | IntroductionState::Disputed { .. } => Ok(Self::promise(whom)),
            _ => Err(IntroductionError::WrongStep),
        }
    }

    /// Staff note on which day they made it.
    ///
    /// # Errors
    /// When it was noted before, or the day has not come.
    pub fn introduce(
        self,
        on: NaiveDate,
        today: NaiveDate,
        now: DateTime<Utc>,
    ) -> Result<Self, IntroductionError> {
        match self.state {
            IntroductionState::Promised | IntroductionState::Disputed { .. } if on > today => {
                Err(IntroductionError::InFuture)
            }
            IntroductionState::Promised | IntroductionState::Disputed { .. } => {
                Ok(Self { state: IntroductionState::Introduced { on, noted_at: now }, ..self })
            }
            _ => Err(IntroductionError::WrongStep),
        }
    }

    /// The advocate says that it happened, and how good it was.
    ///
    /// # Errors
    /// When nobody has said that it was made.
    pub fn confirm(self, answer: IntroductionAnswer, now: DateTime<Utc>) -> Result<Self, IntroductionError> {
        self.count(Some(answer), now)
    }

    /// The advocate has not objected for so many days.
    ///
    /// # Errors
    /// When nobody has said that it was made, or the days are not over.
    pub fn accept_silence(self, days: u16, now: DateTime<Utc>) -> Result<Self, IntroductionError> {
        match self.objection_until(days) {
            Some(until) if now < until => Err(IntroductionError::TooEarly),
            _ => self.count(None, now),
        }
    }

    fn count(self, answer: Option<IntroductionAnswer>, at: DateTime<Utc>) -> Result<Self, IntroductionError> {
        match self.state {
            IntroductionState::Introduced { on, .. } => {
                Ok(Self { state: IntroductionState::Confirmed { on, at, answer }, ..self })
            }
            _ => Err(IntroductionError::WrongStep),
        }
    }

    /// The advocate says that it did not happen.
    ///
    /// # Errors
    /// When nobody has said that it was made.
    pub fn dispute(self, reason: Reason, at: DateTime<Utc>) -> Result<Self, IntroductionError> {
        match self.state {
            IntroductionState::Introduced { .. } => {
                Ok(Self { state: IntroductionState::Disputed { reason, at }, ..self })
            }
            _ => Err(IntroductionError::WrongStep),
        }
    }

    /// Until when the advocate may say that it did not happen.
    pub fn objection_until(&self, days: u16) -> Option<DateTime<Utc>> {
        match self.state {
            IntroductionState::Introduced { noted_at, .. } => {
                Some(noted_at.checked_add_days(Days::new(days.into())).unwrap_or(noted_at))
            }
            _ => None,
        }
    }

    /// What proves it, once it counts.
    pub fn proof(&self) -> Option<Proof> {
        match self.state {
            IntroductionState::Confirmed { on, .. } => {
                let reference = format!("{}, {}", self.whom.company, self.whom.role);
                Some(Proof { reference, on: Some(on) })
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::referrals::testing::noon;

    fn whom(company: &str) -> Whom {
        let company = CompanyName::parse(company).unwrap();
        Whom { company, role: RoleTitle::parse("Leitung Einkauf").unwrap() }
    }

    fn answer() -> IntroductionAnswer {
        IntroductionAnswer { fit: IntroductionFit::Good, note: None }
    }

    #[test]
    fn only_the_advocate_or_their_silence_completes_it() {
        let (now, today) = (noon(), noon().date_naive());
        let promised = Introduction::promise(whom("Nordlicht AG"));
        assert_eq!(promised.clone().confirm(answer(), now), Err(IntroductionError::WrongStep));
        assert_eq!(
            promised.clone().introduce(today.succ_opt().unwrap(), today, now),
            Err(IntroductionError::InFuture)
        );
        let made = promised.introduce(today, today, now).unwrap();
        assert_eq!(made.clone().introduce(today, today, now), Err(IntroductionError::WrongStep));
        assert_eq!(made.clone().promise_again(whom("Andere AG")), Err(IntroductionError::WrongStep));
        assert_eq!(made.proof(), None);
        let later = now + TimeDelta::days(30);
        let early = later - TimeDelta::seconds(1);
        assert_eq!(made.clone().accept_silence(30, early), Err(IntroductionError::TooEarly));
        let silent = made.clone().accept_silence(30, later).unwrap();
        assert_eq!(silent.proof().unwrap().on, Some(today));
        let confirmed = made.confirm(answer(), now).unwrap();
        assert_eq!(confirmed.proof().unwrap().reference, "Nordlicht AG, Leitung Einkauf");
        assert_eq!(confirmed.dispute(Reason::parse("Nein").unwrap(), now), Err(IntroductionError::WrongStep));
    }

    #[test]
    fn what_is_disputed_goes_back_and_may_be_made_again() {
        let (now, today) = (noon(), noon().date_naive());
        let made = Introduction::promise(whom("Nordlicht AG")).introduce(today, today, now).unwrap();
        let disputed = made.dispute(Reason::parse("Niemand hat sich gemeldet").unwrap(), now).unwrap();
        assert_eq!(disputed.clone().accept_silence(0, now), Err(IntroductionError::WrongStep));
        assert_eq!(disputed.state.code(), IntroductionCode::Disputed);
        let again = disputed.promise_again(whom("Andere AG")).unwrap();
        assert!(again.introduce(today, today, now).unwrap().confirm(answer(), now).is_ok());
    }

    #[test]
    fn stars_go_from_one_to_five() {
        let stars: Vec<u8> = IntroductionFit::ALL.iter().map(|fit| fit.stars()).collect();
        assert_eq!(stars, [1, 2, 3, 4, 5]);
    }
}
