//! Moves: who may do what to a referral, and what it takes.

use chrono::{DateTime, Days, Months, Utc};

use super::{
    Closing, End, Event, EventKind, Facts, MoverKind, Position, Progress, Referral, ReferralSettings, Step,
    SubStage,
};
use crate::{
    consent::{ConsentPath, ConsentState},
    ids::{MemberId, SubStageId},
    members::{AccountManaging, Referrer},
    text::Reason,
};

/// Who makes a move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mover {
    /// An advocate; whether it is their referral is checked here.
    Advocate(Referrer),
    /// Whoever holds the private link of this referral's contact.
    Contact,
    /// An account manager; whether they cover this referral is checked here.
    Staff(AccountManaging),
    /// A connected system.
    Api,
    /// A rule or a due date.
    System,
}

impl Mover {
    const fn kind(&self) -> (MoverKind, Option<MemberId>) {
        match self {
            Self::Advocate(referrer) => (MoverKind::Advocate, Some(referrer.member())),
            Self::Contact => (MoverKind::Contact, None),
            Self::Staff(power) => (MoverKind::Staff, Some(power.member())),
            Self::Api => (MoverKind::Api, None),
            Self::System => (MoverKind::System, None),
        }
    }
}

/// What is to happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Move {
    /// The contact agrees.
    GiveConsent,
    /// The contact refuses to be contacted, which also declines the referral.
    RefuseConsent,
    /// The contact takes consent back, which also declines an open referral.
    WithdrawConsent,
    /// A later step of the pipeline; steps may be skipped.
    Forward(Step),
    /// A stage of the programme's own; the step it belongs to is reached with it.
    Enter(SubStage),
    /// The contact does not want it.
    Decline,
    /// Staff end it.
    Close(Closing),
    /// Too much time has passed.
    Expire,
    /// The advocate takes it back.
    Withdraw,
    /// Staff set it back, out of a stage of the programme's own too, or open it again after an end.
    Correct {
        /// The step on which it stands afterwards.
        to: Step,
        /// Why.
        reason: Reason,
    },
}

/// Why a move is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoveError {
    /// This kind of mover never makes this move, or not from here.
    NotAllowed,
    /// Somebody else's referral.
    NotYours,
    /// Nothing can come of it any more.
    NotOpen,
    /// The step is not later than the present one.
    NotForward,
    /// A correction leads back, never on.
    NotBack,
    /// The contact has not agreed.
    ConsentMissing,
    /// The contact has answered already, or has nothing to take back.
    ConsentAnswered,
    /// It is too early to expire.
    NotDue,
    /// The host has spoken to the contact already.
    AlreadyContacted,
    /// This end is not for this step.
    WrongEnd,
}

error_codes!(MoveError {
    Self::NotAllowed => "not_allowed",
    Self::NotYours => "not_yours",
    Self::NotOpen => "not_open",
    Self::NotForward => "not_forward",
    Self::NotBack => "not_back",
    Self::ConsentMissing => "consent_missing",
    Self::ConsentAnswered => "consent_answered",
    Self::NotDue => "not_due",
    Self::AlreadyContacted => "already_contacted",
    Self::WrongEnd => "wrong_end",
});

impl Facts {
    /// When an open referral expires if nothing happens; `None` once it has come to an end.
    pub fn expires_at(&self, settings: &ReferralSettings) -> Option<DateTime<Utc>> {
        self.progress().expires_at(settings)
    }
}

impl Progress {
    /// When an open referral expires if nothing happens; `None` once it has come to an end.
    pub fn expires_at(&self, settings: &ReferralSettings) -> Option<DateTime<Utc>> {
        self.position.open()?;
        let last_move = self.stage_since.max(self.consent_since);
        let idle = last_move.checked_add_months(Months::new(settings.idle_months))?;
        if self.consent == ConsentState::Awaiting {
            let unanswered = last_move.checked_add_days(Days::new(settings.consent_days.get().into()))?;
            Some(unanswered.min(idle))
        } else {
            Some(idle)
        }
    }
}

