//! A reward and its transitions. Each consumes the reward and tells what happened; the ledger posts from that.

use chrono::{DateTime, Days, Months, Utc};

use super::{PendingCause, Receiver, ReversalCause, RewardCode, RewardKey, RewardState, RewardTerms};
use crate::{
    ids::{AccountId, CaseId, IncentiveId, MemberId, RewardId},
    incentives::{Amount, IncentiveKind, PayingStep},
    members::Approving,
};

/// What is promised, as soon as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promise {
    /// By which incentive.
    pub incentive: IncentiveId,
    /// Of which kind.
    pub kind: IncentiveKind,
    /// How much; what partial refunds took back is no longer in it.
    pub amount: Amount,
    /// For whom.
    pub receiver: Receiver,
}

/// What refunds have taken of a reward so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Refunded {
    /// How much of the deal the new customer got back in all, in percent.
    pub percent: u8,
    /// How much of the reward went back for it, in its unit.
    pub amount: i64,
}

/// Everything a reward knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RewardFacts {
    /// Which reward.
    pub id: RewardId,
    /// What makes it unique.
    pub key: RewardKey,
    /// What is promised; `None` only while pending, or if it never became more.
    pub promise: Option<Promise>,
    /// Its state.
    pub state: RewardState,
    /// What refunds took of what was promised.
    pub refunded: Refunded,
    /// The open case of the compliance matrix that holds it, in whatever state it is.
    pub hold: Option<CaseId>,
    /// The case of suspected misuse that holds everything of its referral, and thereby this. It begins and ends with the
    /// case, beside the hold of the matrix, and changes nothing about the reward.
    pub suspicion: Option<CaseId>,
    /// When it was earned.
    pub created_at: DateTime<Utc>,
    /// The terms frozen at submission.
    pub terms: RewardTerms,
}

/// A reward.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reward {
    facts: RewardFacts,
}

/// What happened to a reward.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RewardEvent {
    /// Which reward.
    pub reward: RewardId,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub kind: RewardEventKind,
}

impl RewardEvent {
    /// Whether it is a taking back that takes nothing.
    pub(super) const fn takes_nothing(&self) -> bool {
        matches!(self.kind, RewardEventKind::Reversed { amount: None, .. })
    }
}

/// The kinds of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RewardEventKind {
    /// It was earned, but something is missing.
    Awaited(PendingCause),
    /// Its amount is known and reserved.
    Reserved(Amount),
    /// The first of two approved it.
    FirstApproval(MemberId),
    /// It is owed.
    Approved(Amount),
    /// It was delivered.
    Fulfilled(Amount),
    /// So much of it was taken back, out of this state.
    Reversed {
        /// How much; `None` if nothing was promised yet.
        amount: Option<Amount>,
        /// The state it was in.
        from: RewardCode,
        /// Why.
        cause: ReversalCause,
    },
    /// It was refused; what was reserved is free again.
    Declined(Option<Amount>),
    /// Nobody took it; what was reserved or owed is free again.
    Expired {
        /// How much.
        amount: Option<Amount>,
        /// The state it was in.
        from: RewardCode,
    },
    /// A case of the matrix holds it.
    Held(CaseId),
    /// That case is closed.
    Released(CaseId),
}

/// Why a transition is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RewardError {
    /// Not from this state.
    WrongState,
    /// A case holds it.
    Held,
    /// Clearing has not ended, or it is too early to expire.
    TooEarly,
    /// Nobody approves their own reward or one of their own company.
    OwnReward,
    /// The second approval must come from somebody else.
    SameApprover,
    /// The time for refunds is over.
    RefundTimeOver,
    /// Only the part on `won` is taken back by a refund.
    NotWonPart,
    /// The refund takes nothing back.
    NothingToReverse,
    /// Only an access that was granted early can be revoked.
    NotAccess,
}

error_codes!(RewardError {
    Self::WrongState => "wrong_state",
    Self::Held => "held",
    Self::TooEarly => "too_early",
    Self::OwnReward => "own_reward",
    Self::SameApprover => "same_approver",
    Self::RefundTimeOver => "refund_time_over",
    Self::NotWonPart => "not_won_part",
    Self::NothingToReverse => "nothing_to_reverse",
    Self::NotAccess => "not_access",
});

