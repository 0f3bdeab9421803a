//! How a version of the tiers takes effect: who goes by it, what they had before, and the way back.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    ids::{IncentiveId, MemberId},
    members::ProgramManaging,
    segments::Whom,
    tiers::{Pilot, RolloutState, TierCode},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Expr, LockType, OnConflict},
};
use uuid::Uuid;

use super::{CORRUPT, TierMove, Tiers};
use crate::{
    Result, StoreError, Tx,
    entity::{incentives, members, tier_moves, tier_rollout_members, tier_rollouts},
    from_micros, micros,
    segments::belonging,
    written::rows,
};

/// A version of the tiers on its way into effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rollout {
    /// Its id.
    pub id: Uuid,
    /// The version.
    pub scheme: Uuid,
    /// The version in force before.
    pub before: Uuid,
    /// How far it has come.
    pub state: RolloutState,
    /// Who goes by it first; `None` where everybody does at once.
    pub pilot: Option<Pilot>,
    /// The lowest tiers of the offers that were moved along, as they were before.
    pub offers: BTreeMap<IncentiveId, u8>,
    /// Who began it.
    pub started_by: MemberId,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it came to where it is.
    pub changed_at: DateTime<Utc>,
    /// Until when it can be undone; `None` before it is in force for everybody.
    pub undo_until: Option<DateTime<Utc>>,
}

/// Somebody of a roll-out, and what they had before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    /// Who.
    pub member: MemberId,
    /// The tier they have.
    pub now: Option<TierCode>,
    /// The tier they had; `None` for none, and for who has come later.
    pub before: Option<TierCode>,
    /// Whether the roll-out has met them.
    pub is_noted: bool,
    /// Whether they already have it back.
    pub is_back: bool,
}

/// So many members of a roll-out came from one tier to another; `None` stands for no tier.
pub type Came = (Option<TierCode>, Option<TierCode>, i64);

fn restore(row: tier_rollouts::Model) -> Result<Rollout> {
    Ok(Rollout {
        id: row.id,
        scheme: row.scheme_id,
        before: row.before_id,
        state: RolloutState::parse(&row.state).ok_or(CORRUPT)?,
        pilot: row.pilot.as_deref().map(serde_json::from_str).transpose().map_err(|_| CORRUPT)?,
        offers: serde_json::from_str(&row.offers).map_err(|_| CORRUPT)?,
        started_by: row.started_by_id.into(),
        started_at: from_micros(row.started_at),
        changed_at: from_micros(row.changed_at),
        undo_until: row.undo_until.map(from_micros),
    })
}

fn code(stored: &str) -> Option<TierCode> {
    TierCode::parse(stored).ok()
}

fn states(states: &[RolloutState]) -> Vec<&'static str> {
    states.iter().map(|state| state.as_str()).collect()
}

