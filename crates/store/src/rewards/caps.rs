//! What counts against caps, and the locks under which it is counted.

use std::collections::BTreeMap;

use domain::{
    ids::{MemberId, ProgramId},
    incentives::Unit,
    rewards::RewardCode,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, LockType, OnConflict},
};
use uuid::Uuid;

use super::{Earner, Rewards, StoredReward, rows::amount};
use crate::{
    Result,
    entity::{cap_tallies, members, programs, rewards},
    written::row,
};

/// What a cap of a programme limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CapKey {
    /// Whose cap.
    pub program: ProgramId,
    /// What is counted.
    pub unit: Unit,
    /// The calendar year, in the host's time zone.
    pub year: i32,
}

impl StoredReward {
    /// What it counts against the caps of its programme: what is promised or delivered does, what waits or has ended does
    /// not.
    pub fn against_cap(&self) -> Option<(CapKey, i64)> {
        let facts = self.reward.facts();
        let counts =
            matches!(facts.state.code(), RewardCode::Clearing | RewardCode::Approved | RewardCode::Fulfilled);
        let (promise, year) = facts.promise.zip(self.cap_year).filter(|_| counts)?;
        let key = CapKey { program: self.earner.program, unit: promise.amount.unit(), year };
        Some((key, promise.amount.value()))
    }
}

impl<C: ConnectionTrait> Rewards<'_, C> {
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

    /// What counts against the caps of a year in one unit: by this advocate, and by all of the programme, as it was counted
    /// when the last use case ended.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn used(&self, earner: Earner, CapKey { program, unit, year }: CapKey) -> Result<(i64, i64)> {
        // One advocate's rewards are few; those of a programme are many, and counted as they change.
        let sql = "SELECT CAST(SUM(r.amount) AS BIGINT) FROM rewards r JOIN referrals f ON f.id = r.referral_id \
             WHERE f.advocate_id = $1 AND r.side = 'advocate' AND r.unit = $2 AND r.cap_year = $3 \
             AND r.state IN ('clearing', 'approved', 'fulfilled')";
        let values = [earner.advocate.into_inner().into(), unit.as_str().into(), year.into()];
        let own: Option<i64> =
            row(self.0, sql, values).await?.map(|row| row.try_get_by_index(0)).transpose()?.flatten();
        let key = (program.into_inner(), unit.as_str().to_owned(), year);
        let program = cap_tallies::Entity::find_by_id(key).one(self.0).await?;
        Ok((own.unwrap_or(0), program.map_or(0, |tally| tally.amount)))
    }

    /// Keeps count of what counts against the caps of programmes. In the order of the keys, so that two transactions that
    /// count for the same programmes don't wait for each other in a circle.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn count_against_caps(&self, changes: &BTreeMap<CapKey, i64>) -> Result<()> {
        let sum = cap_tallies::Column::Amount;
        for (key, change) in changes.iter().filter(|(_, change)| **change != 0) {
            let columns =
                [cap_tallies::Column::ProgramId, cap_tallies::Column::Unit, cap_tallies::Column::CapYear];
            let more = Expr::col((cap_tallies::Entity, sum)).add(*change);
            cap_tallies::Entity::insert(cap_tallies::ActiveModel {
                program_id: Set(key.program.into_inner()),
                unit: Set(key.unit.as_str().to_owned()),
                cap_year: Set(key.year),
                amount: Set(*change),
            })
            .on_conflict(OnConflict::columns(columns).value(sum, more).to_owned())
            .exec_without_returning(self.0)
            .await?;
        }
        Ok(())
    }
}
