//! Rewards, the contact's benefits and their deliveries.

mod work;

pub use work::{RewardFilter, RewardStep, Shortfall, ShortfallPart};

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    ids::{AccountId, IncentiveId, MemberId, OrganisationId, ProgramId, ReferralId, RewardId},
    incentives::{Amount, IncentiveKind, PayingStep, Unit},
    rewards::{
        Benefit, PendingCause, Promise, Proof, Receiver, Refunded, ReversalCause, Reward, RewardCode,
        RewardFacts, RewardKey, RewardState, RewardTerms, Side,
    },
    triple_win::WinKind,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait, FromQueryResult,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Statement, Value,
    sea_query::{Expr, LockType, OnConflict},
};
use uuid::Uuid;

use crate::{
    Result, Store, StoreError, Tx,
    entity::{cap_tallies, deliveries, members, programs, referrals, rewards},
    from_micros, micros,
    written::row,
};

/// The room of rewards.
#[derive(Debug)]
pub struct Rewards<'c, C>(pub(crate) &'c C);

impl Store {
    /// Rewards, to read.
    pub fn rewards(&self) -> Rewards<'_, impl ConnectionTrait + use<>> {
        Rewards(self.reader())
    }
}

impl Tx {
    /// Rewards, in this transaction.
    pub fn rewards(&self) -> Rewards<'_, DatabaseTransaction> {
        Rewards(self.conn())
    }
}

/// For whom and by whom a reward was earned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Earner {
    /// Whose budget pays.
    pub program: ProgramId,
    /// Who recommended.
    pub advocate: MemberId,
    /// Their company, as it was at submission.
    pub account: AccountId,
}

/// A reward with what is stored beside the rules' facts.
#[derive(Clone, Debug)]
pub struct StoredReward {
    /// What the rules know of it.
    pub reward: Reward,
    /// For whom and by whom it was earned.
    pub earner: Earner,
    /// Which incentive serves it, also while its amount or its receiver is awaited; `None` while nothing is chosen.
    pub serving: Option<IncentiveId>,
    /// What a cap took away.
    pub cut: i64,
    /// The calendar year whose cap it counts against.
    pub cap_year: Option<i32>,
    /// Who approved it.
    pub approved_by: Option<MemberId>,
    /// Why it ended, as a code.
    pub ended_reason: Option<String>,
    /// What staff told the advocate when they ended it.
    pub ended_note: Option<String>,
    /// Counts changes, for optimistic edits.
    pub version: i32,
}

/// A benefit with what is stored beside it.
#[derive(Clone, Debug)]
pub struct StoredBenefit {
    /// What the rules know of it.
    pub benefit: Benefit,
    /// When it was promised.
    pub created_at: DateTime<Utc>,
    /// Counts changes, for optimistic edits.
    pub version: i32,
}

/// What a referral has earned so far, on both sides.
#[derive(Clone, Debug, Default)]
pub struct Earned {
    /// The advocate's side.
    pub rewards: Vec<StoredReward>,
    /// The contact's side.
    pub benefit: Option<StoredBenefit>,
}

/// One row of the table, whichever side it is for.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "looked up one at a time")]
pub enum Due {
    /// The advocate's side.
    Reward(StoredReward),
    /// The contact's side.
    Benefit(StoredBenefit),
}

/// A delivery as it is worked on.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// Whose task it is.
    pub owner: Option<MemberId>,
    /// Until when.
    pub due_at: DateTime<Utc>,
    /// When it was done.
    pub done_at: Option<DateTime<Utc>>,
    /// Counts changes, for optimistic edits.
    pub version: i32,
}

