//! What a referral's events do to rewards, the triple win and tiers.

use std::sync::Arc;

use chrono::{DateTime, Datelike, Utc};
use domain::{
    campaigns::{share_of, within_budget},
    compliance::{Case, Decision, ReceiverFacts, Verdict},
    ids::{CampaignId, IncentiveId, MemberId, OrganisationId},
    incentives::{Amount, Incentive, Part, PartValue, PayingStep, Unit},
    referrals::{Event, EventKind, Facts, Position, Step},
    rewards::{
        Benefit, PendingCause, Promise, Receiver, ReversalCause, Reward, RewardCode, RewardError,
        RewardEvent, RewardKey, RewardState, Side, apply_cap, parts_due, receiver,
    },
    triple_win::{WinCause, on_accepted, on_won},
};
use store::{
    StoreError, Tx,
    campaigns::CampaignShare,
    rewards::{CapKey, Earned, Earner, StoredReward},
};
use tokio::sync::OnceCell;

use super::{Caps, desk::Desk};
use crate::{
    Ctx,
    compliance::{Law, hold, room_under_caps},
    tiers,
};

/// Why a part came to nothing, as its code is stored and explained on pages.
const BY_CHOICE: &str = "choice";
const DEAL_TOO_SMALL: &str = "deal_too_small";
const BY_CAP: &str = "cap";
/// These are counted, not decided: where the stage was a mistake, so were they.
const COUNTED: [&str; 3] = [BY_CHOICE, DEAL_TOO_SMALL, BY_CAP];

/// Brings rewards, benefit, win entries and tier in line with a referral, after every move, choice or recorded deal.
/// The referral's own row must be stored already, in the same transaction.
///
/// It compares what is there with what should be there, so it may run any number of times, also at the same moment:
/// one transaction at a time gets the advocate's lock, and finds what the others have done.
///
/// # Errors
/// When the memory fails; then the move must not happen either.
pub async fn follow(
    ctx: &Ctx,
    tx: &Tx,
    before: Option<&Facts>,
    after: &Facts,
    events: &[Event],
) -> Result<(), StoreError> {
    let only_consent = |event: &Event| matches!(event.kind, EventKind::ConsentChanged { .. });
    let fresh = before.is_none() && after.position.reached() == Step::Submitted;
    if fresh || (!events.is_empty() && events.iter().all(only_consent)) {
        return Ok(());
    }
    bring_in_line(ctx, tx, before, after, events.last().and_then(|event| event.member), false).await
}

/// Brings them in line once a deal is paid that was not: what was taken back for that begins anew.
///
/// # Errors
/// When the memory fails.
pub(super) async fn follow_payment(
    ctx: &Ctx,
    tx: &Tx,
    facts: &Facts,
    by: Option<MemberId>,
) -> Result<(), StoreError> {
    bring_in_line(ctx, tx, Some(facts), facts, by, true).await
}

async fn bring_in_line(
    ctx: &Ctx,
    tx: &Tx,
    before: Option<&Facts>,
    after: &Facts,
    by: Option<MemberId>,
    paid: bool,
) -> Result<(), StoreError> {
    tx.rewards().lock_advocate(after.advocate).await?;
    let Some((deal, organisation)) = tx.referrals().deal_and_organisation(after.id).await? else {
        return Ok(());
    };
    let earned = tx.rewards().of_referral(after.id).await?;
    let follower = Follower {
        ctx,
        tx,
        facts: after,
        reached: after.position.reached(),
        deal,
        organisation,
        earner: Earner { program: after.program, advocate: after.advocate, account: after.advocate_account },
        paid,
        law: OnceCell::new(),
    };
    let mut desk = Desk::new(ctx, tx, by);
    follower.rewards(&mut desk, earned.rewards.clone()).await?;
    follower.benefit(&desk, &earned).await?;
    desk.close().await?;
    follower.wins(before).await?;
    if before.is_none_or(|before| before.position.reached() != follower.reached) {
        tiers::recount(ctx, tx, after.advocate, after.id).await?;
    }
    Ok(())
}

