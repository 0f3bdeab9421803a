//! What was taken back after its delivery, and what is decided about it.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    ids::{AccountId, MemberId, ProgramId, RewardId, ShortfallId},
    incentives::{Amount, Unit},
    members::Approving,
    rewards::{Receiver, Shortfall, ShortfallState},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QueryResult, QuerySelect, Statement, Value,
    sea_query::{LockType, OnConflict},
};
use uuid::Uuid;

use super::{
    Earner, Rewards,
    rows::{amount, corrupt, receiver},
};
use crate::{
    Result, StoreError,
    entity::{set_offs, shortfalls},
    from_micros, micros,
};

/// A shortfall with what is stored beside the rules' facts, and what pages say of it.
#[derive(Clone, Debug)]
pub struct StoredShortfall {
    /// What the rules know of it.
    pub shortfall: Shortfall,
    /// The version that its reward reached by being taken back: its bookings count from there.
    pub reward_version: i32,
    /// For whom and by whom the reward was earned.
    pub earner: Earner,
    /// With whom it is.
    pub receiver: Receiver,
    /// Why it was decided so.
    pub note: Option<String>,
    /// Who decided, where they are still there.
    pub decided_by: Option<String>,
    /// When that was.
    pub decided_at: Option<DateTime<Utc>>,
    /// When it was taken back.
    pub created_at: DateTime<Utc>,
    /// For recommending whom the reward was.
    pub company: String,
    /// The name of the advocate.
    pub advocate_name: String,
    /// The name of their company.
    pub account_name: String,
    /// The organisation that a donation went to.
    pub organisation: Option<String>,
    /// Counts changes, for optimistic edits.
    pub version: i32,
}

/// No list of shortfalls is longer; what is decided makes room for the next.
pub const MOST_SHORTFALLS: u32 = 200;

const SHORTFALL: &str = "s.id, s.reward_id, s.reward_version, s.unit, s.amount, s.rest, s.state, s.until, s.proof, \
    s.note, s.decided_at, s.created_at, s.version, w.name AS decided_by, r.receiver_account_id, r.receiver_member_id, \
    r.organisation_id, f.program_id, f.advocate_id, f.advocate_account_id, f.company_name, m.name AS advocate_name, \
    a.name AS account_name, o.name AS organisation_name FROM shortfalls s JOIN rewards r ON r.id = s.reward_id \
    JOIN referrals f ON f.id = r.referral_id JOIN members m ON m.id = f.advocate_id \
    JOIN accounts a ON a.id = f.advocate_account_id LEFT JOIN organisations o ON o.id = r.organisation_id \
    LEFT JOIN members w ON w.id = s.decided_by_id ";

#[derive(Debug, FromQueryResult)]
struct Row {
    id: Uuid,
    reward_id: Uuid,
    reward_version: i32,
    unit: String,
    amount: i64,
    rest: i64,
    state: String,
    until: Option<String>,
    proof: Option<String>,
    note: Option<String>,
    decided_at: Option<i64>,
    created_at: i64,
    version: i32,
    decided_by: Option<String>,
    receiver_account_id: Option<Uuid>,
    receiver_member_id: Option<Uuid>,
    organisation_id: Option<Uuid>,
    program_id: Uuid,
    advocate_id: Uuid,
    advocate_account_id: Uuid,
    company_name: String,
    advocate_name: String,
    account_name: String,
    organisation_name: Option<String>,
}