impl Referral {
    /// Makes a move and tells what happened, or refuses it and changes nothing.
    pub fn apply(
        self,
        action: Move,
        by: &Mover,
        now: DateTime<Utc>,
        settings: &ReferralSettings,
    ) -> Result<(Self, Vec<Event>), MoveError> {
        let facts = &self.facts;
        check_mover(facts, &action, by, settings)?;
        let open = || facts.position.open().ok_or(MoveError::NotOpen);
        let changes = match action {
            Move::GiveConsent => {
                open()?;
                vec![answer(facts, ConsentState::Awaiting, ConsentState::Given)?]
            }
            Move::RefuseConsent => {
                let refused = answer(facts, ConsentState::Awaiting, ConsentState::Refused)?;
                vec![refused, end(facts, open()?, End::Declined, None)]
            }
            Move::WithdrawConsent => {
                let withdrawn = answer(facts, ConsentState::Given, ConsentState::Withdrawn)?;
                // After an end, or for a customer, only the consent changes.
                let declined = facts.position.open().map(|step| end(facts, step, End::Declined, None));
                std::iter::once(withdrawn).chain(declined).collect()
            }
            Move::Forward(to) => vec![forward(facts, open()?, to)?],
            Move::Enter(stage) => enter(facts, open()?, stage)?,
            Move::Decline => vec![end(facts, open()?, End::Declined, None)],
            Move::Close(closing) => vec![close(facts, open()?, closing)?],
            Move::Expire => {
                let step = open()?;
                let due = facts.expires_at(settings).is_some_and(|due| due <= now);
                due.then(|| vec![end(facts, step, End::Expired, None)]).ok_or(MoveError::NotDue)?
            }
            Move::Withdraw => {
                let step = open()?;
                let early = step < Step::Contacted;
                early
                    .then(|| vec![end(facts, step, End::Withdrawn, None)])
                    .ok_or(MoveError::AlreadyContacted)?
            }
            Move::Correct { to, reason } => vec![correct(facts, to, reason)?],
        };
        Ok(self.changed(changes, by, now))
    }

    fn changed(mut self, changes: Vec<Change>, by: &Mover, now: DateTime<Utc>) -> (Self, Vec<Event>) {
        let (kind, member) = by.kind();
        let mut events = Vec::with_capacity(changes.len());
        for change in changes {
            match change.next {
                Next::Consent(consent) => {
                    self.facts.consent = consent;
                    self.facts.consent_since = now;
                }
                Next::Between(stage) => self.facts.between = Some(stage),
                Next::Position(position) => {
                    if self.facts.position != position {
                        self.facts.stage_since = now;
                    }
                    if self.facts.position.reached() != position.reached() {
                        self.facts.reached_since = now;
                    }
                    self.facts.position = position;
                    self.facts.between = None;
                }
            }
            events.push(Event { at: now, by: kind, member, kind: change.event });
        }
        (self, events)
    }
}

/// A state that is to be entered, and the line about it.
struct Change {
    next: Next,
    event: EventKind,
}

enum Next {
    Consent(ConsentState),
    Between(SubStageId),
    Position(Position),
}

fn check_mover(
    facts: &Facts,
    action: &Move,
    by: &Mover,
    settings: &ReferralSettings,
) -> Result<(), MoveError> {
    let step = facts.position.open();
    let allowed = match (by, action) {
        (Mover::Contact, Move::GiveConsent | Move::RefuseConsent | Move::WithdrawConsent | Move::Decline) => {
            true
        }
        // Only where the account manager makes the first contact do they write the answer down.
        (Mover::Staff(_), Move::GiveConsent | Move::RefuseConsent) => {
            facts.consent_path == ConsentPath::HumanFirstContact
        }
        (Mover::Staff(_), Move::Forward(_) | Move::Enter(_) | Move::Close(_) | Move::Correct { .. }) => true,
        (Mover::Advocate(_), Move::Withdraw) => true,
        // To take a referral is a decision of people or of the rule, not of a connected system.
        (Mover::Api, Move::Forward(_)) => step != Some(Step::Submitted),
        (Mover::System, Move::Forward(to)) => {
            settings.accept_by_rule && step == Some(Step::Submitted) && *to == Step::Accepted
        }
        (Mover::System, Move::Expire) => true,
        _ => false,
    };
    if !allowed {
        return Err(MoveError::NotAllowed);
    }
    let own = match by {
        Mover::Advocate(referrer) => referrer.member() == facts.advocate,
        Mover::Staff(power) => power.covers(facts.account_manager),
        Mover::Contact | Mover::Api | Mover::System => true,
    };
    own.then_some(()).ok_or(MoveError::NotYours)
}

fn answer(facts: &Facts, from: ConsentState, to: ConsentState) -> Result<Change, MoveError> {
    if facts.consent != from {
        return Err(MoveError::ConsentAnswered);
    }
    Ok(Change { next: Next::Consent(to), event: EventKind::ConsentChanged { from, to } })
}