impl<C: ConnectionTrait> Tiers<'_, C> {
    /// The roll-out that is under way, if there is one.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn under_way(&self) -> Result<Option<Rollout>> {
        let found = tier_rollouts::Entity::find()
            .filter(tier_rollouts::Column::State.is_in(states(&RolloutState::UNDER_WAY)));
        found.one(self.0).await?.map(restore).transpose()
    }

    /// The roll-out whose version is in force; `None` while that is the first one.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn rolled_out(&self) -> Result<Option<Rollout>> {
        let found = tier_rollouts::Entity::find()
            .filter(
                tier_rollouts::Column::State.is_in(states(&[RolloutState::Rolling, RolloutState::InForce])),
            )
            .order_by_desc(tier_rollouts::Column::StartedAt);
        found.one(self.0).await?.map(restore).transpose()
    }

    /// One roll-out.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn rollout(&self, id: Uuid) -> Result<Option<Rollout>> {
        tier_rollouts::Entity::find_by_id(id).one(self.0).await?.map(restore).transpose()
    }

    /// All roll-outs, the latest first.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn rollouts(&self, limit: u64) -> Result<Vec<Rollout>> {
        let latest = tier_rollouts::Entity::find().order_by_desc(tier_rollouts::Column::StartedAt);
        latest.limit(limit).all(self.0).await?.into_iter().map(restore).collect()
    }

    /// Where the members of a roll-out came from and what they have now.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn came(&self, rollout: Uuid) -> Result<Vec<Came>> {
        const SQL: &str = "SELECT r.tier_code, m.tier_code, COUNT(*) FROM tier_rollout_members r \
             JOIN members m ON m.id = r.member_id WHERE r.rollout_id = $1 GROUP BY r.tier_code, m.tier_code";
        let mut all = Vec::new();
        for row in rows(self.0, SQL, [rollout.into()]).await? {
            let (from, to, count): (String, String, i64) = row.try_get_many_by_index()?;
            all.push((code(&from), code(&to), count));
        }
        Ok(all)
    }

    /// Whether this member goes by the version of this roll-out.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn takes_part(&self, rollout: Uuid, member: MemberId) -> Result<bool> {
        let found = tier_rollout_members::Entity::find_by_id((rollout, member.into_inner()));
        Ok(found.one(self.0).await?.is_some())
    }

    /// The first `limit` people of customers after `after`, by id: of a group, or all.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn next_members(
        &self,
        whom: Option<&Whom>,
        after: Option<MemberId>,
        limit: u64,
    ) -> Result<Vec<MemberId>> {
        let after = after.map_or(Uuid::nil(), MemberId::into_inner);
        let mut find = members::Entity::find()
            .select_only()
            .column(members::Column::Id)
            .filter(members::Column::AccountId.is_not_null())
            .filter(members::Column::Id.gt(after))
            .order_by_asc(members::Column::Id)
            .limit(limit);
        if let Some(whom) = whom {
            find = find.filter(belonging(self.0, whom).await?);
        }
        let ids: Vec<Uuid> = find.into_tuple().all(self.0).await?;
        Ok(ids.into_iter().map(MemberId::from).collect())
    }

    /// The first `limit` members of a roll-out after `after` who do not have back what they had.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn next_to_put_back(
        &self,
        rollout: Uuid,
        after: Option<MemberId>,
        limit: u64,
    ) -> Result<Vec<MemberId>> {
        let ids: Vec<Uuid> = tier_rollout_members::Entity::find()
            .select_only()
            .column(tier_rollout_members::Column::MemberId)
            .filter(tier_rollout_members::Column::RolloutId.eq(rollout))
            .filter(
                tier_rollout_members::Column::MemberId.gt(after.map_or(Uuid::nil(), MemberId::into_inner)),
            )
            .filter(tier_rollout_members::Column::PutBackAt.is_null())
            .order_by_asc(tier_rollout_members::Column::MemberId)
            .limit(limit)
            .into_tuple()
            .all(self.0)
            .await?;
        Ok(ids.into_iter().map(MemberId::from).collect())
    }

    /// The lowest tiers of all offers that have one.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn lowest_tiers(&self) -> Result<BTreeMap<IncentiveId, u8>> {
        let rows: Vec<(Uuid, i32)> = incentives::Entity::find()
            .select_only()
            .columns([incentives::Column::Id, incentives::Column::MinTier])
            .filter(incentives::Column::MinTier.gt(0))
            .into_tuple()
            .all(self.0)
            .await?;
        let lowest =
            |(id, order): (Uuid, i32)| Ok((IncentiveId::from(id), u8::try_from(order).map_err(|_| CORRUPT)?));
        rows.into_iter().map(lowest).collect()
    }
}