struct Follower<'a> {
    ctx: &'a Ctx,
    tx: &'a Tx,
    facts: &'a Facts,
    reached: Step,
    deal: Option<Amount>,
    organisation: Option<OrganisationId>,
    earner: Earner,
    /// Whether a deal that was not paid is.
    paid: bool,
    /// The matrix and what is known of the receiver's company; read when something is promised.
    law: OnceCell<(Arc<Law>, ReceiverFacts)>,
}

/// What a part is worth, and how much of that is a campaign's.
struct Boosting {
    promise: Promise,
    /// The campaign, and what would be due without it.
    campaign: Option<(CampaignId, i64)>,
}

/// What becomes of a promise under the law and the caps of today.
struct Settled {
    /// What is left of it.
    promise: Option<Promise>,
    /// What caps and the campaign's budget took away.
    cut: i64,
    /// How much of it is a campaign's.
    campaign: Option<CampaignShare>,
    /// What the compliance matrix says.
    decision: Decision,
}

impl Settled {
    /// Whether the reward is held until somebody has looked at it.
    fn is_held(&self) -> bool {
        self.promise.is_some_and(|promise| self.decision.verdict_on(promise.amount) != Verdict::Allow)
    }
}

/// What a part is worth at this moment.
enum Worth {
    Promised(Boosting),
    Waits(PendingCause),
    Nothing(&'static str),
}

impl Follower<'_> {
    async fn rewards(&self, desk: &mut Desk<'_>, mut existing: Vec<StoredReward>) -> Result<(), StoreError> {
        // What it had earned was taken back, and it earns nothing any more.
        if self.tx.fraud().is_confirmed(self.facts.id).await? {
            return Ok(());
        }
        let paid = existing.iter().map(|stored| stored.reward.facts().key.part).collect();
        for stored in &mut existing {
            let reached = stored.reward.facts().key.part.step() <= self.reached;
            match stored.reward.facts().state {
                RewardState::Pending { cause } if reached => self.resolve(desk, stored, cause).await?,
                RewardState::Reversed { cause: ReversalCause::Correction, .. } if reached => {
                    self.reinstate(desk, stored).await?;
                }
                RewardState::Reversed { cause: ReversalCause::Unpaid, .. } if reached && self.paid => {
                    self.reinstate(desk, stored).await?;
                }
                RewardState::Pending { .. } | RewardState::Clearing { .. } | RewardState::Approved { .. }
                    if !reached =>
                {
                    let change = stored.reward.clone().reverse_for_correction(self.ctx.now());
                    desk.change(stored, change.map_err(|_| StoreError::Corrupt("rewards.state"))?).await?;
                }
                RewardState::Declined { .. }
                    if !reached
                        && stored.ended_reason.as_deref().is_some_and(|reason| COUNTED.contains(&reason)) =>
                {
                    stored.cut = 0;
                    let change = stored.reward.clone().forget(self.ctx.now());
                    desk.change(stored, change.map_err(|_| StoreError::Corrupt("rewards.state"))?).await?;
                }
                _ => {}
            }
        }
        for part in self.due(&paid) {
            self.earn(desk, part).await?;
        }
        Ok(())
    }

    fn chosen(&self) -> Option<&Incentive> {
        self.facts.terms.offer(self.facts.incentive?)
    }

    /// The parts that are earned and have no row yet. Without a choice these are all that any offer would pay for.
    fn due(&self, paid: &std::collections::BTreeSet<PayingStep>) -> Vec<PayingStep> {
        let steps = |parts: Vec<Part>| parts.into_iter().map(|part| part.step).collect();
        match self.chosen() {
            Some(offer) => {
                steps(parts_due(self.facts.incentive_from, self.reached, offer.scheme.parts(), paid))
            }
            None => {
                let offered = |step: &&PayingStep| {
                    let has = |offer: &Incentive| offer.scheme.parts().iter().any(|part| part.step == **step);
                    self.facts.terms.offers.iter().any(has)
                };
                let due = PayingStep::ALL.iter().filter(|step| step.step() <= self.reached);
                due.filter(|step| !paid.contains(step)).filter(offered).copied().collect()
            }
        }
    }

