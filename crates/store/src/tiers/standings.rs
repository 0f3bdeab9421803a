//! When members' tiers have to be looked at again, and who is warned.

use chrono::{DateTime, Utc};
use domain::{
    ids::MemberId,
    tiers::{TierCause, Warning},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::{CORRUPT, Tiers};
use crate::{Result, entity::tier_standings, from_micros, micros};

/// When a member's tier has to be looked at again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Whose.
    pub member: MemberId,
    /// When; `None` where time alone changes nothing.
    pub check_at: Option<DateTime<Utc>>,
    /// Whether they are warned.
    pub warning: Option<Warning>,
}

pub(super) fn warning(fall_at: Option<i64>, cause: Option<&str>) -> Result<Option<Warning>> {
    let (Some(fall_at), Some(cause)) = (fall_at, cause) else { return Ok(None) };
    Ok(Some(Warning { fall_at: from_micros(fall_at), cause: TierCause::parse(cause).ok_or(CORRUPT)? }))
}

impl<C: ConnectionTrait> Tiers<'_, C> {
    /// Whether this member is warned.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn warning(&self, member: MemberId) -> Result<Option<Warning>> {
        match tier_standings::Entity::find_by_id(member.into_inner()).one(self.0).await? {
            Some(row) => warning(row.fall_at, row.fall_cause.as_deref()),
            None => Ok(None),
        }
    }

    /// The first `limit` members after `after`, by id, whose tiers have to be looked at.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn due(
        &self,
        after: Option<MemberId>,
        now: DateTime<Utc>,
        limit: u64,
    ) -> Result<Vec<MemberId>> {
        let ids: Vec<Uuid> = tier_standings::Entity::find()
            .select_only()
            .column(tier_standings::Column::MemberId)
            .filter(tier_standings::Column::CheckAt.lte(micros(now)))
            .filter(tier_standings::Column::MemberId.gt(after.map_or(Uuid::nil(), MemberId::into_inner)))
            .order_by_asc(tier_standings::Column::MemberId)
            .limit(limit)
            .into_tuple()
            .all(self.0)
            .await?;
        Ok(ids.into_iter().map(MemberId::from).collect())
    }
}

impl Tiers<'_, DatabaseTransaction> {
    /// Notes when these members' tiers have to be looked at again, and who is warned.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn note_due(&self, due: &[Due]) -> Result<()> {
        if due.is_empty() {
            return Ok(());
        }
        let rows = due.iter().map(|one| tier_standings::ActiveModel {
            member_id: Set(one.member.into_inner()),
            check_at: Set(one.check_at.map(micros)),
            fall_at: Set(one.warning.map(|warning| micros(warning.fall_at))),
            fall_cause: Set(one.warning.map(|warning| warning.cause.as_str().to_owned())),
        });
        tier_standings::Entity::insert_many(rows)
            .on_conflict(
                OnConflict::column(tier_standings::Column::MemberId)
                    .update_columns([
                        tier_standings::Column::CheckAt,
                        tier_standings::Column::FallAt,
                        tier_standings::Column::FallCause,
                    ])
                    .to_owned(),
            )
            .exec_without_returning(self.0)
            .await?;
        Ok(())
    }

    /// Takes back the warnings that a roll-out has brought to these members, and has all of them looked at in the night.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn unwarn(&self, members: &[MemberId], now: DateTime<Utc>) -> Result<()> {
        let ids: Vec<Uuid> = members.iter().map(|member| member.into_inner()).collect();
        tier_standings::Entity::update_many()
            .col_expr(tier_standings::Column::FallAt, Expr::value(None::<i64>))
            .col_expr(tier_standings::Column::FallCause, Expr::value(None::<String>))
            .filter(tier_standings::Column::MemberId.is_in(ids.iter().copied()))
            .filter(tier_standings::Column::FallCause.eq(TierCause::Scheme.as_str()))
            .exec(self.0)
            .await?;
        tier_standings::Entity::update_many()
            .col_expr(tier_standings::Column::CheckAt, Expr::value(Some(micros(now))))
            .filter(tier_standings::Column::MemberId.is_in(ids))
            .exec(self.0)
            .await?;
        Ok(())
    }
}