impl Tiers<'_, DatabaseTransaction> {
    /// Nobody else moves these members between tiers before this transaction has ended.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn hold(&self, members: &[MemberId]) -> Result<()> {
        let ids = members.iter().map(|member| member.into_inner());
        let _: Vec<Uuid> = members::Entity::find()
            .select_only()
            .column(members::Column::Id)
            .filter(members::Column::Id.is_in(ids))
            .order_by_asc(members::Column::Id)
            .lock(LockType::NoKeyUpdate)
            .into_tuple()
            .all(self.0)
            .await?;
        Ok(())
    }

    /// Notes that these members go by a roll-out's version from now on, with the tier they have; who does already stays as
    /// they were noted.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn enter(&self, rollout: Uuid, members: &[(MemberId, Option<TierCode>)]) -> Result<()> {
        self.note(rollout, members, None).await
    }

    async fn note(
        &self,
        rollout: Uuid,
        members: &[(MemberId, Option<TierCode>)],
        put_back_at: Option<i64>,
    ) -> Result<()> {
        if members.is_empty() {
            return Ok(());
        }
        let rows = members.iter().map(|(member, tier)| tier_rollout_members::ActiveModel {
            rollout_id: Set(rollout),
            member_id: Set(member.into_inner()),
            tier_code: Set(tier.as_ref().map_or("", TierCode::as_str).to_owned()),
            put_back_at: Set(put_back_at),
        });
        tier_rollout_members::Entity::insert_many(rows)
            .on_conflict(
                OnConflict::columns([
                    tier_rollout_members::Column::RolloutId,
                    tier_rollout_members::Column::MemberId,
                ])
                .do_nothing()
                .to_owned(),
            )
            .exec_without_returning(self.0)
            .await?;
        Ok(())
    }

    /// What these members have and had before a roll-out.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn before(&self, rollout: Uuid, members: &[MemberId]) -> Result<Vec<Before>> {
        let ids: Vec<Uuid> = members.iter().map(|member| member.into_inner()).collect();
        let noted = tier_rollout_members::Entity::find()
            .filter(tier_rollout_members::Column::RolloutId.eq(rollout))
            .filter(tier_rollout_members::Column::MemberId.is_in(ids.iter().copied()))
            .all(self.0)
            .await?;
        let noted: BTreeMap<Uuid, _> = noted.into_iter().map(|row| (row.member_id, row)).collect();
        let have: Vec<(Uuid, String)> = members::Entity::find()
            .select_only()
            .columns([members::Column::Id, members::Column::TierCode])
            .filter(members::Column::Id.is_in(ids))
            .order_by_asc(members::Column::Id)
            .into_tuple()
            .all(self.0)
            .await?;
        let before = |(id, now): (Uuid, String)| {
            let noted = noted.get(&id);
            Before {
                member: id.into(),
                now: code(&now),
                before: noted.and_then(|row| code(&row.tier_code)),
                is_noted: noted.is_some(),
                is_back: noted.is_some_and(|row| row.put_back_at.is_some()),
            }
        };
        Ok(have.into_iter().map(before).collect())
    }

    /// Notes that these members have back what they had before a roll-out, also those whom it had never met.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn note_put_back(&self, rollout: Uuid, members: &[MemberId], now: DateTime<Utc>) -> Result<()> {
        let unmet: Vec<_> = members.iter().map(|member| (*member, None)).collect();
        self.note(rollout, &unmet, Some(micros(now))).await?;
        let ids = members.iter().map(|member| member.into_inner());
        tier_rollout_members::Entity::update_many()
            .col_expr(tier_rollout_members::Column::PutBackAt, Expr::value(micros(now)))
            .filter(tier_rollout_members::Column::RolloutId.eq(rollout))
            .filter(tier_rollout_members::Column::MemberId.is_in(ids))
            .filter(tier_rollout_members::Column::PutBackAt.is_null())
            .exec(self.0)
            .await?;
        Ok(())
    }

    /// Moves members whom this transaction [holds](Self::hold), each with a line in their history.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn move_members(&self, moves: &[TierMove]) -> Result<()> {
        let mut by_target: BTreeMap<&str, Vec<Uuid>> = BTreeMap::new();
        for moved in moves {
            by_target.entry(moved.to_code()).or_default().push(moved.member.into_inner());
        }
        // As many statements as there are tiers, not as there are members.
        for (to, ids) in by_target {
            members::Entity::update_many()
                .col_expr(members::Column::TierCode, Expr::value(to))
                .filter(members::Column::Id.is_in(ids))
                .exec(self.0)
                .await?;
        }
        if moves.is_empty() {
            return Ok(());
        }
        let lines = moves.iter().map(super::move_row);
        tier_moves::Entity::insert_many(lines).exec_without_returning(self.0).await?;
        Ok(())
    }
}