/// A reward or benefit as lists show it.
#[derive(Clone, Debug)]
pub struct RewardLine {
    /// Which one.
    pub id: RewardId,
    /// For optimistic edits.
    pub version: i32,
    /// For which referral.
    pub referral: ReferralId,
    /// For which part.
    pub part: PayingStep,
    /// For which side.
    pub side: Side,
    /// What was promised, on the advocate's side.
    pub kind: Option<IncentiveKind>,
    /// What was promised, on the contact's side.
    pub benefit_kind: Option<WinKind>,
    /// How much.
    pub amount: Option<Amount>,
    /// What a cap took away, in the amount's unit.
    pub cut: i64,
    /// How much of the deal was refunded to the new customer, in percent.
    pub refunded_percent: u8,
    /// Whether the advocate receives it themselves, with their employer's release; otherwise their company does.
    pub to_person: bool,
    /// Its state.
    pub state: RewardCode,
    /// Since when.
    pub since: DateTime<Utc>,
    /// What it waits for.
    pub pending: Option<PendingCause>,
    /// Until when it rests.
    pub clearing_until: Option<DateTime<Utc>>,
    /// Whether a case holds it.
    pub held: bool,
    /// Whether the first of two has approved it.
    pub first_approval: Option<MemberId>,
    /// Why it ended, as a code.
    pub ended_reason: Option<String>,
    /// What staff said about that.
    pub ended_note: Option<String>,
    /// When it was earned.
    pub created_at: DateTime<Utc>,
    /// The recommended company.
    pub company: String,
    /// Who recommended.
    pub advocate: MemberId,
    /// Their name.
    pub advocate_name: String,
    /// Their company.
    pub account: AccountId,
    /// Its name.
    pub account_name: String,
    /// The incentive's name in German and English; the programme's words on the contact's side.
    pub name: Option<(String, String)>,
    /// The organisation a donation goes to.
    pub organisation: Option<String>,
    /// The delivery, once there is something to deliver.
    pub delivery: Option<Delivery>,
    /// The name of the delivery's owner.
    pub owner_name: Option<String>,
    /// What proves the delivery.
    pub proof: Option<Proof>,
}

/// A place in a list: what it is ordered by, and the id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Microseconds.
    pub at: i64,
    /// The row.
    pub id: Uuid,
}

/// How many rows a page of a list has.
pub const PAGE: usize = 50;

const LINE: &str = "SELECT r.id, r.version, r.referral_id, r.part_key, r.side, r.kind, r.unit, r.amount, r.cut, \
    r.refunded_percent, r.receiver_member_id, r.state, r.state_since_at, r.pending_reason, r.clearing_until, r.held_case, r.first_approval_id, \
    r.ended_reason, r.ended_note, r.created_at, f.company_name, f.advocate_id, f.advocate_account_id, \
    m.name AS advocate_name, a.name AS account_name, i.name_de, i.name_en, p.benefit_de, p.benefit_en, \
    o.name AS organisation_name, d.owner_id, d.due_at, d.done_at, d.proof, d.version AS delivery_version, \
    w.name AS owner_name \
    FROM rewards r JOIN referrals f ON f.id = r.referral_id JOIN members m ON m.id = f.advocate_id \
    JOIN accounts a ON a.id = f.advocate_account_id JOIN programs p ON p.id = f.program_id \
    LEFT JOIN incentives i ON i.id = r.incentive_id LEFT JOIN organisations o ON o.id = r.organisation_id \
    LEFT JOIN deliveries d ON d.reward_id = r.id LEFT JOIN members w ON w.id = d.owner_id ";

#[derive(Debug, FromQueryResult)]
struct LineRow {
    id: Uuid,
    version: i32,
    referral_id: Uuid,
    part_key: String,
    side: String,
    kind: Option<String>,
    unit: Option<String>,
    amount: Option<i64>,
    cut: i64,
    refunded_percent: i32,
    receiver_member_id: Option<Uuid>,
    state: String,
    state_since_at: i64,
    pending_reason: Option<String>,
    clearing_until: Option<i64>,
    held_case: Option<String>,
    first_approval_id: Option<Uuid>,
    ended_reason: Option<String>,
    ended_note: Option<String>,
    created_at: i64,
    company_name: String,
    advocate_id: Uuid,
    advocate_account_id: Uuid,
    advocate_name: String,
    account_name: String,
    name_de: Option<String>,
    name_en: Option<String>,
    benefit_de: String,
    benefit_en: String,
    organisation_name: Option<String>,
    owner_id: Option<Uuid>,
    due_at: Option<i64>,
    done_at: Option<i64>,
    proof: Option<String>,
    delivery_version: Option<i32>,
    owner_name: Option<String>,
}

