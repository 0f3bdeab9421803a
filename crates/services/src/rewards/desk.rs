//! The desk that every change of a reward goes over: it is stored, booked, audited, and leaves its win entry, or none
//! of that happens.

use std::collections::BTreeMap;

use chrono::Days;
use domain::{
    campaigns::extra_after,
    ids::{FeatureId, MemberId, RewardId},
    incentives::Amount,
    ledger::{RewardParties, ShortfallMove, post_reward, post_shortfall},
    rewards::{
        Benefit, IntroductionError, ProofError, ReversalCause, Reward, RewardCode, RewardError, RewardEvent,
        RewardEventKind, RewardTerms, Shortfall, ShortfallError,
    },
    triple_win::{WinCause, WinEntry, on_benefit_fulfilled, on_reward_fulfilled},
};
use serde_json::json;
use store::{
    StoreError, Tx,
    campaigns::BudgetKey,
    ledger::Posting,
    rewards::{CapKey, StoredBenefit, StoredReward},
};
use uuid::Uuid;

use super::{RewardNews, RewardSettings, expire, remind, shortfalls::postings, tell};
use crate::{Ctx, access::shrink};

/// Why an act on a reward is refused.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// There is none, or it is none of the actor's business.
    #[error("not_found")]
    NotFound,
    /// The actor's roles do not reach this far.
    #[error("not_allowed")]
    NotAllowed,
    /// Somebody changed it since the page was loaded.
    #[error("reward_stale")]
    Stale,
    /// Whoever shall deliver it has left, or does something else.
    #[error("delivery_owner_unknown")]
    Owner,
    /// The rules refuse it.
    #[error("reward_{0}")]
    Rule(RewardError),
    /// The proof is not accepted.
    #[error("{0}")]
    Proof(ProofError),
    /// No seat of the feature is free.
    #[error("no_seats")]
    NoSeats,
    /// The feature is nothing early any more.
    #[error("feature_over")]
    FeatureOver,
    /// The steps of an introduction refuse it.
    #[error("{0}")]
    Introduction(IntroductionError),
    /// What is to be returned can't be decided so.
    #[error("{0}")]
    Shortfall(ShortfallError),
    /// The memory failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for ActError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale => Self::Stale,
            other => Self::Store(other),
        }
    }
}

impl From<RewardError> for ActError {
    fn from(error: RewardError) -> Self {
        Self::Rule(error)
    }
}

/// How much an event moves from one account to another.
fn moved(kind: RewardEventKind) -> Option<Amount> {
    match kind {
        RewardEventKind::Reserved(amount)
        | RewardEventKind::Approved(amount)
        | RewardEventKind::Fulfilled(amount) => Some(amount),
        RewardEventKind::Reversed { amount, .. }
        | RewardEventKind::Declined(amount)
        | RewardEventKind::Expired { amount, .. } => amount,
        RewardEventKind::Awaited(_)
        | RewardEventKind::FirstApproval(_)
        | RewardEventKind::Held(_)
        | RewardEventKind::Released(_) => None,
    }
}

/// Collects what a use case books and counts, so that it is done in one go: the ledger locks its accounts, the caps their
/// sums, and early access its features, in one fixed order.
pub(crate) struct Desk<'a> {
    ctx: &'a Ctx,
    tx: &'a Tx,
    actor: Option<MemberId>,
    postings: Vec<Posting>,
    against_caps: BTreeMap<CapKey, i64>,
    against_budgets: BTreeMap<BudgetKey, i64>,
    freed: BTreeMap<FeatureId, i64>,
}

impl<'a> Desk<'a> {
    pub(crate) fn new(ctx: &'a Ctx, tx: &'a Tx, actor: Option<MemberId>) -> Self {
        let (against_caps, against_budgets) = (BTreeMap::new(), BTreeMap::new());
        Self { ctx, tx, actor, postings: Vec::new(), against_caps, against_budgets, freed: BTreeMap::new() }
    }

    /// What this use case itself has added to a cap so far.
    pub(super) fn counted(&self, key: CapKey) -> i64 {
        self.against_caps.get(&key).copied().unwrap_or(0)
    }

    /// What this use case itself has added to what a campaign has given so far.
    pub(super) fn given(&self, key: BudgetKey) -> i64 {
        self.against_budgets.get(&key).copied().unwrap_or(0)
    }

