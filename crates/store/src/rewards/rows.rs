//! Rewards and benefits as rows: read into what the rules know, and written back.

use std::collections::BTreeMap;

use domain::{
    ids::{AccountId, CaseId, IncentiveId, MemberId, OrganisationId, ReferralId, RewardId},
    incentives::{Amount, IncentiveKind, PayingStep, Unit},
    rewards::{
        Benefit, PendingCause, Promise, Receiver, Refunded, ReversalCause, Reward, RewardCode, RewardFacts,
        RewardKey, RewardState, RewardTerms, Side,
    },
    triple_win::WinKind,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait,
    PaginatorTrait, QueryFilter, QueryOrder, Statement, Value,
};
use uuid::Uuid;

use super::{Due, Earned, Earner, Rewards, StoredBenefit, StoredReward};
use crate::{Result, StoreError, campaigns::CampaignShare, entity::rewards, from_micros, micros};

/// By whom a referral was made, and the case of suspected misuse that holds everything it earns.
type Earning = (Earner, Option<CaseId>);

const DECISION: &str = "rewards.decision";

pub(super) fn corrupt<T>(value: Option<T>, what: &'static str) -> Result<T> {
    value.ok_or(StoreError::Corrupt(what))
}

pub(super) fn percent(value: i32) -> Result<u8> {
    u8::try_from(value).map_err(|_| StoreError::Corrupt("rewards.refunded_percent"))
}

pub(super) fn amount(value: Option<i64>, unit: Option<&str>) -> Result<Option<Amount>> {
    let (Some(value), Some(unit)) = (value, unit) else { return Ok(None) };
    let unit = corrupt(Unit::parse(unit), "rewards.unit")?;
    Ok(Some(Amount::new(value, unit).map_err(|_| StoreError::Corrupt("rewards.amount"))?))
}

/// Who receives, from the three columns that say so.
pub(super) fn receiver(
    organisation: Option<Uuid>,
    account: Option<Uuid>,
    member: Option<Uuid>,
) -> Option<Receiver> {
    match (organisation, account, member) {
        (Some(organisation), Some(account), None) => {
            Some(Receiver::Organisation { organisation: organisation.into(), in_name_of: account.into() })
        }
        (None, Some(account), None) => Some(Receiver::Account(account.into())),
        (None, None, Some(member)) => Some(Receiver::Person(member.into())),
        _ => None,
    }
}

fn restore(row: rewards::Model, (earner, suspicion): Earning) -> Result<Due> {
    let since = from_micros(row.state_since_at);
    let code = corrupt(RewardCode::parse(&row.state), "rewards.state")?;
    let promised = amount(row.amount, row.unit.as_deref())?;
    if Side::parse(&row.side) == Some(Side::Contact) {
        let kind = corrupt(row.kind.as_deref().and_then(WinKind::parse), "rewards.kind")?;
        let benefit = Benefit {
            id: row.id.into(),
            referral: row.referral_id.into(),
            kind,
            amount: promised,
            state: code,
            since,
        };
        let created_at = from_micros(row.created_at);
        return Ok(Due::Benefit(StoredBenefit { benefit, created_at, version: row.version }));
    }
    let state = match code {
        RewardCode::Pending => RewardState::Pending {
            cause: corrupt(
                row.pending_reason.as_deref().and_then(PendingCause::parse),
                "rewards.pending_reason",
            )?,
        },
        RewardCode::Clearing => RewardState::Clearing {
            until: from_micros(corrupt(row.clearing_until, "rewards.clearing_until")?),
            first_approval: row.first_approval_id.map(MemberId::from),
        },
        RewardCode::Approved => RewardState::Approved { at: since },
        RewardCode::Fulfilled => RewardState::Fulfilled { at: since },
        RewardCode::Reversed => RewardState::Reversed {
            at: since,
            cause: corrupt(
                row.ended_reason.as_deref().and_then(ReversalCause::parse),
                "rewards.ended_reason",
            )?,
        },
        RewardCode::Declined => RewardState::Declined { at: since },
        RewardCode::Expired => RewardState::Expired { at: since },
    };
    let receiver = receiver(row.organisation_id, row.receiver_account_id, row.receiver_member_id);
    let kind = row.kind.as_deref().and_then(IncentiveKind::parse);
    let promise = match (row.incentive_id, kind, promised, receiver) {
        (Some(incentive), Some(kind), Some(amount), Some(receiver)) => {
            Some(Promise { incentive: incentive.into(), kind, amount, receiver })
        }
        _ => None,
    };
    let hold = match &row.held_case {
        Some(case) => Some(case.parse().map_err(|_| StoreError::Corrupt("rewards.held_case"))?),
        None => None,
    };
    let facts = RewardFacts {
        id: row.id.into(),
        key: RewardKey {
            referral: row.referral_id.into(),
            part: corrupt(PayingStep::parse(&row.part_key), "rewards.part_key")?,
            side: Side::Advocate,
        },
        promise,
        state,
        refunded: Refunded { percent: percent(row.refunded_percent)?, amount: row.refunded },
        hold,
        suspicion,
        created_at: from_micros(row.created_at),
        terms: serde_json::from_str::<RewardTerms>(&row.terms)
            .map_err(|_| StoreError::Corrupt("rewards.terms"))?,
    };
    Ok(Due::Reward(StoredReward {
        reward: Reward::restore(facts),
        earner,
        serving: row.incentive_id.map(IncentiveId::from),
        cut: row.cut,
        campaign: row.campaign_id.map(|id| CampaignShare { campaign: id.into(), extra: row.campaign_extra }),
        decision: match row.decision {
            Some(json) => Some(serde_json::from_str(&json).map_err(|_| StoreError::Corrupt(DECISION))?),
            None => None,
        },
        cap_year: row.cap_year,
        approved_by: row.approved_by_id.map(MemberId::from),
        ended_reason: row.ended_reason,
        ended_note: row.ended_note,
        version: row.version,
    }))
}