    /// What a step is paid by: today's choice serves the stages after it was made; what was earned before goes on by the
    /// incentive that it was earned under.
    fn serving(&self, step: PayingStep, earned_under: Option<IncentiveId>) -> Option<&Incentive> {
        let chosen = self.chosen()?;
        if step.step() > self.facts.incentive_from {
            return Some(chosen);
        }
        self.facts.terms.offer(earned_under?)
    }

    fn worth(&self, step: PayingStep, earned_under: Option<IncentiveId>) -> Worth {
        if self.chosen().is_none() {
            return Worth::Waits(PendingCause::Choose);
        }
        let offer = self.serving(step, earned_under).filter(|offer| !offer.kind.is_nothing());
        let part = offer.and_then(|offer| {
            offer.scheme.parts().iter().find(|part| part.step == step).map(|part| (offer, part))
        });
        let Some((offer, part)) = part else { return Worth::Nothing(BY_CHOICE) };
        let Some(amount) = part.value.due(self.deal) else {
            let too_small = match (&part.value, self.deal) {
                (PartValue::Bands(_), Some(_)) => true,
                (PartValue::Percent { at_most, .. }, Some(deal)) => deal.unit() == at_most.unit(),
                _ => false,
            };
            return if too_small { Worth::Nothing(DEAL_TOO_SMALL) } else { Worth::Waits(PendingCause::Deal) };
        };
        let earner = self.earner;
        // Whether it goes to the person is decided with the amount, when caps have been applied.
        match receiver(offer.kind, earner.advocate, earner.account, None, self.organisation) {
            Ok(receiver) => {
                let campaign = self.facts.terms.boost(offer.id);
                let campaign =
                    campaign.map(|boosted| (boosted.campaign, boosted.normal_due(step, self.deal)));
                let promise = Promise { incentive: offer.id, kind: offer.kind, amount, receiver };
                Worth::Promised(Boosting { promise, campaign })
            }
            Err(_) => Worth::Waits(PendingCause::Receiver),
        }
    }

    /// The promise after the budget of its campaign, the compliance matrix and the caps of this calendar year, with what
    /// they cut off.
    async fn settle(
        &self,
        desk: &Desk<'_>,
        boosting: Boosting,
        at: DateTime<Utc>,
    ) -> Result<Settled, StoreError> {
        let (law, receiver) = self.law().await?;
        let Boosting { promise, campaign } = boosting;
        let mut promise = promise;
        let mut over_budget = 0;
        let mut share = None;
        if let Some((campaign, normal)) = campaign {
            let left = self.left(desk, campaign, promise.amount.unit()).await?;
            let (given, extra, cut) = within_budget(promise.amount, normal, left);
            over_budget = cut;
            share = Some((CampaignShare { campaign, extra }, normal));
            let Some(amount) = given else {
                let decision = law.matrix.decide(&self.case(*receiver, &promise));
                return Ok(Settled { promise: None, cut, campaign: None, decision });
            };
            promise.amount = amount;
        }
        let mut settled = self.lawful(desk, promise, at).await?;
        settled.cut += over_budget;
        settled.campaign = settled.promise.zip(share).map(|(promise, (share, normal))| CampaignShare {
            extra: share_of(promise.amount.value(), normal, share.extra),
            ..share
        });
        Ok(settled)
    }

    /// What is left of a campaign's budget in this unit; whoever reads it has locked the campaign.
    async fn left(
        &self,
        desk: &Desk<'_>,
        campaign: CampaignId,
        unit: Unit,
    ) -> Result<Option<i64>, StoreError> {
        let left = self.tx.campaigns().left(campaign, unit).await?;
        Ok(left.map(|left| left - desk.given((campaign, unit))))
    }

    fn case(&self, receiver: ReceiverFacts, promise: &Promise) -> Case {
        Case { receiver, kind: promise.kind, side: Side::Advocate }
    }

