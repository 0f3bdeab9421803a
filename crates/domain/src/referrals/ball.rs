//! Who has the ball: every open referral has an owner, a next step and a date.

use chrono::{DateTime, Utc};

use super::{Facts, Progress, ReferralSettings, Step};
use crate::{
    consent::{ConsentPath, ConsentState},
    moments::ClockSettings,
};

codes! {
    /// The three parties.
    pub enum Party {
        /// The host.
        Company => "company",
        /// Who recommends.
        Advocate => "advocate",
        /// Who is recommended.
        Customer => "customer",
    }
}

codes! {
    /// What is to be done next.
    pub enum NextStep {
        /// The advocate sends the link on.
        CarryLink => "carry_link",
        /// The contact agrees or refuses.
        AnswerConsent => "answer_consent",
        /// The account manager makes the one human contact.
        AskInPerson => "ask_in_person",
        /// The host takes the referral.
        Accept => "accept",
        /// The host speaks to the contact.
        Contact => "contact",
        /// A first meeting is held.
        Meet => "meet",
        /// The need is confirmed.
        ConfirmNeed => "confirm_need",
        /// The deal is made or lost.
        Close => "close",
    }
}

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ball {
    /// Who.
    pub party: Party,
    /// To do what.
    pub next: NextStep,
    /// Until when.
    pub due: DateTime<Utc>,
}

impl Facts {
    /// Whose turn it is; `None` once the referral has come to an end.
    pub fn ball(&self, settings: &ReferralSettings, clocks: &ClockSettings) -> Option<Ball> {
        self.progress().ball(settings, clocks)
    }
}

impl Facts {
    /// When the next promise ends, the host's or anybody's: the thanks to the advocate (until they are `thanked`), or what is
    /// next. `None` once the referral has come to an end.
    pub fn next_due(
        &self,
        thanked: bool,
        settings: &ReferralSettings,
        clocks: &ClockSettings,
    ) -> Option<DateTime<Utc>> {
        let ball = self.ball(settings, clocks)?;
        let thanks = self.submitted_at + clocks.thanks;
        Some(if thanked { ball.due } else { ball.due.min(thanks) })
    }
}

impl Progress {
    /// Whose turn it is; `None` once the referral has come to an end.
    pub fn ball(&self, settings: &ReferralSettings, clocks: &ClockSettings) -> Option<Ball> {
        let step = self.position.open()?;
        let expires = self.expires_at(settings)?;
        if self.consent != ConsentState::Given {
            let (party, next) = match self.consent_path {
                ConsentPath::OwnShare => (Party::Customer, NextStep::AnswerConsent),
                ConsentPath::CarriedLink => (Party::Advocate, NextStep::CarryLink),
                ConsentPath::HumanFirstContact => (Party::Company, NextStep::AskInPerson),
            };
            return Some(Ball { party, next, due: expires });
        }
        let first_contact = self.consent_since + clocks.first_contact;
        let silence = self.stage_since + clocks.silence;
        let (next, due) = match step {
            Step::Submitted => (NextStep::Accept, first_contact),
            Step::Accepted => (NextStep::Contact, first_contact),
            Step::Contacted => (NextStep::Meet, silence),
            Step::Meeting => (NextStep::ConfirmNeed, silence),
            Step::Qualified | Step::Won => (NextStep::Close, silence),
        };
        Some(Ball { party: Party::Company, next, due: due.min(expires) })
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::referrals::{End, Position, testing::*};

    fn ball(facts: &Facts) -> Option<Ball> {
        facts.ball(&ReferralSettings::default(), &ClockSettings::default())
    }

    #[test]
    fn thanks_are_due_before_everything_else_until_they_are_said() {
        let (rules, clocks) = (ReferralSettings::default(), ClockSettings::default());
        let due = |facts: &Facts, thanked| facts.next_due(thanked, &rules, &clocks);
        assert_eq!(due(&facts(), false), Some(noon() + clocks.thanks));
        assert_eq!(due(&facts(), true), facts().ball(&rules, &clocks).map(|ball| ball.due));
        let ended =
            Facts { position: Position::Ended { end: End::Lost, reached: Step::Accepted }, ..facts() };
        assert_eq!(due(&ended, false), None);
    }

    #[test]
    fn before_consent_the_path_decides() {
        let holder = |consent_path| ball(&Facts { consent_path, ..facts() }).unwrap();
        assert_eq!(holder(ConsentPath::OwnShare).party, Party::Customer);
        assert_eq!(holder(ConsentPath::CarriedLink).party, Party::Advocate);
        assert_eq!(holder(ConsentPath::HumanFirstContact).party, Party::Company);
        assert_eq!(holder(ConsentPath::OwnShare).due, noon() + TimeDelta::days(14));
    }

    #[test]
    fn afterwards_it_is_with_the_host() {
        let on = |step| Facts { position: Position::On(step), consent: ConsentState::Given, ..facts() };
        let due = |step| ball(&on(step)).map(|ball| (ball.next, ball.due));
        assert_eq!(due(Step::Accepted), Some((NextStep::Contact, noon() + TimeDelta::hours(24))));
        assert_eq!(due(Step::Meeting), Some((NextStep::ConfirmNeed, noon() + TimeDelta::days(30))));
        assert_eq!(due(Step::Won), None);
        let ended = Position::Ended { end: End::Lost, reached: Step::Meeting };
        assert_eq!(ball(&Facts { position: ended, ..facts() }), None);
    }
}