fn corrupt<T>(value: Option<T>, what: &'static str) -> Result<T> {
    value.ok_or(StoreError::Corrupt(what))
}

fn percent(value: i32) -> Result<u8> {
    u8::try_from(value).map_err(|_| StoreError::Corrupt("rewards.refunded_percent"))
}

fn amount(value: Option<i64>, unit: Option<&str>) -> Result<Option<Amount>> {
    let (Some(value), Some(unit)) = (value, unit) else { return Ok(None) };
    let unit = corrupt(Unit::parse(unit), "rewards.unit")?;
    Ok(Some(Amount::new(value, unit).map_err(|_| StoreError::Corrupt("rewards.amount"))?))
}

fn line(row: LineRow) -> Result<RewardLine> {
    let side = corrupt(Side::parse(&row.side), "rewards.side")?;
    let (kind, benefit_kind) = match (&row.kind, side) {
        (None, _) => (None, None),
        (Some(kind), Side::Advocate) => (Some(corrupt(IncentiveKind::parse(kind), "rewards.kind")?), None),
        (Some(kind), Side::Contact) => (None, Some(corrupt(WinKind::parse(kind), "rewards.kind")?)),
    };
    let delivery = match (row.due_at, row.delivery_version) {
        (Some(due_at), Some(version)) => Some(Delivery {
            owner: row.owner_id.map(MemberId::from),
            due_at: from_micros(due_at),
            done_at: row.done_at.map(from_micros),
            version,
        }),
        _ => None,
    };
    let proof = row.proof.as_deref().map(serde_json::from_str).transpose();
    Ok(RewardLine {
        id: row.id.into(),
        version: row.version,
        referral: row.referral_id.into(),
        part: corrupt(PayingStep::parse(&row.part_key), "rewards.part_key")?,
        side,
        kind,
        benefit_kind,
        amount: amount(row.amount, row.unit.as_deref())?,
        cut: row.cut,
        refunded_percent: percent(row.refunded_percent)?,
        to_person: row.receiver_member_id.is_some(),
        state: corrupt(RewardCode::parse(&row.state), "rewards.state")?,
        since: from_micros(row.state_since_at),
        pending: row.pending_reason.as_deref().and_then(PendingCause::parse),
        clearing_until: row.clearing_until.map(from_micros),
        held: row.held_case.is_some(),
        first_approval: row.first_approval_id.map(MemberId::from),
        ended_reason: row.ended_reason,
        ended_note: row.ended_note,
        created_at: from_micros(row.created_at),
        company: row.company_name,
        advocate: row.advocate_id.into(),
        advocate_name: row.advocate_name,
        account: row.advocate_account_id.into(),
        account_name: row.account_name,
        name: match side {
            Side::Advocate => row.name_de.zip(row.name_en),
            Side::Contact => Some((row.benefit_de, row.benefit_en)),
        },
        organisation: row.organisation_name,
        delivery,
        owner_name: row.owner_name,
        proof: proof.map_err(|_| StoreError::Corrupt("deliveries.proof"))?,
    })
}

fn restore(row: rewards::Model, earner: Earner) -> Result<Due> {
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
    let receiver = match (row.organisation_id, row.receiver_account_id, row.receiver_member_id) {
        (Some(organisation), Some(account), None) => Some(Receiver::Organisation {
            organisation: OrganisationId::from(organisation),
            in_name_of: account.into(),
        }),
        (None, Some(account), None) => Some(Receiver::Account(account.into())),
        (None, None, Some(member)) => Some(Receiver::Person(member.into())),
        _ => None,
    };
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
        created_at: from_micros(row.created_at),
        terms: serde_json::from_str::<RewardTerms>(&row.terms)
            .map_err(|_| StoreError::Corrupt("rewards.terms"))?,
    };
    Ok(Due::Reward(StoredReward {
        reward: Reward::restore(facts),
        earner,
        serving: row.incentive_id.map(IncentiveId::from),
        cut: row.cut,
        cap_year: row.cap_year,
        approved_by: row.approved_by_id.map(MemberId::from),
        ended_reason: row.ended_reason,
        ended_note: row.ended_note,
        version: row.version,
    }))
}

