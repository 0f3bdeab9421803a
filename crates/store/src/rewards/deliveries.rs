//! Deliveries: whose they are, until when, and what proves them.

use chrono::{DateTime, Utc};
use domain::{
    ids::{MemberId, RewardId},
    rewards::Proof,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait, FromQueryResult,
    QueryFilter, QuerySelect, Statement, Value,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::{Place, RewardLine, Rewards};
use crate::{Result, StoreError, entity::deliveries, micros};

/// The condition that names an owner, as the next value.
fn of_owner(owner: Option<MemberId>, values: &mut Vec<Value>) -> String {
    let Some(owner) = owner else { return String::new() };
    values.push(owner.into_inner().into());
    format!(" AND d.owner_id = ${}", values.len())
}

impl<C: ConnectionTrait> Rewards<'_, C> {
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
        let sql = "SELECT m.id, m.name FROM members m WHERE m.status = 'active' AND m.id IN (\
             SELECT o.member_id FROM member_roles o WHERE o.role IN ('marketing', 'account_manager')) \
             ORDER BY m.name, m.id LIMIT 500";
        let statement = Statement::from_string(self.0.get_database_backend(), sql);
        let rows = Row::find_by_statement(statement).all(self.0).await?;
        Ok(rows.into_iter().map(|row| (row.id.into(), row.name)).collect())
    }
}

impl Rewards<'_, DatabaseTransaction> {
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

    /// Gives an open task another day, whoever's it is.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn put_delivery_off(&self, reward: RewardId, due_at: DateTime<Utc>) -> Result<()> {
        let version = Expr::col(deliveries::Column::Version).add(1_i32);
        deliveries::Entity::update_many()
            .col_expr(deliveries::Column::DueAt, Expr::value(micros(due_at)))
            .col_expr(deliveries::Column::Version, version)
            .filter(deliveries::Column::RewardId.eq(reward.into_inner()))
            .filter(deliveries::Column::DoneAt.is_null())
            .exec(self.0)
            .await?;
        Ok(())
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

    /// Notes that it was delivered, by whom (`None` for the portal itself), and what proves it; nothing does where there was
    /// nothing to hand over.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn finish_delivery(
        &self,
        reward: RewardId,
        by: Option<MemberId>,
        at: DateTime<Utc>,
        proof: Option<&Proof>,
    ) -> Result<()> {
        let json = proof
            .map(serde_json::to_string)
            .transpose()
            .map_err(|_| StoreError::Corrupt("deliveries.proof"))?;
        deliveries::Entity::update_many()
            .col_expr(deliveries::Column::DoneAt, Expr::value(micros(at)))
            .col_expr(deliveries::Column::DoneById, Expr::value(by.map(MemberId::into_inner)))
            .col_expr(deliveries::Column::Proof, Expr::value(json))
            .filter(deliveries::Column::RewardId.eq(reward.into_inner()))
            .exec(self.0)
            .await?;
        Ok(())
    }
}
