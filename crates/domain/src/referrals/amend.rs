//! What an advocate may put right in their own words, as long as nobody has taken the referral.

use chrono::{DateTime, Utc};

use super::{Event, EventKind, MoverKind, Referral, Step};
use crate::{consent::ConsentPath, members::Referrer, text::CompanyName};

/// Why nothing is put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmendError {
    /// Somebody else's referral.
    NotYours,
    /// Somebody has taken it, or it has ended.
    TooLate,
    /// What stands there was entered by the contact.
    NotAllowed,
}

error_codes!(AmendError {
    Self::NotYours => "not_yours",
    Self::TooLate => "amend_too_late",
    Self::NotAllowed => "not_allowed",
});

/// What shall stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amendment {
    /// Which company is recommended.
    pub company: CompanyName,
    /// Whether what the contact does there is another than before.
    pub role: bool,
    /// Whether the reason is another than before.
    pub reason: bool,
}

impl Referral {
    /// Whether the advocate may still put company, role and reason right: they have written them, and nobody has acted
    /// on them.
    pub fn may_amend(&self) -> bool {
        self.facts.position.open() == Some(Step::Submitted)
            && self.facts.consent_path != ConsentPath::OwnShare
    }

    /// Puts it right. Nothing that was changed, nothing that happened.
    ///
    /// # Errors
    /// [`AmendError`] says what stands in the way.
    pub fn amend(
        mut self,
        by: &Referrer,
        amendment: Amendment,
        now: DateTime<Utc>,
    ) -> Result<(Self, Vec<Event>), AmendError> {
        if by.member() != self.facts.advocate {
            return Err(AmendError::NotYours);
        }
        if self.facts.consent_path == ConsentPath::OwnShare {
            return Err(AmendError::NotAllowed);
        }
        if !self.may_amend() {
            return Err(AmendError::TooLate);
        }
        let Amendment { company, role, reason } = amendment;
        let before = (company != self.facts.company).then(|| self.facts.company.clone());
        if before.is_none() && !role && !reason {
            return Ok((self, Vec::new()));
        }
        self.facts.company = company;
        let kind = EventKind::Amended { company: before, role, reason };
        let event = Event { at: now, by: MoverKind::Advocate, member: Some(by.member()), kind };
        Ok((self, vec![event]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        consent::ConsentState,
        referrals::{Facts, Position, testing::*},
    };

    fn amend(facts: Facts, company: &str, role: bool) -> Result<(Referral, Vec<Event>), AmendError> {
        let company = CompanyName::parse(company).unwrap();
        let by = advocate().referrer().unwrap();
        Referral::restore(facts).amend(&by, Amendment { company, role, reason: false }, noon())
    }

    fn carried(step: Step) -> Facts {
        let consent = ConsentState::Given;
        Facts { position: Position::On(step), consent, consent_path: ConsentPath::CarriedLink, ..facts() }
    }

    #[test]
    fn the_timeline_says_what_the_company_was_called_and_never_what_was_said_of_a_person() {
        let before = carried(Step::Submitted).company;
        let (referral, events) = amend(carried(Step::Submitted), "Andere AG", true).unwrap();
        assert_eq!(referral.facts().company.as_str(), "Andere AG");
        let kind = EventKind::Amended { company: Some(before.clone()), role: true, reason: false };
        assert_eq!(events.into_iter().map(|event| event.kind).collect::<Vec<_>>(), [kind]);
        assert_eq!(amend(carried(Step::Submitted), before.as_str(), false).unwrap().1, []);
    }

    #[test]
    fn nothing_is_put_right_once_somebody_has_taken_it() {
        let too_late = |facts| amend(facts, "Andere AG", true).unwrap_err();
        assert_eq!(too_late(carried(Step::Accepted)), AmendError::TooLate);
        let ended = Position::Ended { end: crate::referrals::End::Expired, reached: Step::Submitted };
        assert_eq!(too_late(Facts { position: ended, ..carried(Step::Submitted) }), AmendError::TooLate);
    }

    #[test]
    fn what_a_contact_entered_or_somebody_else_submitted_is_not_theirs() {
        let own_share = Facts { consent_path: ConsentPath::OwnShare, ..carried(Step::Submitted) };
        assert_eq!(amend(own_share, "Andere AG", false).unwrap_err(), AmendError::NotAllowed);
        let other = Facts { advocate: uuid::Uuid::from_u128(404).into(), ..carried(Step::Submitted) };
        assert_eq!(amend(other, "Andere AG", false).unwrap_err(), AmendError::NotYours);
    }
}