fn restore(row: Row) -> Result<StoredShortfall> {
    let wrong = || StoreError::Corrupt("shortfalls");
    let until = row.until.as_deref().map(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d"));
    let shortfall = Shortfall {
        id: row.id.into(),
        reward: row.reward_id.into(),
        amount: corrupt(amount(Some(row.amount), Some(&row.unit))?, "shortfalls.amount")?,
        rest: row.rest,
        state: corrupt(ShortfallState::parse(&row.state), "shortfalls.state")?,
        until: until.transpose().map_err(|_| wrong())?,
        proof: row.proof.as_deref().map(serde_json::from_str).transpose().map_err(|_| wrong())?,
    };
    let receiver = receiver(row.organisation_id, row.receiver_account_id, row.receiver_member_id);
    Ok(StoredShortfall {
        shortfall,
        reward_version: row.reward_version,
        earner: Earner {
            program: ProgramId::from(row.program_id),
            advocate: MemberId::from(row.advocate_id),
            account: AccountId::from(row.advocate_account_id),
        },
        receiver: corrupt(receiver, "rewards.receiver")?,
        note: row.note,
        decided_by: row.decided_by,
        decided_at: row.decided_at.map(from_micros),
        created_at: from_micros(row.created_at),
        company: row.company_name,
        advocate_name: row.advocate_name,
        account_name: row.account_name,
        organisation: row.organisation_name,
        version: row.version,
    })
}

impl<C: ConnectionTrait> Rewards<'_, C> {
    async fn shortfalls_where(&self, rest: &str, values: Vec<Value>) -> Result<Vec<StoredShortfall>> {
        let sql = format!("SELECT {SHORTFALL}{rest}");
        let statement = Statement::from_sql_and_values(self.0.get_database_backend(), sql, values);
        Row::find_by_statement(statement).all(self.0).await?.into_iter().map(restore).collect()
    }

    /// What is still to be returned, the oldest first: at most [`MOST_SHORTFALLS`].
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open_shortfalls(&self) -> Result<Vec<StoredShortfall>> {
        let rest = format!("WHERE s.rest > 0 ORDER BY s.created_at, s.id LIMIT {MOST_SHORTFALLS}");
        self.shortfalls_where(&rest, Vec::new()).await
    }

    /// One of them.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn shortfall(&self, id: ShortfallId) -> Result<Option<StoredShortfall>> {
        Ok(self.shortfalls_where("WHERE s.id = $1", vec![id.into_inner().into()]).await?.pop())
    }

    /// What was taken back of these rewards, settled or not, the oldest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn shortfalls_of(&self, rewards: &[RewardId]) -> Result<Vec<StoredShortfall>> {
        if rewards.is_empty() {
            return Ok(Vec::new());
        }
        let places: Vec<_> = (1..=rewards.len()).map(|place| format!("${place}")).collect();
        let values = rewards.iter().map(|id| id.into_inner().into()).collect();
        let rest = format!("WHERE s.reward_id IN ({}) ORDER BY s.created_at, s.id", places.join(", "));
        self.shortfalls_where(&rest, values).await
    }
}