/// The setting for approvals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ApprovalRules {
    /// Above this amount two people approve; compared within its own unit.
    pub four_eyes_above: Option<Amount>,
}

/// Whose reward it is, and from where the approver comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApprovalContext {
    /// The advocate who earned it.
    pub advocate: MemberId,
    /// The advocate's company.
    pub advocate_account: AccountId,
    /// The approver's company, if they belong to a customer.
    pub approver_account: Option<AccountId>,
}

impl ApprovalContext {
    /// Whether it is the approver's own reward, or one of their own company.
    pub fn is_own(&self, approver: MemberId) -> bool {
        approver == self.advocate || self.approver_account == Some(self.advocate_account)
    }

    /// Whether this approver may decide about it.
    ///
    /// # Errors
    /// [`RewardError::OwnReward`] for the advocate and everybody of their company.
    pub fn check(&self, by: &Approving) -> Result<(), RewardError> {
        if self.is_own(by.member()) { Err(RewardError::OwnReward) } else { Ok(()) }
    }
}

type Outcome = Result<(Reward, RewardEvent), RewardError>;

impl Reward {
    /// A reward that was earned. Without a promise it waits for what is missing.
    pub fn earn(
        id: RewardId,
        key: RewardKey,
        promise: Result<Promise, PendingCause>,
        now: DateTime<Utc>,
        terms: RewardTerms,
    ) -> (Self, RewardEvent) {
        let (state, kind) = start(promise, terms, now);
        let facts = RewardFacts {
            id,
            key,
            promise: promise.ok(),
            state,
            refunded: Refunded::default(),
            hold: None,
            suspicion: None,
            created_at: now,
            terms,
        };
        (Self { facts }, RewardEvent { reward: id, at: now, kind })
    }

    /// A reward as the store remembers it.
    pub const fn restore(facts: RewardFacts) -> Self {
        Self { facts }
    }

    /// Everything it knows.
    pub const fn facts(&self) -> &RewardFacts {
        &self.facts
    }

    /// Gives everything away, for the store to keep.
    pub fn into_facts(self) -> RewardFacts {
        self.facts
    }

    /// What was missing is known: the reward starts clearing.
    pub fn promise(mut self, promise: Promise, now: DateTime<Utc>) -> Outcome {
        let RewardState::Pending { .. } = self.facts.state else { return Err(RewardError::WrongState) };
        self.facts.promise = Some(promise);
        let state = clearing(now, self.facts.terms);
        Ok(self.enter(state, RewardEventKind::Reserved(promise.amount), now))
    }

    /// The choice that was awaited, the deal or a cap leaves nothing of this part. `instead_of` is what it would have
    /// been, to be shown; nothing of it was ever reserved.
    pub fn forgo(mut self, instead_of: Option<Promise>, now: DateTime<Utc>) -> Outcome {
        let RewardState::Pending { .. } = self.facts.state else { return Err(RewardError::WrongState) };
        self.facts.promise = instead_of;
        Ok(self.enter(RewardState::Declined { at: now }, RewardEventKind::Declined(None), now))
    }

    /// What a pending reward waits for has changed.
    pub fn await_other(mut self, cause: PendingCause, now: DateTime<Utc>) -> Outcome {
        let RewardState::Pending { .. } = self.facts.state else { return Err(RewardError::WrongState) };
        self.facts.promise = None;
        Ok(self.enter(RewardState::Pending { cause }, RewardEventKind::Awaited(cause), now))
    }

    /// A stage that was taken back by a correction is reached again, or a deal that was not paid is: the same reward starts
    /// anew, with what it is worth now. What refunds had taken was taken of the deal that was put right; of a deal that is
    /// paid after all it stays taken.
    pub fn reinstate(mut self, promise: Result<Promise, PendingCause>, now: DateTime<Utc>) -> Outcome {
        let promise = match self.facts.state {
            RewardState::Reversed { cause: ReversalCause::Correction, .. } => {
                self.facts.refunded = Refunded::default();
                promise
            }
            RewardState::Reversed { cause: ReversalCause::Unpaid, .. } => {
                promise.map(|whole| self.left_of(whole))
            }
            _ => return Err(RewardError::WrongState),
        };
        let (state, kind) = start(promise, self.facts.terms, now);
        self.facts.promise = promise.ok();
        Ok(self.enter(state, kind, now))
    }