fn terms_json(terms: RewardTerms) -> Result<String> {
    serde_json::to_string(&terms).map_err(|_| StoreError::Corrupt("rewards.terms"))
}

/// The columns that a transition may change.
fn changed(stored: &StoredReward) -> Result<rewards::ActiveModel> {
    let facts = stored.reward.facts();
    let promise = facts.promise;
    let (account, member, organisation) = match promise.map(|promise| promise.receiver) {
        None => (None, None, None),
        Some(Receiver::Account(account)) => (Some(account), None, None),
        Some(Receiver::Person(member)) => (None, Some(member), None),
        Some(Receiver::Organisation { organisation, in_name_of }) => {
            (Some(in_name_of), None, Some(organisation))
        }
    };
    let (since, pending, until, first) = match facts.state {
        RewardState::Pending { cause } => (None, Some(cause), None, None),
        RewardState::Clearing { until, first_approval } => (None, None, Some(until), first_approval),
        RewardState::Approved { at }
        | RewardState::Fulfilled { at }
        | RewardState::Reversed { at, .. }
        | RewardState::Declined { at }
        | RewardState::Expired { at } => (Some(at), None, None, None),
    };
    let ended = match facts.state {
        RewardState::Reversed { cause, .. } => Some(cause.as_str().to_owned()),
        _ => stored.ended_reason.clone(),
    };
    let decision = stored.decision.as_ref().map(serde_json::to_string);
    Ok(rewards::ActiveModel {
        incentive_id: Set(promise
            .map(|promise| promise.incentive)
            .or(stored.serving)
            .map(IncentiveId::into_inner)),
        kind: Set(promise.map(|promise| promise.kind.as_str().to_owned())),
        unit: Set(promise.map(|promise| promise.amount.unit().as_str().to_owned())),
        amount: Set(promise.map(|promise| promise.amount.value())),
        cut: Set(stored.cut),
        campaign_id: Set(stored.campaign.map(|share| share.campaign.into_inner())),
        campaign_extra: Set(stored.campaign.map_or(0, |share| share.extra)),
        refunded_percent: Set(facts.refunded.percent.into()),
        refunded: Set(facts.refunded.amount),
        cap_year: Set(stored.cap_year),
        decision: Set(decision.transpose().map_err(|_| StoreError::Corrupt(DECISION))?),
        state: Set(facts.state.code().as_str().to_owned()),
        state_since_at: Set(micros(since.unwrap_or(facts.created_at))),
        pending_reason: Set(pending.map(|cause| cause.as_str().to_owned())),
        clearing_until: Set(until.map(micros)),
        held_case: Set(facts.hold.map(|case| case.to_string())),
        receiver_account_id: Set(account.map(AccountId::into_inner)),
        receiver_member_id: Set(member.map(MemberId::into_inner)),
        organisation_id: Set(organisation.map(OrganisationId::into_inner)),
        first_approval_id: Set(first.map(MemberId::into_inner)),
        approved_by_id: Set(stored.approved_by.map(MemberId::into_inner)),
        ended_reason: Set(ended),
        ended_note: Set(stored.ended_note.clone()),
        ..Default::default()
    })
}