impl<C: ConnectionTrait> Rewards<'_, C> {
    /// Everything a referral has earned, in the order of the parts.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn of_referral(&self, referral: ReferralId) -> Result<Earned> {
        let Some(earner) = self.earner(referral).await? else { return Ok(Earned::default()) };
        let rows = rewards::Entity::find()
            .filter(rewards::Column::ReferralId.eq(referral.into_inner()))
            .order_by_asc(rewards::Column::CreatedAt)
            .order_by_asc(rewards::Column::Id)
            .all(self.0)
            .await?;
        let mut earned = Earned::default();
        for row in rows {
            match restore(row, earner)? {
                Due::Reward(reward) => earned.rewards.push(reward),
                Due::Benefit(benefit) => earned.benefit = Some(benefit),
            }
        }
        earned.rewards.sort_by_key(|stored| stored.reward.facts().key.part);
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
        let Some(earner) = self.earner(row.referral_id.into()).await? else { return Ok(None) };
        restore(row, earner).map(Some)
    }

    async fn earner(&self, referral: ReferralId) -> Result<Option<Earner>> {
        let found: Option<(Uuid, Uuid, Uuid)> = referrals::Entity::find_by_id(referral.into_inner())
            .select_only()
            .columns([
                referrals::Column::ProgramId,
                referrals::Column::AdvocateId,
                referrals::Column::AdvocateAccountId,
            ])
            .into_tuple()
            .one(self.0)
            .await?;
        Ok(found.map(|(program, advocate, account)| Earner {
            program: program.into(),
            advocate: advocate.into(),
            account: account.into(),
        }))
    }

    /// What is ready for approval, the longest waiting first. Asks for one row more than a page, so that the caller
    /// knows whether there is another.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn to_approve(&self, now: DateTime<Utc>, after: Option<Place>) -> Result<Vec<RewardLine>> {
        let (at, id) = after.map_or((i64::MIN, Uuid::nil()), |place| (place.at, place.id));
        self.lines(
            "WHERE r.state = 'clearing' AND r.side = 'advocate' AND r.clearing_until <= $1 \
             AND (r.clearing_until > $2 OR (r.clearing_until = $2 AND r.id > $3)) \
             ORDER BY r.clearing_until, r.id",
            vec![micros(now).into(), at.into(), id.into()],
        )
        .await
    }

    /// How many rewards still rest, and when the next one is ready.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn resting(&self, now: DateTime<Utc>) -> Result<(i64, Option<DateTime<Utc>>)> {
        let found: Option<(i64, Option<i64>)> = rewards::Entity::find()
            .select_only()
            .column_as(rewards::Column::Id.count(), "n")
            .column_as(rewards::Column::ClearingUntil.min(), "next")
            .filter(rewards::Column::State.eq(RewardCode::Clearing.as_str()))
            .filter(rewards::Column::ClearingUntil.gt(micros(now)))
            .into_tuple()
            .one(self.0)
            .await?;
        Ok(found.map_or((0, None), |(count, next)| (count, next.map(from_micros))))
    }

    /// What is to be delivered, the most urgent first; one row more than a page. Of one owner, where one is named.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn to_deliver(&self, owner: Option<MemberId>, after: Option<Place>) -> Result<Vec<RewardLine>> {
        let (at, id) = after.map_or((i64::MIN, Uuid::nil()), |place| (place.at, place.id));
        let mut values: Vec<Value> = vec![at.into(), id.into()];
        let theirs = of_owner(owner, &mut values);
        self.lines(
            &format!(
                "WHERE r.state = 'approved' AND d.done_at IS NULL{theirs} \
                 AND (d.due_at > $1 OR (d.due_at = $1 AND r.id > $2)) ORDER BY d.due_at, r.id"
            ),
            values,
        )
        .await
    }

    /// What was delivered lately, the latest first. Of one owner, where one is named.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn delivered(&self, owner: Option<MemberId>) -> Result<Vec<RewardLine>> {
        let mut values = Vec::new();
        let theirs = of_owner(owner, &mut values);
        self.lines(&format!("WHERE d.done_at IS NOT NULL{theirs} ORDER BY d.done_at DESC, d.id"), values)
            .await
    }

    /// Whose task delivering this is; `None` where there is no task, or nobody's.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn delivery_owner(&self, reward: RewardId) -> Result<Option<MemberId>> {
        let owner: Option<Option<Uuid>> = deliveries::Entity::find()
            .select_only()
            .column(deliveries::Column::OwnerId)
            .filter(deliveries::Column::RewardId.eq(reward.into_inner()))
            .into_tuple()
            .one(self.0)
            .await?;
        Ok(owner.flatten().map(MemberId::from))
    }

    /// An advocate's rewards, the newest first; one row more than a page.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of_advocate(&self, advocate: MemberId, before: Option<Place>) -> Result<Vec<RewardLine>> {
        let (at, id) = before.map_or((i64::MAX, Uuid::max()), |place| (place.at, place.id));
        self.lines(
            "WHERE f.advocate_id = $1 AND r.side = 'advocate' \
             AND (r.created_at < $2 OR (r.created_at = $2 AND r.id < $3)) \
             ORDER BY r.created_at DESC, r.id DESC",
            vec![advocate.into_inner().into(), at.into(), id.into()],
        )
        .await
    }

    /// Everything on both sides of one referral, for its page.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn lines_of_referral(&self, referral: ReferralId) -> Result<Vec<RewardLine>> {
        self.lines("WHERE r.referral_id = $1 ORDER BY r.created_at, r.id", vec![referral.into_inner().into()])
            .await
    }

    /// One reward as lists show it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn line(&self, id: RewardId) -> Result<Option<RewardLine>> {
        Ok(self.lines("WHERE r.id = $1", vec![id.into_inner().into()]).await?.pop())
    }

    /// When this advocate earned their first reward.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn first_of(&self, advocate: MemberId) -> Result<Option<DateTime<Utc>>> {
        #[derive(Debug, FromQueryResult)]
        struct First {
            at: Option<i64>,
        }
        let sql = "SELECT MIN(r.created_at) AS at FROM rewards r JOIN referrals f ON f.id = r.referral_id \
             WHERE f.advocate_id = $1";
        let values = [advocate.into_inner().into()];
        let statement = Statement::from_sql_and_values(self.0.get_database_backend(), sql, values);
        let first = First::find_by_statement(statement).one(self.0).await?;
        Ok(first.and_then(|first| first.at).map(from_micros))
    }

    /// What this person has received, or is to receive, in a calendar year with their employer's release, by unit.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn received(&self, member: MemberId, year: i32) -> Result<BTreeMap<Unit, i64>> {
        let promised =
            [RewardCode::Clearing, RewardCode::Approved, RewardCode::Fulfilled].map(RewardCode::as_str);
        let rows: Vec<(Option<String>, Option<i64>)> = rewards::Entity::find()
            .select_only()
            .columns([rewards::Column::Unit, rewards::Column::Amount])
            .filter(rewards::Column::ReceiverMemberId.eq(member.into_inner()))
            .filter(rewards::Column::CapYear.eq(year))
            .filter(rewards::Column::State.is_in(promised))
            .into_tuple()
            .all(self.0)
            .await?;
        let mut received = BTreeMap::new();
        for (unit, value) in rows {
            if let Some(amount) = amount(value, unit.as_deref())? {
                *received.entry(amount.unit()).or_default() += amount.value();
            }
        }
        Ok(received)
    }

    /// Active staff who can be given a delivery, by name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn staff(&self) -> Result<Vec<(MemberId, String)>> {
        #[derive(Debug, FromQueryResult)]
        struct Row {
            id: Uuid,
            name: String,
        }
        let sql = "SELECT m.id, m.name FROM members m WHERE m.status = 'active' AND EXISTS (\
             SELECT 1 FROM member_roles o WHERE o.member_id = m.id AND o.role IN ('marketing', 'account_manager')) \
             ORDER BY m.name, m.id LIMIT 500";
        let statement = Statement::from_string(self.0.get_database_backend(), sql);
        let rows = Row::find_by_statement(statement).all(self.0).await?;
        Ok(rows.into_iter().map(|row| (row.id.into(), row.name)).collect())
    }

    async fn lines(&self, rest: &str, values: Vec<Value>) -> Result<Vec<RewardLine>> {
        let sql = format!("{LINE} {rest} LIMIT {}", PAGE + 1);
        let statement = Statement::from_sql_and_values(self.0.get_database_backend(), sql, values);
        LineRow::find_by_statement(statement).all(self.0).await?.into_iter().map(line).collect()
    }
}