    /// The promise after the compliance matrix and after the caps of this calendar year, with what they cut off.
    async fn lawful(
        &self,
        desk: &Desk<'_>,
        promise: Promise,
        at: DateTime<Utc>,
    ) -> Result<Settled, StoreError> {
        let (law, receiver) = self.law().await?;
        let decision = law.matrix.decide(&self.case(*receiver, &promise));
        let earned = (self.earner.account, promise.amount);
        let room = room_under_caps(self.ctx, self.tx, &decision, earned, at).await?;
        let lawful = apply_cap(promise.amount, 0, room);
        let Some(amount) = lawful.paid else {
            return Ok(Settled { promise: None, cut: lawful.cut, campaign: None, decision });
        };
        let (promise, cut) = self.capped(desk, Promise { amount, ..promise }).await?;
        Ok(Settled { promise, cut: lawful.cut + cut, campaign: None, decision })
    }

    async fn law(&self) -> Result<&(Arc<Law>, ReceiverFacts), StoreError> {
        self.law
            .get_or_try_init(|| async {
                let room = self.tx.compliance();
                let law = crate::law(self.ctx, self.tx).await?;
                let account = self.earner.account;
                let receiver = room.receiver(account).await?.ok_or(StoreError::Corrupt("accounts"))?;
                // Always before the programme's lock, so that of two nobody waits for the other.
                if law.matrix.has_caps(receiver.market) {
                    room.lock_receiver(account).await?;
                }
                // All that this referral may carry, so that of any number of writers one at a time spends of a budget.
                let boosts = &self.facts.terms.boosts;
                if !boosts.is_empty() {
                    let campaigns = boosts.iter().map(|boosted| boosted.campaign).collect();
                    self.tx.campaigns().lock(&campaigns).await?;
                }
                Ok((law, receiver))
            })
            .await
    }

    /// What the caps of the host's own settings leave of a promise.
    async fn capped(
        &self,
        desk: &Desk<'_>,
        mut promise: Promise,
    ) -> Result<(Option<Promise>, i64), StoreError> {
        let unit = promise.amount.unit();
        let caps = Caps::load(self.tx).await?;
        let (own, program) = (caps.advocate.get(&unit).copied(), caps.program.get(&unit).copied());
        if own.is_none() && program.is_none() {
            return Ok((Some(self.received(promise).await?), 0));
        }
        if program.is_some() {
            self.tx.rewards().lock_program(self.earner.program).await?;
        }
        let key = CapKey { program: self.earner.program, unit, year: self.year() };
        let (own_used, program_used) = self.tx.rewards().used(self.earner, key).await?;
        let program_used = program_used + desk.counted(key);
        let first = apply_cap(promise.amount, own_used, own);
        let second = first.paid.map(|paid| apply_cap(paid, program_used, program));
        let cut = first.cut + second.map_or(0, |second| second.cut);
        Ok(match second.and_then(|second| second.paid) {
            Some(paid) => {
                promise.amount = paid;
                (Some(self.received(promise).await?), cut)
            }
            None => (None, cut),
        })
    }

    /// The promise with its receiver: the advocate's company, or the advocate as far as a release of today reaches.
    async fn received(&self, promise: Promise) -> Result<Promise, StoreError> {
        if matches!(promise.receiver, Receiver::Organisation { .. }) {
            return Ok(promise);
        }
        let Earner { advocate, account, .. } = self.earner;
        let today = self.ctx.now().with_timezone(&self.ctx.host.zone).date_naive();
        let release = match self.tx.releases().holding(advocate, account, today).await? {
            None => None,
            Some(release) => {
                let received = self.tx.rewards().received(advocate, self.year()).await?;
                let so_far = received.get(&promise.amount.unit()).copied().unwrap_or(0);
                release.reaches(promise.amount, so_far).then_some(release.of)
            }
        };
        let receiver = receiver(promise.kind, advocate, account, release, None)
            .map_err(|_| StoreError::Corrupt("rewards.receiver"))?;
        Ok(Promise { receiver, ..promise })
    }

    fn year(&self) -> i32 {
        self.ctx.now().with_timezone(&self.ctx.host.zone).year()
    }