impl<C: ConnectionTrait> Rewards<'_, C> {
    /// Everything a referral has earned, in the order of the parts.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn of_referral(&self, referral: ReferralId) -> Result<Earned> {
        let Some(earning) = self.earnings(&[referral]).await?.remove(&referral) else {
            return Ok(Earned::default());
        };
        let rows = rewards::Entity::find()
            .filter(rewards::Column::ReferralId.eq(referral.into_inner()))
            .order_by_asc(rewards::Column::CreatedAt)
            .order_by_asc(rewards::Column::Id)
            .all(self.0)
            .await?;
        let mut earned = Earned::default();
        for row in rows {
            match restore(row, earning)? {
                Due::Reward(reward) => earned.rewards.push(reward),
                Due::Benefit(benefit) => earned.benefit = Some(benefit),
            }
        }
        earned.rewards.sort_by_key(|stored| stored.reward.facts().key.part);
        Ok(earned)
    }

    /// What the advocates have earned by some referrals, in the order in which they have.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn of_referrals(&self, referrals: &[ReferralId]) -> Result<Vec<StoredReward>> {
        let earnings = self.earnings(referrals).await?;
        let rows = rewards::Entity::find()
            .filter(rewards::Column::ReferralId.is_in(referrals.iter().map(|id| id.into_inner())))
            .filter(rewards::Column::Side.eq(Side::Advocate.as_str()))
            .order_by_asc(rewards::Column::CreatedAt)
            .order_by_asc(rewards::Column::Id)
            .all(self.0)
            .await?;
        let mut earned = Vec::new();
        for row in rows {
            let Some(earning) = earnings.get(&row.referral_id.into()) else { continue };
            if let Due::Reward(reward) = restore(row, *earning)? {
                earned.push(reward);
            }
        }
        Ok(earned)
    }

    /// The row with this id.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn by_id(&self, id: RewardId) -> Result<Option<Due>> {
        let Some(row) = rewards::Entity::find_by_id(id.into_inner()).one(self.0).await? else {
            return Ok(None);
        };
        let referral = ReferralId::from(row.referral_id);
        let Some(earning) = self.earnings(&[referral]).await?.remove(&referral) else { return Ok(None) };
        restore(row, earning).map(Some)
    }

    /// By whom each of these referrals was made, and the case that holds what it earns.
    async fn earnings(&self, referrals: &[ReferralId]) -> Result<BTreeMap<ReferralId, Earning>> {
        let mut earnings = BTreeMap::new();
        if referrals.is_empty() {
            return Ok(earnings);
        }
        let places: Vec<_> = (1..=referrals.len()).map(|place| format!("${place}")).collect();
        let sql = format!(
            "SELECT f.id, f.program_id, f.advocate_id, f.advocate_account_id, \
             (SELECT x.case_id FROM fraud_findings x WHERE x.referral_id = f.id AND x.holds LIMIT 1) \
             FROM referrals f WHERE f.id IN ({})",
            places.join(", ")
        );
        let values: Vec<Value> = referrals.iter().map(|id| id.into_inner().into()).collect();
        let statement = Statement::from_sql_and_values(self.0.get_database_backend(), sql, values);
        for found in self.0.query_all_raw(statement).await? {
            type Row = (Uuid, Uuid, Uuid, Uuid, Option<Uuid>);
            let (id, program, advocate, account, case): Row = found.try_get_many_by_index()?;
            let earner =
                Earner { program: program.into(), advocate: advocate.into(), account: account.into() };
            earnings.insert(id.into(), (earner, case.map(CaseId::from)));
        }
        Ok(earnings)
    }
}