    fn count(&mut self, stored: &StoredReward, sign: i64) {
        if let Some((key, value)) = stored.against_cap() {
            *self.against_caps.entry(key).or_default() += sign * value;
        }
        if let Some((key, value)) = stored.against_budget() {
            *self.against_budgets.entry(key).or_default() += sign * value;
        }
    }

    /// A reward that was just earned, with the last thing that happened to it.
    pub(super) async fn add(&mut self, new: &StoredReward, event: &RewardEvent) -> Result<(), StoreError> {
        self.tx.rewards().insert(new).await?;
        self.count(new, 1);
        self.settle(new, event, new.version).await
    }

    /// A reward after a transition, in place of `before`. `before` is kept up to date for the next transition.
    pub(crate) async fn change(
        &mut self,
        stored: &mut StoredReward,
        (reward, event): (Reward, RewardEvent),
    ) -> Result<(), StoreError> {
        let before = stored.against_cap();
        self.count(stored, -1);
        stored.reward = reward;
        if let (Some((_, before)), Some((_, after)), Some(share)) =
            (before, stored.against_cap(), &mut stored.campaign)
        {
            share.extra = extra_after(share.extra, before, after);
        }
        self.count(stored, 1);
        self.tx.rewards().save(stored).await?;
        stored.version += 1;
        self.settle(stored, &event, stored.version).await
    }

    /// Everything that follows from one event of a reward.
    async fn settle(
        &mut self,
        stored: &StoredReward,
        event: &RewardEvent,
        version: i32,
    ) -> Result<(), StoreError> {
        let facts = stored.reward.facts();
        if let Some(promise) = facts.promise {
            let between = RewardParties { program: stored.earner.program, receiver: promise.receiver };
            let transfers = post_reward(between, event).map_err(|_| StoreError::Corrupt("ledger"))?;
            for (leg, transfer) in (0..).zip(transfers) {
                self.postings.push(Posting { transfer, reward: facts.id, version, leg });
            }
        }
        match event.kind {
            RewardEventKind::Approved(_) => {
                let days = RewardSettings::load(self.tx).await?.delivery_days;
                self.open_task(facts.id, self.actor, days).await?;
                self.set_off(stored).await?;
                tell::order(self.ctx, self.tx, facts.id, RewardNews::Approved).await?;
            }
            RewardEventKind::Fulfilled(amount) => {
                if let Some(entry) =
                    facts.promise.and_then(|promise| on_reward_fulfilled(promise.kind, amount))
                {
                    self.win(stored, &entry).await?;
                }
                tell::order(self.ctx, self.tx, facts.id, RewardNews::Delivered).await?;
            }
            // What a rule or a choice leaves nothing of is no decision: the page says why.
            RewardEventKind::Declined(_) if stored.ended_note.is_some() => {
                tell::order(self.ctx, self.tx, facts.id, RewardNews::Declined).await?;
            }
            RewardEventKind::Reversed { amount, from, cause } => {
                let was_granted = self.undo(stored, from).await?;
                match (from, amount) {
                    (RewardCode::Fulfilled, Some(amount)) => {
                        let revoked = matches!(cause, ReversalCause::Revoked | ReversalCause::TierLost);
                        self.fall_short(stored, amount, was_granted || revoked, version).await?;
                    }
                    _ => self.fit_set_offs(stored).await?,
                }
                if matches!(cause, ReversalCause::Revoked | ReversalCause::TierLost) {
                    tell::order(self.ctx, self.tx, facts.id, RewardNews::Revoked).await?;
                }
            }
            RewardEventKind::Expired { .. } => {
                self.tx.rewards().drop_delivery(facts.id).await?;
                self.fit_set_offs(stored).await?;
            }
            _ => {}
        }
        expire::schedule(self.ctx, self.tx, &stored.reward).await?;
        let details = json!({
            "referral": facts.key.referral,
            "part": facts.key.part,
            "state": facts.state.code(),
            "amount": facts.promise.map(|promise| promise.amount),
            "moved": moved(event.kind),
            "version": version,
            "cut": stored.cut,
            "campaign": stored.campaign.map(|share| (share.campaign, share.extra)),
            "reason": stored.ended_reason,
        });
        let action = match event.kind {
            RewardEventKind::Awaited(_) => "rewards.await",
            RewardEventKind::Reserved(_) => "rewards.reserve",
            RewardEventKind::FirstApproval(_) => "rewards.approve_first",
            RewardEventKind::Approved(_) => "rewards.approve",
            RewardEventKind::Fulfilled(_) => "rewards.deliver",
            RewardEventKind::Reversed { .. } => "rewards.reverse",
            RewardEventKind::Declined(_) => "rewards.decline",
            RewardEventKind::Expired { .. } => "rewards.expire",
            RewardEventKind::Held(_) => "rewards.hold",
            RewardEventKind::Released(_) => "rewards.release",
        };
        self.tx.audit(self.ctx.audit_entry(self.actor, action, "reward", facts.id, details)).await
    }