    /// What earlier refunds leave of a promise that is made once more.
    fn left_of(&mut self, whole: Promise) -> Promise {
        let taken = whole.amount.fraction(self.facts.refunded.percent.into(), 100).map_or(0, Amount::value);
        self.facts.refunded.amount = taken;
        Promise { amount: whole.amount.minus(taken).unwrap_or(whole.amount), ..whole }
    }

    /// The stage at which a choice, the deal or a cap left nothing of this part was a mistake: it may be earned anew.
    pub fn forget(self, now: DateTime<Utc>) -> Outcome {
        let RewardState::Declined { .. } = self.facts.state else { return Err(RewardError::WrongState) };
        let cause = ReversalCause::Correction;
        // Nothing was reserved for it, whatever is shown.
        let kind = RewardEventKind::Reversed { amount: None, from: RewardCode::Declined, cause };
        Ok(self.enter(RewardState::Reversed { at: now, cause }, kind, now))
    }

    /// Approves it; above the limit the first approval is noted and a second one is needed.
    pub fn approve(
        self,
        by: &Approving,
        context: &ApprovalContext,
        rules: &ApprovalRules,
        now: DateTime<Utc>,
    ) -> Outcome {
        let RewardState::Clearing { until, first_approval } = self.facts.state else {
            return Err(RewardError::WrongState);
        };
        let amount = self.free()?;
        context.check(by)?;
        if now < until {
            return Err(RewardError::TooEarly);
        }
        let limit = rules.four_eyes_above.filter(|limit| limit.unit() == amount.unit());
        let four_eyes = limit.is_some_and(|limit| amount.value() > limit.value());
        match first_approval {
            None if four_eyes => {
                let state = RewardState::Clearing { until, first_approval: Some(by.member()) };
                Ok(self.enter(state, RewardEventKind::FirstApproval(by.member()), now))
            }
            Some(first) if four_eyes && first == by.member() => Err(RewardError::SameApprover),
            _ => Ok(self.enter(RewardState::Approved { at: now }, RewardEventKind::Approved(amount), now)),
        }
    }

    /// Refuses it. The caller records the reason and tells the advocate.
    pub fn decline(self, by: &Approving, context: &ApprovalContext, now: DateTime<Utc>) -> Outcome {
        context.check(by)?;
        match self.facts.state {
            RewardState::Pending { .. } | RewardState::Clearing { .. } => {
                let kind = RewardEventKind::Declined(self.amount());
                Ok(self.enter(RewardState::Declined { at: now }, kind, now))
            }
            _ => Err(RewardError::WrongState),
        }
    }

    /// It was delivered, with proof.
    pub fn fulfil(self, now: DateTime<Utc>) -> Outcome {
        let RewardState::Approved { .. } = self.facts.state else { return Err(RewardError::WrongState) };
        let amount = self.free()?;
        Ok(self.enter(RewardState::Fulfilled { at: now }, RewardEventKind::Fulfilled(amount), now))
    }

    /// When it expires if nobody takes it; `None` in states that wait for the host, or for nobody.
    pub fn expires_at(&self) -> Option<DateTime<Utc>> {
        let since = match self.facts.state {
            RewardState::Pending { .. } => self.facts.created_at,
            RewardState::Approved { at } => at,
            _ => return None,
        };
        since.checked_add_months(Months::new(self.facts.terms.expiry_months))
    }

    /// Nobody took it in time.
    pub fn expire(self, now: DateTime<Utc>) -> Outcome {
        let due = self.expires_at().ok_or(RewardError::WrongState)?;
        if self.is_held() {
            return Err(RewardError::Held);
        }
        if now < due {
            return Err(RewardError::TooEarly);
        }
        let kind = RewardEventKind::Expired { amount: self.amount(), from: self.facts.state.code() };
        Ok(self.enter(RewardState::Expired { at: now }, kind, now))
    }

    /// The stage was corrected backwards: what is not fulfilled is taken back.
    pub fn reverse_for_correction(self, now: DateTime<Utc>) -> Outcome {
        if self.facts.state.code() == RewardCode::Fulfilled {
            return Err(RewardError::WrongState);
        }
        self.reverse(ReversalCause::Correction, now)
    }