impl Rewards<'_, DatabaseTransaction> {
    /// Whether this referral has brought a reward of this incentive: one that was promised or delivered. What a
    /// correction took back, what was refused and what nobody took is none.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn made_of(&self, referral: ReferralId, incentive: IncentiveId) -> Result<bool> {
        let promised =
            [RewardCode::Clearing, RewardCode::Approved, RewardCode::Fulfilled].map(RewardCode::as_str);
        let returned = Condition::all()
            .add(rewards::Column::State.eq(RewardCode::Reversed.as_str()))
            .add(rewards::Column::EndedReason.ne(ReversalCause::Correction.as_str()));
        let of_it = Condition::all()
            .add(rewards::Column::IncentiveId.eq(incentive.into_inner()))
            .add(Condition::any().add(rewards::Column::State.is_in(promised)).add(returned));
        let made = rewards::Entity::find()
            .filter(rewards::Column::ReferralId.eq(referral.into_inner()))
            .filter(rewards::Column::Side.eq(Side::Advocate.as_str()))
            .filter(of_it)
            .count(self.0)
            .await?;
        Ok(made > 0)
    }

    /// Whether a part of this referral that this incentive serves is earned, and waits for its amount or its receiver.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn waits(&self, referral: ReferralId, incentive: IncentiveId) -> Result<bool> {
        let waiting = rewards::Entity::find()
            .filter(rewards::Column::ReferralId.eq(referral.into_inner()))
            .filter(rewards::Column::Side.eq(Side::Advocate.as_str()))
            .filter(rewards::Column::State.eq(RewardCode::Pending.as_str()))
            .filter(rewards::Column::IncentiveId.eq(incentive.into_inner()))
            .count(self.0)
            .await?;
        Ok(waiting > 0)
    }

    /// Stores a new reward.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when this part was earned already.
    pub async fn insert(&self, new: &StoredReward) -> Result<()> {
        let facts = new.reward.facts();
        let row = rewards::ActiveModel {
            id: Set(facts.id.into_inner()),
            referral_id: Set(facts.key.referral.into_inner()),
            part_key: Set(facts.key.part.as_str().to_owned()),
            side: Set(Side::Advocate.as_str().to_owned()),
            terms: Set(terms_json(facts.terms)?),
            created_at: Set(micros(facts.created_at)),
            version: Set(new.version),
            ..changed(new)?
        };
        rewards::Entity::insert(row).exec_without_returning(self.0).await?;
        Ok(())
    }

    /// Stores what a transition has changed, if nobody changed it since `version`; the stored version is one higher.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when somebody did.
    pub async fn save(&self, stored: &StoredReward) -> Result<()> {
        let row = rewards::ActiveModel { version: Set(stored.version + 1), ..changed(stored)? };
        self.update(stored.reward.facts().id, stored.version, row).await
    }

    /// Stores a new benefit.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the referral has one already.
    pub async fn insert_benefit(&self, new: &Benefit, terms: RewardTerms) -> Result<()> {
        let row = rewards::ActiveModel {
            id: Set(new.id.into_inner()),
            referral_id: Set(new.referral.into_inner()),
            part_key: Set(PayingStep::Won.as_str().to_owned()),
            side: Set(Side::Contact.as_str().to_owned()),
            kind: Set(Some(new.kind.as_str().to_owned())),
            unit: Set(new.amount.map(|amount| amount.unit().as_str().to_owned())),
            amount: Set(new.amount.map(Amount::value)),
            cut: Set(0),
            campaign_id: Set(None),
            campaign_extra: Set(0),
            refunded_percent: Set(0),
            refunded: Set(0),
            state: Set(new.state.as_str().to_owned()),
            state_since_at: Set(micros(new.since)),
            terms: Set(terms_json(terms)?),
            created_at: Set(micros(new.since)),
            version: Set(0),
            incentive_id: Set(None),
            cap_year: Set(None),
            decision: Set(None),
            pending_reason: Set(None),
            clearing_until: Set(None),
            held_case: Set(None),
            receiver_account_id: Set(None),
            receiver_member_id: Set(None),
            organisation_id: Set(None),
            first_approval_id: Set(None),
            approved_by_id: Set(None),
            ended_reason: Set(None),
            ended_note: Set(None),
        };
        rewards::Entity::insert(row).exec_without_returning(self.0).await?;
        Ok(())
    }

    /// Stores what a transition has changed, if nobody changed it since `version`.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when somebody did.
    pub async fn save_benefit(&self, benefit: &Benefit, version: i32) -> Result<()> {
        let row = rewards::ActiveModel {
            state: Set(benefit.state.as_str().to_owned()),
            state_since_at: Set(micros(benefit.since)),
            version: Set(version + 1),
            ..Default::default()
        };
        self.update(benefit.id, version, row).await
    }

    async fn update(&self, id: RewardId, version: i32, row: rewards::ActiveModel) -> Result<()> {
        let done = rewards::Entity::update_many()
            .set(row)
            .filter(rewards::Column::Id.eq(id.into_inner()))
            .filter(rewards::Column::Version.eq(version))
            .exec(self.0)
            .await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(StoreError::Stale) }
    }
}