impl Rewards<'_, DatabaseTransaction> {
    /// Lets one transaction at a time change what this advocate has earned: caps count over all of their rewards,
    /// and two events of one referral must see each other's rewards. (SQLite has one writer anyway.)
    ///
    /// # Errors
    /// When the database does not answer in time.
    pub async fn lock_advocate(&self, advocate: MemberId) -> Result<()> {
        // Weaker than `FOR UPDATE`, so that rows which merely refer to the member can still be written.
        members::Entity::find_by_id(advocate.into_inner())
            .select_only()
            .column(members::Column::Id)
            .lock(LockType::NoKeyUpdate)
            .into_tuple::<Uuid>()
            .one(self.0)
            .await?;
        Ok(())
    }

    /// The same for everything a programme pays, where it has a cap of its own, and for what it offers.
    ///
    /// # Errors
    /// When the database does not answer in time.
    pub async fn lock_program(&self, program: ProgramId) -> Result<()> {
        programs::Entity::find_by_id(program.into_inner())
            .select_only()
            .column(programs::Column::Id)
            .lock(LockType::NoKeyUpdate)
            .into_tuple::<Uuid>()
            .one(self.0)
            .await?;
        Ok(())
    }

    /// What counts against the caps of a year in one unit: by this advocate, and by all of the programme.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn used(&self, earner: Earner, unit: Unit, year: i32) -> Result<(i64, i64)> {
        // One advocate's rewards are few; those of a programme are many, and counted as they change.
        let sql = "SELECT CAST(SUM(r.amount) AS BIGINT) FROM rewards r JOIN referrals f ON f.id = r.referral_id \
             WHERE f.advocate_id = $1 AND r.side = 'advocate' AND r.unit = $2 AND r.cap_year = $3 \
             AND r.state IN ('clearing', 'approved', 'fulfilled')";
        let values = [earner.advocate.into_inner().into(), unit.as_str().into(), year.into()];
        let own: Option<i64> =
            row(self.0, sql, values).await?.map(|row| row.try_get_by_index(0)).transpose()?.flatten();
        let key = (earner.program.into_inner(), unit.as_str().to_owned(), year);
        let program = cap_tallies::Entity::find_by_id(key).one(self.0).await?;
        Ok((own.unwrap_or(0), program.map_or(0, |tally| tally.amount)))
    }

    /// Keeps count of what counts against the programme's caps, after a reward has changed from one to the other.
    async fn count(&self, program: ProgramId, before: Option<Counted>, after: Option<Counted>) -> Result<()> {
        let mut changes: BTreeMap<(Unit, i32), i64> = BTreeMap::new();
        for (counted, sign) in [(before, -1), (after, 1)] {
            if let Some(Counted { unit, year, amount }) = counted {
                *changes.entry((unit, year)).or_default() += sign * amount;
            }
        }
        let sum = cap_tallies::Column::Amount;
        for ((unit, year), change) in changes.into_iter().filter(|(_, change)| *change != 0) {
            let key =
                [cap_tallies::Column::ProgramId, cap_tallies::Column::Unit, cap_tallies::Column::CapYear];
            let more = Expr::col((cap_tallies::Entity, sum)).add(change);
            cap_tallies::Entity::insert(cap_tallies::ActiveModel {
                program_id: Set(program.into_inner()),
                unit: Set(unit.as_str().to_owned()),
                cap_year: Set(year),
                amount: Set(change),
            })
            .on_conflict(OnConflict::columns(key).value(sum, more).to_owned())
            .exec_without_returning(self.0)
            .await?;
        }
        Ok(())
    }

    /// What this reward, as it is stored, counts against caps.
    async fn counted(&self, id: RewardId) -> Result<Option<Counted>> {
        type Row = (String, Option<String>, Option<i32>, Option<i64>);
        let found: Option<Row> = rewards::Entity::find_by_id(id.into_inner())
            .select_only()
            .columns([
                rewards::Column::State,
                rewards::Column::Unit,
                rewards::Column::CapYear,
                rewards::Column::Amount,
            ])
            .into_tuple()
            .one(self.0)
            .await?;
        let Some((state, unit, Some(year), value)) = found else { return Ok(None) };
        let state = corrupt(RewardCode::parse(&state), "rewards.state")?;
        Ok(Counted::of(state, amount(value, unit.as_deref())?, Some(year)))
    }

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
            ..changed(new)
        };
        rewards::Entity::insert(row).exec_without_returning(self.0).await?;
        self.count(new.earner.program, None, Counted::by(new)).await
    }

    /// Stores what a transition has changed, if nobody changed it since `version`; the stored version is one higher.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when somebody did.
    pub async fn save(&self, stored: &StoredReward) -> Result<()> {
        let row = rewards::ActiveModel { version: Set(stored.version + 1), ..changed(stored) };
        let id = stored.reward.facts().id;
        let before = self.counted(id).await?;
        self.update(id, stored.version, row).await?;
        self.count(stored.earner.program, before, Counted::by(stored)).await
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
            refunded_percent: Set(0),
            refunded: Set(0),
            state: Set(new.state.as_str().to_owned()),
            state_since_at: Set(micros(new.since)),
            terms: Set(terms_json(terms)?),
            created_at: Set(micros(new.since)),
            version: Set(0),
            incentive_id: Set(None),
            cap_year: Set(None),
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

    /// Makes delivering it somebody's task; the task that is there already stays as it is.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn open_delivery(
        &self,
        id: Uuid,
        reward: RewardId,
        owner: Option<MemberId>,
        due_at: DateTime<Utc>,
    ) -> Result<()> {
        deliveries::Entity::insert(deliveries::ActiveModel {
            id: Set(id),
            reward_id: Set(reward.into_inner()),
            owner_id: Set(owner.map(MemberId::into_inner)),
            due_at: Set(micros(due_at)),
            reminded_due_at: Set(None),
            done_at: Set(None),
            done_by_id: Set(None),
            proof: Set(None),
            version: Set(0),
        })
        .on_conflict(OnConflict::column(deliveries::Column::RewardId).do_nothing().to_owned())
        .exec_without_returning(self.0)
        .await?;
        Ok(())
    }

    /// Nothing is to be delivered any more; what was done stays.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn drop_delivery(&self, reward: RewardId) -> Result<()> {
        deliveries::Entity::delete_many()
            .filter(deliveries::Column::RewardId.eq(reward.into_inner()))
            .filter(deliveries::Column::DoneAt.is_null())
            .exec(self.0)
            .await?;
        Ok(())
    }

    /// Gives an open task to somebody else, or another day. Whoever takes it over is yet to be reminded of its day.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when somebody changed it since `version`, or did it.
    pub async fn plan_delivery(
        &self,
        reward: RewardId,
        version: i32,
        owner: Option<MemberId>,
        due_at: DateTime<Utc>,
    ) -> Result<()> {
        let owner = owner.map(MemberId::into_inner);
        let same = deliveries::Column::OwnerId.eq(owner);
        let reminded = Expr::case(same, Expr::col(deliveries::Column::RemindedDueAt)).finally(None::<i64>);
        let done = deliveries::Entity::update_many()
            .col_expr(deliveries::Column::RemindedDueAt, reminded.into())
            .col_expr(deliveries::Column::OwnerId, Expr::value(owner))
            .col_expr(deliveries::Column::DueAt, Expr::value(micros(due_at)))
            .col_expr(deliveries::Column::Version, Expr::value(version + 1))
            .filter(deliveries::Column::RewardId.eq(reward.into_inner()))
            .filter(deliveries::Column::Version.eq(version))
            .filter(deliveries::Column::DoneAt.is_null())
            .exec(self.0)
            .await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(StoreError::Stale) }
    }

    /// Notes that the owner of an open task is reminded of this day. Answers whether that is to be done: once for a day.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn note_reminder(&self, reward: RewardId, due_at: DateTime<Utc>) -> Result<bool> {
        let due = micros(due_at);
        let fresh = Condition::any()
            .add(deliveries::Column::RemindedDueAt.is_null())
            .add(deliveries::Column::RemindedDueAt.ne(due));
        let done = deliveries::Entity::update_many()
            .col_expr(deliveries::Column::RemindedDueAt, Expr::value(due))
            .filter(deliveries::Column::RewardId.eq(reward.into_inner()))
            .filter(deliveries::Column::DueAt.eq(due))
            .filter(deliveries::Column::DoneAt.is_null())
            .filter(fresh)
            .exec(self.0)
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// Notes that it was delivered, and what proves it.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn finish_delivery(
        &self,
        reward: RewardId,
        by: MemberId,
        at: DateTime<Utc>,
        proof: &Proof,
    ) -> Result<()> {
        let json = serde_json::to_string(proof).map_err(|_| StoreError::Corrupt("deliveries.proof"))?;
        deliveries::Entity::update_many()
            .col_expr(deliveries::Column::DoneAt, Expr::value(micros(at)))
            .col_expr(deliveries::Column::DoneById, Expr::value(by.into_inner()))
            .col_expr(deliveries::Column::Proof, Expr::value(json))
            .filter(deliveries::Column::RewardId.eq(reward.into_inner()))
            .exec(self.0)
            .await?;
        Ok(())
    }
}