impl Rewards<'_, DatabaseTransaction> {
    /// Notes that something delivered was taken back.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when this taking back was noted before.
    pub async fn insert_shortfall(
        &self,
        new: &Shortfall,
        reward_version: i32,
        now: DateTime<Utc>,
    ) -> Result<()> {
        shortfalls::ActiveModel {
            id: Set(new.id.into_inner()),
            reward_id: Set(new.reward.into_inner()),
            reward_version: Set(reward_version),
            unit: Set(new.amount.unit().as_str().to_owned()),
            amount: Set(new.amount.value()),
            rest: Set(new.rest),
            state: Set(new.state.as_str().to_owned()),
            until: Set(None),
            proof: Set(None),
            note: Set(None),
            decided_by_id: Set(None),
            decided_at: Set(None),
            created_at: Set(micros(now)),
            version: Set(0),
        }
        .insert(self.0)
        .await?;
        Ok(())
    }

    /// Keeps a decision, in place of `stored.version`.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when somebody was faster.
    pub async fn save_shortfall_decision(
        &self,
        by: &Approving,
        stored: &StoredShortfall,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let decided = shortfalls::ActiveModel {
            note: Set(stored.note.clone()),
            decided_by_id: Set(Some(by.member().into_inner())),
            decided_at: Set(Some(micros(now))),
            ..Default::default()
        };
        self.save_shortfall(stored, decided).await
    }

    /// Keeps what is left after something came off a reward, or came back, in place of `stored.version`.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when somebody was faster.
    pub async fn save_shortfall_rest(&self, stored: &StoredShortfall) -> Result<()> {
        self.save_shortfall(stored, Default::default()).await
    }

    async fn save_shortfall(&self, stored: &StoredShortfall, more: shortfalls::ActiveModel) -> Result<()> {
        let known = &stored.shortfall;
        let proof = known.proof.as_ref().map(serde_json::to_string).transpose();
        let row = shortfalls::ActiveModel {
            rest: Set(known.rest),
            state: Set(known.state.as_str().to_owned()),
            until: Set(known.until.map(|day| day.to_string())),
            proof: Set(proof.map_err(|_| StoreError::Corrupt("shortfalls.proof"))?),
            version: Set(stored.version + 1),
            ..more
        };
        let done = shortfalls::Entity::update_many()
            .set(row)
            .filter(shortfalls::Column::Id.eq(known.id.into_inner()))
            .filter(shortfalls::Column::Version.eq(stored.version))
            .exec(self.0)
            .await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(StoreError::Stale) }
    }

    /// What comes off the next reward of this receiver in this unit, the oldest first, locked until the transaction ends: of
    /// two rewards that are approved at the same moment, the second finds what the first has left.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn to_set_off(&self, receiver: Receiver, unit: Unit) -> Result<Vec<StoredShortfall>> {
        const COMES_OFF: &str = "WHERE s.state = 'set_off' AND s.rest > 0 AND s.unit = $1 AND ";
        let mut values: Vec<Value> = vec![unit.as_str().into()];
        let theirs = match receiver {
            Receiver::Account(account) => {
                values.push(account.into_inner().into());
                "r.receiver_account_id = $2 AND r.organisation_id IS NULL"
            }
            Receiver::Person(member) => {
                values.push(member.into_inner().into());
                "r.receiver_member_id = $2"
            }
            Receiver::Organisation { organisation, in_name_of } => {
                values.push(in_name_of.into_inner().into());
                values.push(organisation.into_inner().into());
                "r.receiver_account_id = $2 AND r.organisation_id = $3"
            }
        };
        let rest = format!("{COMES_OFF}{theirs} ORDER BY s.created_at, s.id");
        let found = self.shortfalls_where(&rest, values.clone()).await?;
        if found.is_empty() {
            return Ok(found);
        }
        let ids = found.iter().map(|one| one.shortfall.id.into_inner());
        shortfalls::Entity::find()
            .select_only()
            .column(shortfalls::Column::Id)
            .filter(shortfalls::Column::Id.is_in(ids))
            .order_by_asc(shortfalls::Column::Id)
            .lock(LockType::NoKeyUpdate)
            .into_tuple::<Uuid>()
            .all(self.0)
            .await?;
        self.shortfalls_where(&rest, values).await
    }

    /// What came off a reward, and of which shortfalls.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn set_offs_of(&self, reward: RewardId) -> Result<Vec<(ShortfallId, i64)>> {
        let rows = set_offs::Entity::find()
            .filter(set_offs::Column::RewardId.eq(reward.into_inner()))
            .order_by_asc(set_offs::Column::ShortfallId)
            .all(self.0)
            .await?;
        Ok(rows.into_iter().map(|row| (row.shortfall_id.into(), row.amount)).collect())
    }

    /// The shortfalls that something of a reward came off for, each with how much of it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn set_off_from(&self, reward: RewardId) -> Result<Vec<(StoredShortfall, i64)>> {
        let sql = format!(
            "SELECT x.amount AS came_off, {SHORTFALL} JOIN set_offs x ON x.shortfall_id = s.id \
             WHERE x.reward_id = $1 ORDER BY s.id"
        );
        let values = [reward.into_inner().into()];
        let statement = Statement::from_sql_and_values(self.0.get_database_backend(), sql, values);
        let rows = self.0.query_all_raw(statement).await?;
        let one = |row: QueryResult| {
            Ok((restore(Row::from_query_result(&row, "")?)?, row.try_get("", "came_off")?))
        };
        rows.into_iter().map(one).collect()
    }

    /// Notes how much of a shortfall comes off a reward in all; nothing where that is `None`.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn put_set_off(
        &self,
        shortfall: ShortfallId,
        reward: RewardId,
        amount: Option<Amount>,
    ) -> Result<()> {
        let Some(amount) = amount else {
            set_offs::Entity::delete_by_id((shortfall.into_inner(), reward.into_inner()))
                .exec(self.0)
                .await?;
            return Ok(());
        };
        set_offs::Entity::insert(set_offs::ActiveModel {
            shortfall_id: Set(shortfall.into_inner()),
            reward_id: Set(reward.into_inner()),
            amount: Set(amount.value()),
        })
        .on_conflict(
            OnConflict::columns([set_offs::Column::ShortfallId, set_offs::Column::RewardId])
                .update_column(set_offs::Column::Amount)
                .to_owned(),
        )
        .exec_without_returning(self.0)
        .await?;
        Ok(())
    }
}