fn end(facts: &Facts, reached: Step, end: End, closing: Option<Closing>) -> Change {
    let event = EventKind::Moved { from: facts.position.stage(), to: end.stage(), closing, note: None };
    Change { next: Next::Position(Position::Ended { end, reached }), event }
}

fn forward(facts: &Facts, step: Step, to: Step) -> Result<Change, MoveError> {
    if to <= step {
        return Err(MoveError::NotForward);
    }
    if facts.consent != ConsentState::Given {
        return Err(MoveError::ConsentMissing);
    }
    let event = EventKind::Moved { from: step.stage(), to: to.stage(), closing: None, note: None };
    Ok(Change { next: Next::Position(Position::On(to)), event })
}

/// Reaches the step of a programme's own stage where it is not reached yet, and enters the stage. Those of one step may be
/// entered in any order: nothing hangs on them.
fn enter(facts: &Facts, step: Step, stage: SubStage) -> Result<Vec<Change>, MoveError> {
    if stage.after < step || facts.between == Some(stage.id) {
        return Err(MoveError::NotForward);
    }
    if facts.consent != ConsentState::Given {
        return Err(MoveError::ConsentMissing);
    }
    let reached = (stage.after > step).then(|| forward(facts, step, stage.after)).transpose()?;
    let entered = Change {
        next: Next::Between(stage.id),
        event: EventKind::Entered { stage: stage.id, name: stage.name, note: None },
    };
    Ok(reached.into_iter().chain([entered]).collect())
}

fn close(facts: &Facts, step: Step, closing: Closing) -> Result<Change, MoveError> {
    let fits = match closing {
        Closing::Disqualified(..) => step == Step::Submitted,
        Closing::Lost(..) => step >= Step::Accepted,
    };
    fits.then(|| end(facts, step, closing.end(), Some(closing))).ok_or(MoveError::WrongEnd)
}