/// What a reward counts against the caps of its calendar year.
struct Counted {
    unit: Unit,
    year: i32,
    amount: i64,
}

impl Counted {
    /// What is promised or delivered counts; what waits or has ended does not.
    fn of(state: RewardCode, amount: Option<Amount>, year: Option<i32>) -> Option<Self> {
        let counts = matches!(state, RewardCode::Clearing | RewardCode::Approved | RewardCode::Fulfilled);
        let (amount, year) = amount.zip(year).filter(|_| counts)?;
        Some(Self { unit: amount.unit(), year, amount: amount.value() })
    }

    fn by(stored: &StoredReward) -> Option<Self> {
        let facts = stored.reward.facts();
        Self::of(facts.state.code(), facts.promise.map(|promise| promise.amount), stored.cap_year)
    }
}

/// The condition that names an owner, as the next value.
fn of_owner(owner: Option<MemberId>, values: &mut Vec<Value>) -> String {
    let Some(owner) = owner else { return String::new() };
    values.push(owner.into_inner().into());
    format!(" AND d.owner_id = ${}", values.len())
}

fn terms_json(terms: RewardTerms) -> Result<String> {
    serde_json::to_string(&terms).map_err(|_| StoreError::Corrupt("rewards.terms"))
}

/// The columns that a transition may change.
fn changed(stored: &StoredReward) -> rewards::ActiveModel {
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
    rewards::ActiveModel {
        incentive_id: Set(promise
            .map(|promise| promise.incentive)
            .or(stored.serving)
            .map(IncentiveId::into_inner)),
        kind: Set(promise.map(|promise| promise.kind.as_str().to_owned())),
        unit: Set(promise.map(|promise| promise.amount.unit().as_str().to_owned())),
        amount: Set(promise.map(|promise| promise.amount.value())),
        cut: Set(stored.cut),
        refunded_percent: Set(facts.refunded.percent.into()),
        refunded: Set(facts.refunded.amount),
        cap_year: Set(stored.cap_year),
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
    }
}