    /// Somebody cheated: everything is taken back, delivered or not.
    pub fn reverse_for_fraud(self, now: DateTime<Utc>) -> Outcome {
        self.reverse(ReversalCause::Fraud, now)
    }

    /// An access that was granted early is ended. What was not granted yet is declined, or taken back for another cause.
    pub fn revoke(self, now: DateTime<Utc>) -> Outcome {
        self.end_access(ReversalCause::Revoked, now)
    }

    /// An access that was granted early ends with the tier that it asked for.
    pub fn end_with_tier(self, now: DateTime<Utc>) -> Outcome {
        self.end_access(ReversalCause::TierLost, now)
    }

    fn end_access(self, cause: ReversalCause, now: DateTime<Utc>) -> Outcome {
        if self.facts.promise.is_none_or(|promise| !promise.kind.is_revocable()) {
            return Err(RewardError::NotAccess);
        }
        if self.facts.state.code() != RewardCode::Fulfilled {
            return Err(RewardError::WrongState);
        }
        self.reverse(cause, now)
    }

    /// The new customer got `percent` of the deal back (100 on churn) at `now`, after a deal won at `won_at`. As much of
    /// what was promised is taken back; several refunds add up, each counted from the whole and all of them rounded down
    /// as one, until nothing is left.
    pub fn reverse_for_refund(self, percent: u8, won_at: DateTime<Utc>, now: DateTime<Utc>) -> Outcome {
        if self.facts.key.part != PayingStep::Won {
            return Err(RewardError::NotWonPart);
        }
        if self.is_firm(won_at, now) {
            return Err(RewardError::RefundTimeOver);
        }
        let (reward, event) = self.give_back(percent, now)?;
        if event.takes_nothing() && reward.facts.state.code() != RewardCode::Reversed {
            return Err(RewardError::NothingToReverse);
        }
        Ok((reward, event))
    }

    /// Whether what happens to the deal at `at` comes after the days in which it still counts.
    pub(super) fn is_firm(&self, won_at: DateTime<Utc>, at: DateTime<Utc>) -> bool {
        let last = won_at.checked_add_days(Days::new(self.facts.terms.refund_days.into()));
        last.is_some_and(|last| at > last)
    }

    /// Takes so much of what was promised back, on top of what was before. Of what can't be divided so finely nothing may go
    /// yet; the percentage is remembered for the next time.
    pub(super) fn give_back(mut self, percent: u8, now: DateTime<Utc>) -> Outcome {
        let before = self.facts.refunded;
        let percent = before.percent.saturating_add(percent).min(100);
        if percent == 100 {
            self.facts.refunded.percent = percent;
            return self.reverse(ReversalCause::Refund, now);
        }
        let from = self.reversible()?;
        let promise = self.facts.promise.as_mut().ok_or(RewardError::NothingToReverse)?;
        let unit = promise.amount.unit();
        let whole = Amount::new(promise.amount.value().saturating_add(before.amount), unit)
            .map_err(|_| RewardError::NothingToReverse)?;
        let refunded = whole.fraction(percent.into(), 100).map_or(0, Amount::value);
        let taken = Amount::new(refunded - before.amount, unit).ok();
        promise.amount = whole.minus(refunded).ok_or(RewardError::NothingToReverse)?;
        self.facts.refunded = Refunded { percent, amount: refunded };
        let state = self.facts.state;
        let kind = RewardEventKind::Reversed { amount: taken, from, cause: ReversalCause::Refund };
        Ok(self.enter(state, kind, now))
    }

    /// Whether a case holds it, whichever: it is neither approved nor delivered nor lost until then.
    pub const fn is_held(&self) -> bool {
        self.facts.hold.is_some() || self.facts.suspicion.is_some()
    }

    /// A case of the matrix holds it: it is neither approved nor delivered nor lost until the case is closed.
    pub fn hold(mut self, case: CaseId, now: DateTime<Utc>) -> Outcome {
        if self.facts.hold.replace(case).is_some() {
            return Err(RewardError::Held);
        }
        let state = self.facts.state;
        Ok(self.enter(state, RewardEventKind::Held(case), now))
    }