    /// A reversal ends the delivery; one of something delivered also takes its grant and its win entry back, as far as it
    /// reaches. Answers whether there was a grant: what it gave is back with it.
    async fn undo(&mut self, stored: &StoredReward, from: RewardCode) -> Result<bool, StoreError> {
        let facts = stored.reward.facts();
        let ended = facts.state.code() == RewardCode::Reversed;
        if ended {
            self.tx.rewards().drop_delivery(facts.id).await?;
        }
        if from != RewardCode::Fulfilled {
            return Ok(false);
        }
        let freed = match facts.promise.filter(|_| !ended) {
            Some(left) => shrink(self.ctx, self.tx, facts.id, left.amount).await?,
            None => self.tx.access().end_grant(facts.id, self.ctx.now()).await?,
        };
        if let Some((feature, seats)) = freed {
            *self.freed.entry(feature).or_default() += seats;
        }
        let evidence = facts.id.to_string();
        match facts.promise.filter(|_| !ended) {
            Some(left) => {
                let cause = WinCause::RewardFulfilled;
                self.tx.triple_win().lower(facts.key.referral, cause, &evidence, left.amount).await?;
            }
            None => {
                self.tx.triple_win().remove(facts.key.referral, WinCause::RewardFulfilled, &evidence).await?;
            }
        }
        Ok(freed.is_some())
    }

    /// Something delivered is taken back: until somebody decides, it is to be returned. An access that was revoked, or whose grant
    /// is cut, is back already.
    async fn fall_short(
        &mut self,
        stored: &StoredReward,
        amount: Amount,
        is_back: bool,
        version: i32,
    ) -> Result<(), StoreError> {
        let facts = stored.reward.facts();
        let Some(promise) = facts.promise else { return Ok(()) };
        if is_back {
            let between = RewardParties { program: stored.earner.program, receiver: promise.receiver };
            let back = post_shortfall(between, ShortfallMove::Returned, amount, self.ctx.now())
                .map_err(|_| StoreError::Corrupt("ledger"))?;
            for (leg, transfer) in (1..).zip(back) {
                self.postings.push(Posting { transfer, reward: facts.id, version, leg });
            }
            return Ok(());
        }
        let new = Shortfall::new(self.ctx.new_id(), facts.id, amount);
        self.tx.rewards().insert_shortfall(&new, version, self.ctx.now()).await
    }

    /// What marketing has decided to set off comes off this reward, the oldest first, as far as it reaches.
    async fn set_off(&mut self, stored: &StoredReward) -> Result<(), StoreError> {
        let facts = stored.reward.facts();
        let Some(promise) = facts.promise else { return Ok(()) };
        let mut room = Some(promise.amount);
        for mut known in self.tx.rewards().to_set_off(promise.receiver, promise.amount.unit()).await? {
            let Some(place) = room else { break };
            let Some((left, taken)) = known.shortfall.clone().set_off(place) else { continue };
            known.shortfall = left;
            self.postings.extend(postings(&known, ShortfallMove::SetOff, taken, self.ctx)?);
            self.tx.rewards().save_shortfall_rest(&known).await?;
            self.tx.rewards().put_set_off(known.shortfall.id, facts.id, Some(taken)).await?;
            room = place.minus(taken.value());
        }
        Ok(())
    }