    async fn earn(&self, desk: &mut Desk<'_>, step: PayingStep) -> Result<(), StoreError> {
        let key = RewardKey { referral: self.facts.id, part: step, side: Side::Advocate };
        let (now, terms) = (self.ctx.now(), self.facts.terms.rewards);
        let earn = |promise| Reward::earn(self.ctx.new_id(), key, promise, now, terms);
        let nothing = |instead_of| {
            let (reward, _) = earn(Err(PendingCause::Choose));
            reward.forgo(instead_of, now).map_err(|_| StoreError::Corrupt("rewards.state"))
        };
        let new = |reward| StoredReward {
            reward,
            earner: self.earner,
            serving: self.serving(step, None).map(|offer| offer.id),
            cut: 0,
            campaign: None,
            decision: None,
            cap_year: None,
            approved_by: None,
            ended_reason: None,
            ended_note: None,
            version: 0,
        };
        match self.worth(step, None) {
            // What was chosen pays nothing here: there is nothing to show either.
            Worth::Nothing(BY_CHOICE) => Ok(()),
            Worth::Nothing(reason) => {
                let (reward, event) = nothing(None)?;
                let stored = StoredReward { ended_reason: Some(reason.to_owned()), ..new(reward) };
                desk.add(&stored, &event).await
            }
            Worth::Waits(cause) => {
                let (reward, event) = earn(Err(cause));
                desk.add(&new(reward), &event).await
            }
            Worth::Promised(boosting) => {
                let promise = boosting.promise;
                let settled = self.settle(desk, boosting, now).await?;
                let (cut, decision) = (settled.cut, Some(settled.decision.clone()));
                match settled.promise {
                    Some(paid) => {
                        let (reward, event) = earn(Ok(paid));
                        let cap_year = Some(self.year());
                        let campaign = settled.campaign;
                        let mut stored = StoredReward { cut, decision, cap_year, campaign, ..new(reward) };
                        desk.add(&stored, &event).await?;
                        self.hold(desk, &mut stored, &settled).await
                    }
                    None => {
                        let (reward, event) = nothing(Some(promise))?;
                        let ended_reason = Some(BY_CAP.to_owned());
                        desk.add(&StoredReward { cut, decision, ended_reason, ..new(reward) }, &event).await
                    }
                }
            }
        }
    }

    /// Holds a reward of which the matrix does not say that it may simply be given.
    async fn hold(
        &self,
        desk: &mut Desk<'_>,
        stored: &mut StoredReward,
        settled: &Settled,
    ) -> Result<(), StoreError> {
        match settled.is_held() {
            true => hold(self.ctx, self.tx, desk, stored, &settled.decision).await,
            false => Ok(()),
        }
    }

    /// What is left of a promise to a reward that is there already, noted with it.
    async fn settle_with(
        &self,
        desk: &Desk<'_>,
        stored: &mut StoredReward,
        boosting: Boosting,
    ) -> Result<Settled, StoreError> {
        let settled = self.settle(desk, boosting, stored.reward.facts().created_at).await?;
        stored.cut = settled.cut;
        stored.campaign = settled.campaign;
        stored.decision = Some(settled.decision.clone());
        match settled.promise {
            Some(_) => stored.cap_year = Some(self.year()),
            None => stored.ended_reason = Some(BY_CAP.to_owned()),
        }
        Ok(settled)
    }

    /// Changes a reward, and holds it where what was settled for it asks for that.
    async fn change(
        &self,
        desk: &mut Desk<'_>,
        stored: &mut StoredReward,
        change: Result<(Reward, RewardEvent), RewardError>,
        settled: Option<Settled>,
    ) -> Result<(), StoreError> {
        desk.change(stored, change.map_err(|_| StoreError::Corrupt("rewards.state"))?).await?;
        match settled {
            Some(settled) => self.hold(desk, stored, &settled).await,
            None => Ok(()),
        }
    }

    /// What a waiting reward waited for may be known by now.
    async fn resolve(
        &self,
        desk: &mut Desk<'_>,
        stored: &mut StoredReward,
        cause: PendingCause,
    ) -> Result<(), StoreError> {
        let now = self.ctx.now();
        let reward = stored.reward.clone();
        let step = reward.facts().key.part;
        let mut held = None;
        let change = match self.worth(step, stored.serving) {
            Worth::Waits(still) if still == cause => return Ok(()),
            Worth::Waits(other) => reward.await_other(other, now),
            Worth::Nothing(reason) => {
                stored.ended_reason = Some(reason.to_owned());
                reward.forgo(None, now)
            }
            Worth::Promised(boosting) => {
                let promise = boosting.promise;
                let settled = held.insert(self.settle_with(desk, stored, boosting).await?);
                match settled.promise {
                    Some(paid) => reward.promise(paid, now),
                    None => reward.forgo(Some(promise), now),
                }
            }
        };
        stored.serving = self.serving(step, stored.serving).map(|offer| offer.id);
        self.change(desk, stored, change, held).await
    }