    /// Somebody lets it go with a reason; never one's own reward or one of one's own company.
    pub fn release_by(self, by: &Approving, context: &ApprovalContext, now: DateTime<Utc>) -> Outcome {
        context.check(by)?;
        self.release(now)
    }

    /// The case is closed.
    pub fn release(mut self, now: DateTime<Utc>) -> Outcome {
        let case = self.facts.hold.take().ok_or(RewardError::WrongState)?;
        let state = self.facts.state;
        Ok(self.enter(state, RewardEventKind::Released(case), now))
    }

    pub(super) fn reverse(self, cause: ReversalCause, now: DateTime<Utc>) -> Outcome {
        let from = self.reversible()?;
        let kind = RewardEventKind::Reversed { amount: self.amount(), from, cause };
        Ok(self.enter(RewardState::Reversed { at: now, cause }, kind, now))
    }

    fn reversible(&self) -> Result<RewardCode, RewardError> {
        let code = self.facts.state.code();
        match code {
            RewardCode::Pending | RewardCode::Clearing | RewardCode::Approved | RewardCode::Fulfilled => {
                Ok(code)
            }
            RewardCode::Reversed | RewardCode::Declined | RewardCode::Expired => Err(RewardError::WrongState),
        }
    }

    fn amount(&self) -> Option<Amount> {
        self.facts.promise.map(|promise| promise.amount)
    }

    /// The amount, if no case holds it.
    fn free(&self) -> Result<Amount, RewardError> {
        if self.is_held() {
            return Err(RewardError::Held);
        }
        self.amount().ok_or(RewardError::WrongState)
    }

    fn enter(mut self, state: RewardState, kind: RewardEventKind, now: DateTime<Utc>) -> (Self, RewardEvent) {
        self.facts.state = state;
        let reward = self.facts.id;
        (self, RewardEvent { reward, at: now, kind })
    }
}

fn start(
    promise: Result<Promise, PendingCause>,
    terms: RewardTerms,
    now: DateTime<Utc>,
) -> (RewardState, RewardEventKind) {
    match promise {
        Ok(promise) => (clearing(now, terms), RewardEventKind::Reserved(promise.amount)),
        Err(cause) => (RewardState::Pending { cause }, RewardEventKind::Awaited(cause)),
    }
}

