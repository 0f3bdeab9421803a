//! When something is due in open referrals, for many of them at once.

use chrono::{DateTime, Utc};
use domain::ids::ReferralId;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{CaseStatement, LockType},
};

use super::{Referrals, StoredReferral, lines::ON_BOARD, restore};
use crate::{Result, entity::referrals, micros};

/// When something is due in a referral.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dates {
    /// In which one.
    pub referral: ReferralId,
    /// When the next thing is due.
    pub due_at: Option<DateTime<Utc>>,
    /// When it expires if nothing happens.
    pub expires_at: Option<DateTime<Utc>>,
}

impl Referrals<'_, DatabaseTransaction> {
    /// The open referrals after this one, by id. Nobody else changes them until this transaction ends.
    ///
    /// # Errors
    /// When the database does not answer in time or holds an unreadable value.
    pub async fn open_after(&self, after: Option<ReferralId>, limit: u64) -> Result<Vec<StoredReferral>> {
        let mut open = referrals::Entity::find()
            .filter(referrals::Column::Stage.is_in(ON_BOARD.map(|stage| stage.as_str())))
            .order_by_asc(referrals::Column::Id)
            .limit(limit)
            .lock(LockType::NoKeyUpdate);
        if let Some(after) = after {
            open = open.filter(referrals::Column::Id.gt(after.into_inner()));
        }
        open.all(self.0).await?.into_iter().map(restore).collect()
    }

    /// Writes when something is due in these. It follows from the rules, so it is no change of a referral.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn set_dates(&self, dates: &[Dates]) -> Result<()> {
        if dates.is_empty() {
            return Ok(());
        }
        let case = |of: fn(&Dates) -> Option<DateTime<Utc>>| {
            dates.iter().fold(CaseStatement::new(), |case, one| {
                case.case(referrals::Column::Id.eq(one.referral.into_inner()), of(one).map(micros))
            })
        };
        referrals::Entity::update_many()
            .col_expr(referrals::Column::DueAt, case(|one| one.due_at).into())
            .col_expr(referrals::Column::ExpiresAt, case(|one| one.expires_at).into())
            .filter(referrals::Column::Id.is_in(dates.iter().map(|one| one.referral.into_inner())))
            .exec(self.0)
            .await?;
        Ok(())
    }
}