impl Tx {
    /// Adds a roll-out.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] while another one is under way.
    pub async fn insert_rollout(&self, _: &ProgramManaging, new: &Rollout) -> Result<()> {
        tier_rollouts::Entity::insert(tier_rollouts::ActiveModel {
            id: Set(new.id),
            scheme_id: Set(new.scheme),
            before_id: Set(new.before),
            state: Set(new.state.as_str().to_owned()),
            pilot: Set(new.pilot.as_ref().map(serde_json::to_string).transpose().map_err(|_| CORRUPT)?),
            offers: Set(serde_json::to_string(&new.offers).map_err(|_| CORRUPT)?),
            started_by_id: Set(new.started_by.into_inner()),
            started_at: Set(micros(new.started_at)),
            changed_at: Set(micros(new.changed_at)),
            undo_until: Set(new.undo_until.map(micros)),
        })
        .exec_without_returning(self.conn())
        .await?;
        // A pilot begins or ends: pages look whom it concerns.
        self.mark_catalogue();
        Ok(())
    }

    /// Sends a roll-out, read in state `from`, on to where somebody has decided.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when somebody was faster, [`StoreError::Conflict`] while another one is under way.
    pub async fn send_rollout(
        &self,
        _: &ProgramManaging,
        rollout: &Rollout,
        from: RolloutState,
    ) -> Result<()> {
        self.move_rollout(rollout, from).await
    }

    /// Notes that everybody has been moved: the roll-out has arrived where it was sent to, and nowhere else.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when it was sent elsewhere since.
    pub async fn end_rollout_step(
        &self,
        moving: &Rollout,
        undo_until: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let arrived =
            Rollout { state: moving.state.when_moved(), changed_at: now, undo_until, ..moving.clone() };
        self.move_rollout(&arrived, moving.state).await
    }

    async fn move_rollout(&self, rollout: &Rollout, from: RolloutState) -> Result<()> {
        let row = tier_rollouts::ActiveModel {
            state: Set(rollout.state.as_str().to_owned()),
            offers: Set(serde_json::to_string(&rollout.offers).map_err(|_| CORRUPT)?),
            changed_at: Set(micros(rollout.changed_at)),
            undo_until: Set(rollout.undo_until.map(micros)),
            ..Default::default()
        };
        let done = tier_rollouts::Entity::update_many()
            .set(row)
            .filter(tier_rollouts::Column::Id.eq(rollout.id))
            .filter(tier_rollouts::Column::State.eq(from.as_str()))
            .exec(self.conn())
            .await?;
        if done.rows_affected != 1 {
            return Err(StoreError::Stale);
        }
        self.mark_catalogue();
        Ok(())
    }

    /// Sets the lowest tiers of offers; whoever edits one of them sees that it has changed.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn set_lowest_tiers(
        &self,
        _: &ProgramManaging,
        offers: &BTreeMap<IncentiveId, u8>,
    ) -> Result<()> {
        let mut by_order: BTreeMap<u8, Vec<Uuid>> = BTreeMap::new();
        for (offer, order) in offers {
            by_order.entry(*order).or_default().push(offer.into_inner());
        }
        // As many statements as there are tiers.
        for (order, ids) in by_order {
            incentives::Entity::update_many()
                .col_expr(incentives::Column::MinTier, Expr::value(i32::from(order)))
                .col_expr(incentives::Column::Version, Expr::col(incentives::Column::Version).add(1))
                .filter(incentives::Column::Id.is_in(ids))
                .exec(self.conn())
                .await?;
        }
        self.mark_catalogue();
        Ok(())
    }
}