fn clearing(now: DateTime<Utc>, terms: RewardTerms) -> RewardState {
    let days = Days::new(terms.clearing_days.into());
    // Beyond the end of the calendar there is nothing to wait for.
    RewardState::Clearing { until: now.checked_add_days(days).unwrap_or(now), first_approval: None }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::{
        incentives::testing::euros,
        members::{Actor, Role, RoleSet},
        referrals::testing::noon,
        rewards::Side,
    };

    fn promise(value: i64) -> Promise {
        Promise {
            incentive: Uuid::from_u128(20).into(),
            kind: IncentiveKind::Credit,
            amount: euros(value),
            receiver: Receiver::Account(Uuid::from_u128(2).into()),
        }
    }

    fn earned(promise: Result<Promise, PendingCause>) -> Reward {
        let key =
            RewardKey { referral: Uuid::from_u128(10).into(), part: PayingStep::Won, side: Side::Advocate };
        Reward::earn(Uuid::from_u128(30).into(), key, promise, noon(), RewardTerms::default()).0
    }

    fn approver(n: u128) -> Approving {
        let roles = RoleSet::EMPTY.with(Role::Marketing);
        Actor { member: Uuid::from_u128(n).into(), account: None, roles }.approving().unwrap()
    }

    fn context() -> ApprovalContext {
        ApprovalContext {
            advocate: Uuid::from_u128(1).into(),
            advocate_account: Uuid::from_u128(2).into(),
            approver_account: None,
        }
    }

    fn later(days: i64) -> DateTime<Utc> {
        noon() + TimeDelta::days(days)
    }

    fn approve(reward: Reward, by: u128) -> Outcome {
        reward.approve(&approver(by), &context(), &ApprovalRules::default(), later(30))
    }

    fn left(reward: &Reward) -> i64 {
        reward.facts().promise.map_or(0, |promise| promise.amount.value())
    }

    fn fulfilled(value: i64) -> Reward {
        let (approved, _) = approve(earned(Ok(promise(value))), 7).unwrap();
        approved.fulfil(later(31)).unwrap().0
    }

    #[test]
    fn a_reward_walks_to_its_delivery() {
        let reward = earned(Err(PendingCause::Choose));
        assert_eq!(approve(reward.clone(), 7), Err(RewardError::WrongState));
        let (reward, event) = reward.promise(promise(100), noon()).unwrap();
        assert_eq!(event.kind, RewardEventKind::Reserved(euros(100)));
        let early = reward.clone().approve(&approver(7), &context(), &ApprovalRules::default(), later(29));
        assert_eq!(early, Err(RewardError::TooEarly));
        let (reward, _) = approve(reward, 7).unwrap();
        let (reward, event) = reward.fulfil(later(31)).unwrap();
        assert_eq!(event.kind, RewardEventKind::Fulfilled(euros(100)));
        assert_eq!(reward.fulfil(later(32)), Err(RewardError::WrongState));
    }

    #[test]
    fn a_choice_may_pay_nothing_for_a_part() {
        let (forgone, event) = earned(Err(PendingCause::Choose)).forgo(Some(promise(9)), noon()).unwrap();
        assert_eq!(event.kind, RewardEventKind::Declined(None));
        assert_eq!(forgone.clone().reinstate(Ok(promise(10)), noon()), Err(RewardError::WrongState));
        let (forgotten, _) = forgone.forget(noon()).unwrap();
        let (again, event) = forgotten.reinstate(Ok(promise(20)), noon()).unwrap();
        assert_eq!(event.kind, RewardEventKind::Reserved(euros(20)));
        assert_eq!(again.forget(noon()), Err(RewardError::WrongState));
        assert_eq!(earned(Ok(promise(1))).forgo(None, noon()), Err(RewardError::WrongState));
        let (waits, _) = earned(Err(PendingCause::Choose)).await_other(PendingCause::Deal, noon()).unwrap();
        assert_eq!(waits.facts().state, RewardState::Pending { cause: PendingCause::Deal });
    }

    #[test]
    fn nobody_approves_their_own() {
        assert_eq!(approve(earned(Ok(promise(1))), 1), Err(RewardError::OwnReward));
        let colleague = ApprovalContext { approver_account: Some(Uuid::from_u128(2).into()), ..context() };
        let reward = earned(Ok(promise(1)));
        let outcome = reward.approve(&approver(7), &colleague, &ApprovalRules::default(), later(30));
        assert_eq!(outcome, Err(RewardError::OwnReward));
    }

    #[test]
    fn above_the_limit_two_people_approve() {
        let rules = ApprovalRules { four_eyes_above: Some(euros(100)) };
        let approve = |reward: Reward, by| reward.approve(&approver(by), &context(), &rules, later(30));
        let (once, _) = approve(earned(Ok(promise(101))), 7).unwrap();
        assert_eq!(once.facts().state.code(), RewardCode::Clearing);
        assert_eq!(approve(once.clone(), 7), Err(RewardError::SameApprover));
        assert_eq!(approve(once, 8).unwrap().0.facts().state.code(), RewardCode::Approved);
        let (at_limit, _) = approve(earned(Ok(promise(100))), 7).unwrap();
        assert_eq!(at_limit.facts().state.code(), RewardCode::Approved);
    }

    #[test]
    fn a_held_reward_waits_and_does_not_vanish() {
        let case = Uuid::from_u128(50).into();
        let (held, _) = earned(Ok(promise(1))).hold(case, noon()).unwrap();
        assert_eq!(approve(held.clone(), 7), Err(RewardError::Held));
        let (free, _) = held.release(noon()).unwrap();
        assert!(approve(free, 7).is_ok());
        let (held, _) = earned(Err(PendingCause::Choose)).hold(case, noon()).unwrap();
        assert_eq!(held.expire(later(9_999)), Err(RewardError::Held));
    }

    #[test]
    fn two_cases_hold_one_reward_and_end_each_by_itself() {
        let (held, _) = earned(Ok(promise(1))).hold(Uuid::from_u128(50).into(), noon()).unwrap();
        let suspected = |reward: &Reward, case: Option<u128>| {
            let suspicion = case.map(|case| Uuid::from_u128(case).into());
            Reward::restore(RewardFacts { suspicion, ..reward.facts().clone() })
        };
        let both = suspected(&held, Some(51));
        let (one, _) = both.release(noon()).unwrap();
        assert_eq!(approve(one.clone(), 7), Err(RewardError::Held), "the other case still holds it");
        assert!(approve(suspected(&one, None), 7).is_ok());
        let pending = suspected(&earned(Err(PendingCause::Choose)), Some(51));
        assert_eq!(pending.expire(later(9_999)), Err(RewardError::Held));
        assert!(suspected(&held, Some(51)).reverse_for_fraud(noon()).is_ok());
    }

    #[test]
    fn a_correction_spares_what_was_delivered_and_can_be_made_good() {
        assert_eq!(fulfilled(10).reverse_for_correction(later(40)), Err(RewardError::WrongState));
        let (reversed, _) = earned(Ok(promise(10))).reverse_for_correction(noon()).unwrap();
        let (again, event) = reversed.reinstate(Ok(promise(12)), later(5)).unwrap();
        assert_eq!(event.kind, RewardEventKind::Reserved(euros(12)));
        assert_eq!(again.facts().state.code(), RewardCode::Clearing);
        let (fraud, _) = again.reverse_for_fraud(later(6)).unwrap();
        assert_eq!(fraud.reinstate(Ok(promise(10)), later(7)), Err(RewardError::WrongState));
    }

    #[test]
    fn a_refund_takes_back_in_proportion() {
        let refund = |percent, days| fulfilled(101).reverse_for_refund(percent, noon(), later(days));
        let (partly, event) = refund(33, 40).unwrap();
        let from = RewardCode::Fulfilled;
        let cause = ReversalCause::Refund;
        assert_eq!(event.kind, RewardEventKind::Reversed { amount: Some(euros(33)), from, cause });
        assert_eq!(left(&partly), 68);
        assert_eq!(refund(100, 90).unwrap().0.facts().state.code(), RewardCode::Reversed);
        assert_eq!(refund(100, 91), Err(RewardError::RefundTimeOver));
        assert_eq!(refund(0, 40), Err(RewardError::NothingToReverse));
    }

    #[test]
    fn a_second_refund_counts_from_what_was_promised() {
        let half = |reward: Reward| reward.reverse_for_refund(50, noon(), later(40)).unwrap();
        let (once, _) = half(fulfilled(99));
        assert_eq!(left(&once), 50, "rounded down in the receiver's favour");
        let (twice, event) = half(once);
        assert_eq!(twice.facts().state.code(), RewardCode::Reversed);
        let (from, cause) = (RewardCode::Fulfilled, ReversalCause::Refund);
        assert_eq!(event.kind, RewardEventKind::Reversed { amount: Some(euros(50)), from, cause });
        let again = twice.reverse_for_refund(50, noon(), later(40));
        assert_eq!(again, Err(RewardError::WrongState));
    }

    proptest! {
        #[test]
        fn refunds_add_up_and_never_take_more_than_there_was(
            whole in 1..1_000_000i64,
            percents in prop::collection::vec(0..=120u8, 1..12),
        ) {
            let mut reward = fulfilled(whole);
            let (mut taken, mut percent) = (0, 0u8);
            for refund in percents {
                let Ok((after, event)) = reward.clone().reverse_for_refund(refund, noon(), later(40)) else {
                    continue;
                };
                percent = percent.saturating_add(refund).min(100);
                let RewardEventKind::Reversed { amount: Some(amount), .. } = event.kind else {
                    return Err(TestCaseError::fail("nothing was taken"));
                };
                taken += amount.value();
                let ended = after.facts().state.code() == RewardCode::Reversed;
                prop_assert_eq!(ended, percent == 100);
                prop_assert_eq!(taken, whole * i64::from(percent) / 100);
                prop_assert!(taken <= whole);
                if !ended {
                    prop_assert_eq!(left(&after), whole - taken);
                }
                reward = after;
            }
        }
    }

    #[test]
    fn three_years_are_given_to_choose() {
        let due = noon() + Months::new(36);
        let reward = earned(Err(PendingCause::Choose));
        assert_eq!(reward.expires_at(), Some(due));
        assert_eq!(reward.clone().expire(due - TimeDelta::seconds(1)), Err(RewardError::TooEarly));
        assert!(reward.expire(due).is_ok());
    }
}