    /// A stage that was corrected away is reached again, or the deal is paid after all: the same reward starts anew, by the
    /// deal, the choice and the caps of today.
    async fn reinstate(&self, desk: &mut Desk<'_>, stored: &mut StoredReward) -> Result<(), StoreError> {
        let now = self.ctx.now();
        let step = stored.reward.facts().key.part;
        let reward = stored.reward.clone();
        let nothing = |reward: Reward, instead_of| {
            reward.reinstate(Err(PendingCause::Choose), now)?.0.forgo(instead_of, now)
        };
        let worth = self.worth(step, stored.serving);
        stored.serving = self.serving(step, stored.serving).map(|offer| offer.id);
        stored.approved_by = None;
        stored.cut = 0;
        stored.campaign = None;
        stored.cap_year = None;
        stored.ended_reason = None;
        let mut held = None;
        let change = match worth {
            // What is chosen now pays nothing here: it stays taken back.
            Worth::Nothing(BY_CHOICE) => return Ok(()),
            Worth::Nothing(reason) => {
                stored.ended_reason = Some(reason.to_owned());
                nothing(reward, None)
            }
            Worth::Waits(cause) => reward.reinstate(Err(cause), now),
            Worth::Promised(boosting) => {
                let promise = boosting.promise;
                let settled = held.insert(self.settle_with(desk, stored, boosting).await?);
                match settled.promise {
                    Some(paid) => reward.reinstate(Ok(paid), now),
                    None => nothing(reward, Some(promise)),
                }
            }
        };
        self.change(desk, stored, change, held).await
    }

    /// The contact's benefit: owed from `won` on, as the programme promised it at submission.
    async fn benefit(&self, desk: &Desk<'_>, earned: &Earned) -> Result<(), StoreError> {
        let won = self.facts.position == Position::On(Step::Won);
        let owner = async || crate::settings::in_charge(self.tx, self.facts.account_manager).await;
        let now = self.ctx.now();
        match &earned.benefit {
            None if won => {
                let promised = self.facts.terms.disclosure.benefit.as_ref();
                let id = self.ctx.new_id();
                let new = promised
                    .and_then(|benefit| Benefit::owe(id, self.facts.id, benefit.kind, benefit.amount, now));
                match new {
                    Some(new) => desk.add_benefit(&new, self.facts.terms.rewards, owner().await?).await,
                    None => Ok(()),
                }
            }
            Some(stored) => {
                let benefit = stored.benefit.clone();
                let changed = match (won, benefit.state) {
                    (true, RewardCode::Reversed) => benefit.reinstate(now),
                    (false, RewardCode::Approved) => benefit.reverse(now),
                    _ => return Ok(()),
                };
                let changed = changed.map_err(|_| StoreError::Corrupt("rewards.state"))?;
                desk.change_benefit(stored, &changed, owner().await?).await
            }
            None => Ok(()),
        }
    }

    /// The two entries that stages make; a correction takes the evidence back, and with it the entry.
    async fn wins(&self, before: Option<&Facts>) -> Result<(), StoreError> {
        let wins = self.tx.triple_win();
        let (id, now) = (self.facts.id, self.ctx.now());
        if self.reached >= Step::Accepted {
            wins.add(self.ctx.new_id(), id, "", &on_accepted(), now).await?;
        }
        if self.reached == Step::Won {
            for entry in on_won(self.deal) {
                wins.add(self.ctx.new_id(), id, "", &entry, now).await?;
            }
        }
        let furthest = before.map_or(self.reached, |before| before.position.reached());
        if furthest == Step::Won && self.reached < Step::Won {
            wins.remove(id, WinCause::Won, "").await?;
        }
        if furthest >= Step::Accepted && self.reached < Step::Accepted {
            wins.remove(id, WinCause::Accepted, "").await?;
        }
        Ok(())
    }
}