fn correct(facts: &Facts, to: Step, reason: Reason) -> Result<Change, MoveError> {
    let back = match facts.position {
        Position::On(step) => to < step || (to == step && facts.between.is_some()),
        Position::Ended { reached, .. } => to <= reached,
    };
    if !back {
        return Err(MoveError::NotBack);
    }
    // Nobody reopens what a contact refused; what was never answered can only wait again.
    let may_stand = match facts.consent {
        ConsentState::Given => true,
        ConsentState::Awaiting => to == Step::Submitted,
        ConsentState::Refused | ConsentState::Withdrawn => false,
    };
    if !may_stand {
        return Err(MoveError::ConsentMissing);
    }
    let event = EventKind::Corrected { from: facts.position.stage(), to: to.stage(), reason };
    Ok(Change { next: Next::Position(Position::On(to)), event })
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::{
        members::Duties,
        referrals::{DisqualifyReason, LossReason, Stage, testing::*},
        text::Bilingual,
    };

    fn reason() -> Reason {
        Reason::parse("because").unwrap()
    }

    fn staff() -> Mover {
        Mover::Staff(manager().account_managing(Duties::default()).unwrap())
    }

    fn own() -> Mover {
        Mover::Advocate(advocate().referrer().unwrap())
    }

    fn at(step: Step) -> Referral {
        let consent = ConsentState::Given;
        Referral::restore(Facts { position: Position::On(step), consent, ..facts() })
    }

    fn go(referral: Referral, action: Move, by: &Mover) -> Result<Referral, MoveError> {
        referral.apply(action, by, noon(), &ReferralSettings::default()).map(|(referral, _)| referral)
    }

    fn lost() -> Move {
        Move::Close(Closing::Lost(LossReason::Timing, reason()))
    }

    #[test]
    fn nothing_moves_on_without_consent() {
        let fresh = Referral::restore(facts());
        assert_eq!(
            go(fresh.clone(), Move::Forward(Step::Accepted), &staff()),
            Err(MoveError::ConsentMissing)
        );
        let agreed = go(fresh, Move::GiveConsent, &Mover::Contact).unwrap();
        assert_eq!(go(agreed, Move::Forward(Step::Accepted), &staff()).unwrap().stage(), Stage::Accepted);
    }

    #[test]
    fn steps_may_be_skipped_but_not_repeated() {
        assert_eq!(
            go(at(Step::Accepted), Move::Forward(Step::Won), &Mover::Api).unwrap().stage(),
            Stage::Won
        );
        assert_eq!(go(at(Step::Meeting), Move::Forward(Step::Meeting), &staff()), Err(MoveError::NotForward));
        assert_eq!(go(at(Step::Won), Move::Forward(Step::Won), &staff()), Err(MoveError::NotOpen));
    }

    fn trial() -> SubStage {
        SubStage {
            id: Uuid::from_u128(7).into(),
            after: Step::Meeting,
            name: Bilingual::new("Probebetrieb", "Proof of concept"),
        }
    }

    #[test]
    fn a_stage_between_reaches_its_step_and_nothing_more() {
        let settings = ReferralSettings::default();
        let enter = || Move::Enter(trial());
        let (inside, events) = at(Step::Accepted).apply(enter(), &staff(), noon(), &settings).unwrap();
        let codes: Vec<_> = events.iter().map(|event| event.kind.code()).collect();
        assert_eq!(codes, ["moved", "entered"]);
        assert_eq!((inside.stage(), inside.facts().between), (Stage::Meeting, Some(trial().id)));
        assert_eq!(go(inside.clone(), enter(), &staff()), Err(MoveError::NotForward));
        let on = go(inside.clone(), Move::Forward(Step::Qualified), &staff()).unwrap();
        assert_eq!((on.stage(), on.facts().between), (Stage::Qualified, None));
        assert_eq!(go(on, enter(), &staff()), Err(MoveError::NotForward));
        // Out of it again, to the step it belongs to, which it has never left.
        let back = Move::Correct { to: Step::Meeting, reason: reason() };
        let later = noon() + TimeDelta::days(1);
        let (out, _) = inside.apply(back, &staff(), later, &settings).unwrap();
        assert_eq!((out.facts().between, out.facts().stage_since), (None, noon()));
        // Not without consent, and not by anybody else.
        assert_eq!(go(Referral::restore(facts()), enter(), &staff()), Err(MoveError::ConsentMissing));
        assert_eq!(go(at(Step::Accepted), enter(), &own()), Err(MoveError::NotAllowed));
    }

    #[test]
    fn accepting_is_for_people_or_the_rule() {
        let accept = Move::Forward(Step::Accepted);
        assert_eq!(go(at(Step::Submitted), accept.clone(), &Mover::Api), Err(MoveError::NotAllowed));
        assert_eq!(go(at(Step::Submitted), accept.clone(), &Mover::System), Err(MoveError::NotAllowed));
        let by_rule = ReferralSettings { accept_by_rule: true, ..ReferralSettings::default() };
        assert!(at(Step::Submitted).apply(accept, &Mover::System, noon(), &by_rule).is_ok());
    }

    #[test]
    fn everybody_keeps_to_their_own() {
        let stranger = Facts { account_manager: None, advocate: manager().member, ..facts() };
        let stranger = Referral::restore(stranger);
        assert_eq!(go(stranger.clone(), lost(), &staff()), Err(MoveError::NotYours));
        assert_eq!(go(stranger, Move::Withdraw, &own()), Err(MoveError::NotYours));
        assert_eq!(go(at(Step::Meeting), Move::Forward(Step::Won), &own()), Err(MoveError::NotAllowed));
        assert_eq!(go(at(Step::Meeting), Move::Decline, &staff()), Err(MoveError::NotAllowed));
    }

    #[test]
    fn each_end_has_its_time() {
        let disqualified = Move::Close(Closing::Disqualified(DisqualifyReason::NotAFit, reason()));
        assert_eq!(
            go(at(Step::Submitted), disqualified.clone(), &staff()).unwrap().stage(),
            Stage::Disqualified
        );
        assert_eq!(go(at(Step::Accepted), disqualified, &staff()), Err(MoveError::WrongEnd));
        assert_eq!(go(at(Step::Submitted), lost(), &staff()), Err(MoveError::WrongEnd));
        assert_eq!(go(at(Step::Qualified), lost(), &staff()).unwrap().stage(), Stage::Lost);
        assert_eq!(go(at(Step::Accepted), Move::Withdraw, &own()).unwrap().stage(), Stage::Withdrawn);
        assert_eq!(go(at(Step::Contacted), Move::Withdraw, &own()), Err(MoveError::AlreadyContacted));
    }

    #[test]
    fn a_refusal_ends_it_for_good() {
        let refused = go(Referral::restore(facts()), Move::RefuseConsent, &Mover::Contact).unwrap();
        assert_eq!((refused.stage(), refused.facts().consent), (Stage::Declined, ConsentState::Refused));
        let reopen = Move::Correct { to: Step::Submitted, reason: reason() };
        assert_eq!(go(refused, reopen, &staff()), Err(MoveError::ConsentMissing));
    }

    #[test]
    fn staff_note_an_answer_only_after_a_human_first_contact() {
        assert_eq!(go(Referral::restore(facts()), Move::GiveConsent, &staff()), Err(MoveError::NotAllowed));
        let by_phone = Facts { consent_path: ConsentPath::HumanFirstContact, ..facts() };
        assert!(go(Referral::restore(by_phone), Move::GiveConsent, &staff()).is_ok());
    }

    #[test]
    fn time_ends_what_nobody_moves() {
        let expire = |referral: Referral, after: TimeDelta| {
            referral.apply(Move::Expire, &Mover::System, noon() + after, &ReferralSettings::default()).is_ok()
        };
        let second = TimeDelta::seconds(1);
        assert!(!expire(Referral::restore(facts()), TimeDelta::days(14) - second));
        assert!(expire(Referral::restore(facts()), TimeDelta::days(14)));
        let months = noon() + Months::new(18) - noon();
        assert!(!expire(at(Step::Meeting), months - second));
        assert!(expire(at(Step::Meeting), months));
        assert!(!expire(at(Step::Won), months));
    }

    #[test]
    fn corrections_lead_back_and_leave_a_line() {
        let back = |to| Move::Correct { to, reason: reason() };
        let settings = ReferralSettings::default();
        let (referral, events) =
            at(Step::Won).apply(back(Step::Meeting), &staff(), noon(), &settings).unwrap();
        assert_eq!(referral.stage(), Stage::Meeting);
        assert_eq!(events[0].kind.code(), "corrected");
        assert_eq!(go(referral.clone(), back(Step::Won), &staff()), Err(MoveError::NotBack));
        let lost = go(referral, lost(), &staff()).unwrap();
        assert_eq!(go(lost.clone(), back(Step::Qualified), &staff()), Err(MoveError::NotBack));
        assert_eq!(go(lost, back(Step::Meeting), &staff()).unwrap().stage(), Stage::Meeting);
    }

    fn any_step() -> impl Strategy<Value = Step> {
        prop::sample::select(Step::ALL)
    }

    fn any_move() -> impl Strategy<Value = Move> {
        prop_oneof![
            Just(Move::GiveConsent),
            Just(Move::RefuseConsent),
            Just(Move::WithdrawConsent),
            any_step().prop_map(Move::Forward),
            Just(Move::Enter(trial())),
            Just(Move::Decline),
            Just(lost()),
            Just(Move::Close(Closing::Disqualified(DisqualifyReason::Other, reason()))),
            Just(Move::Expire),
            Just(Move::Withdraw),
            any_step().prop_map(|to| Move::Correct { to, reason: reason() }),
        ]
    }

    fn any_mover() -> impl Strategy<Value = Mover> {
        prop::sample::select(vec![own(), Mover::Contact, staff(), Mover::Api, Mover::System])
    }

    proptest! {
        #[test]
        fn random_moves_never_reach_an_illegal_state(
            moves in prop::collection::vec((any_move(), any_mover(), 0..100i64, any::<bool>()), 1..40),
        ) {
            let mut referral = Referral::restore(facts());
            let mut now = noon();
            for (action, by, days, accept_by_rule) in moves {
                now += TimeDelta::days(days);
                let settings = ReferralSettings { accept_by_rule, ..ReferralSettings::default() };
                let before = referral.clone();
                let Ok((after, events)) = referral.clone().apply(action, &by, now, &settings) else { continue };
                prop_assert!(!events.is_empty(), "every change leaves a line");
                let (old, new) = (before.facts(), after.facts());
                prop_assert_eq!(Position::restore(new.position.stage(), new.position.reached()), Some(new.position));
                prop_assert!(new.consent >= old.consent, "an answer is never forgotten");
                if new.position.open().is_some_and(|step| step > Step::Submitted) {
                    prop_assert_eq!(new.consent, ConsentState::Given);
                }
                if let Some(between) = new.between {
                    prop_assert_eq!((between, new.position), (trial().id, Position::On(trial().after)));
                }
                if new.position.reached() > old.position.reached() {
                    prop_assert_eq!(new.consent, ConsentState::Given);
                    prop_assert!(matches!(by, Mover::Staff(_) | Mover::Api | Mover::System));
                }
                let since =
                    if new.position.reached() == old.position.reached() { old.reached_since } else { now };
                prop_assert_eq!(new.reached_since, since, "an end makes nothing younger");
                prop_assert_eq!(&new.terms, &old.terms, "terms are frozen");
                referral = after;
            }
        }
    }
}