    /// A reward that is not delivered after all, or less of it: what no longer fits into it is to be returned again.
    async fn fit_set_offs(&mut self, stored: &StoredReward) -> Result<(), StoreError> {
        let facts = stored.reward.facts();
        let owed = facts.promise.filter(|_| facts.state.code() == RewardCode::Approved);
        let mut room = owed.map_or(0, |promise| promise.amount.value());
        for (mut known, off) in self.tx.rewards().set_off_from(facts.id).await? {
            let kept = off.min(room);
            room -= kept;
            let unit = known.shortfall.amount.unit();
            let Ok(back) = Amount::new(off - kept, unit) else { continue };
            known.shortfall = known.shortfall.restore(back);
            self.postings.extend(postings(&known, ShortfallMove::SetOffUndone, back, self.ctx)?);
            self.tx.rewards().save_shortfall_rest(&known).await?;
            let kept = Amount::new(kept, unit).ok();
            self.tx.rewards().put_set_off(known.shortfall.id, facts.id, kept).await?;
        }
        Ok(())
    }

    /// Whether all of an approved reward is set off, so that nothing is left to hand over.
    pub(super) async fn is_set_off(&self, stored: &StoredReward) -> Result<bool, StoreError> {
        let facts = stored.reward.facts();
        let off: i64 =
            self.tx.rewards().set_offs_of(facts.id).await?.into_iter().map(|(_, value)| value).sum();
        Ok(facts.promise.is_some_and(|promise| off >= promise.amount.value()))
    }

    async fn win(&self, stored: &StoredReward, entry: &WinEntry) -> Result<(), StoreError> {
        let facts = stored.reward.facts();
        let evidence = facts.id.to_string();
        let id = self.ctx.new_id();
        self.tx.triple_win().add(id, facts.key.referral, &evidence, entry, self.ctx.now()).await
    }

    /// A benefit that is owed from now on, as the task of the account manager.
    pub(super) async fn add_benefit(
        &self,
        new: &Benefit,
        terms: RewardTerms,
        owner: Option<MemberId>,
    ) -> Result<(), StoreError> {
        self.tx.rewards().insert_benefit(new, terms).await?;
        self.open_benefit(new, owner).await
    }

    /// A benefit after a transition.
    pub(super) async fn change_benefit(
        &self,
        stored: &StoredBenefit,
        benefit: &Benefit,
        owner: Option<MemberId>,
    ) -> Result<(), StoreError> {
        self.tx.rewards().save_benefit(benefit, stored.version).await?;
        match benefit.state {
            RewardCode::Approved => self.open_benefit(benefit, owner).await,
            RewardCode::Fulfilled => {
                if let Some(entry) = on_benefit_fulfilled(benefit.kind, benefit.amount) {
                    let (id, evidence) = (self.ctx.new_id(), benefit.id.to_string());
                    self.tx.triple_win().add(id, benefit.referral, &evidence, &entry, self.ctx.now()).await?;
                }
                self.audit_benefit("rewards.deliver_benefit", benefit).await
            }
            _ => {
                self.tx.rewards().drop_delivery(benefit.id).await?;
                self.audit_benefit("rewards.reverse_benefit", benefit).await
            }
        }
    }

    async fn open_benefit(&self, benefit: &Benefit, owner: Option<MemberId>) -> Result<(), StoreError> {
        let days = RewardSettings::load(self.tx).await?.benefit_days;
        self.open_task(benefit.id, owner, days).await?;
        self.audit_benefit("rewards.owe_benefit", benefit).await
    }

    async fn audit_benefit(&self, action: &'static str, benefit: &Benefit) -> Result<(), StoreError> {
        let details = json!({ "referral": benefit.referral, "kind": benefit.kind, "amount": benefit.amount });
        self.tx.audit(self.ctx.audit_entry(self.actor, action, "reward", benefit.id, details)).await
    }

    /// Delivering it is somebody's task from now on, to be done within so many days.
    async fn open_task(
        &self,
        reward: RewardId,
        owner: Option<MemberId>,
        days: u16,
    ) -> Result<(), StoreError> {
        let now = self.ctx.now();
        let due = now.checked_add_days(Days::new(days.into())).unwrap_or(now);
        self.tx.rewards().open_delivery(self.ctx.new_id(), reward, owner, due).await?;
        remind::schedule(self.ctx, self.tx, reward, due).await
    }

    /// Books what was collected. Nothing is booked without it, so every use case ends here.
    pub(crate) async fn close(self) -> Result<(), StoreError> {
        let ctx = self.ctx;
        self.tx.access().free_seats(&self.freed).await?;
        self.tx.rewards().count_against_caps(&self.against_caps).await?;
        self.tx.count_against_budgets(&self.against_budgets).await?;
        let mut ids = || ctx.new_id::<Uuid>();
        self.tx.ledger().post(&mut ids, &self.postings).await
    }
}
