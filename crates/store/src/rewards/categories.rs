//! What rewards are for tax and accounting.

use chrono::{DateTime, Utc};
use domain::{
    accounts::RecipientKind,
    ids::{MemberId, RewardId},
    incentives::{IncentiveKind, Unit},
    rewards::{TaxCase, TaxCategory},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use super::{Rewards, rows::corrupt};
use crate::{Result, StoreError, entity::reward_categories, micros};

/// What a reward is for tax and accounting: as finance has said, or as it is proposed until then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Categorised {
    /// What it is.
    pub category: TaxCategory,
    /// Whether finance has said so.
    pub confirmed: bool,
}

impl Categorised {
    /// From what finance has said, if anything, and the case of the reward; nothing where nothing is given.
    pub(crate) fn of(said: Option<&str>, case: Option<TaxCase>) -> Result<Option<Self>> {
        Ok(match said {
            Some(code) => {
                let category = corrupt(TaxCategory::parse(code), "reward_categories.category")?;
                Some(Self { category, confirmed: true })
            }
            None => case.and_then(TaxCase::proposed).map(|category| Self { category, confirmed: false }),
        })
    }
}

/// The case of a reward, from the columns that say so; nothing while nothing is promised.
pub(crate) fn case(
    kind: Option<&str>,
    unit: Option<&str>,
    to_person: bool,
    recipient: &str,
) -> Result<Option<TaxCase>> {
    let (Some(kind), Some(unit)) = (kind, unit) else { return Ok(None) };
    Ok(Some(TaxCase {
        kind: corrupt(IncentiveKind::parse(kind), "rewards.kind")?,
        unit: corrupt(Unit::parse(unit), "rewards.unit")?,
        to_person,
        recipient: corrupt(RecipientKind::parse(recipient), "accounts.recipient_kind")?,
    }))
}

impl Rewards<'_, DatabaseTransaction> {
    /// Keeps what finance says of a reward. `seen` is what they had said when the page was loaded. Answers whether that is new.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when somebody has said something else since.
    pub async fn put_category(
        &self,
        reward: RewardId,
        seen: Option<TaxCategory>,
        category: TaxCategory,
        by: MemberId,
        at: DateTime<Utc>,
    ) -> Result<bool> {
        let known = reward_categories::Entity::find_by_id(reward.into_inner()).one(self.0).await?;
        let known = known.map(|row| row.category);
        if known.as_deref() == Some(category.as_str()) {
            return Ok(false);
        }
        if known.as_deref() != seen.map(TaxCategory::as_str) {
            return Err(StoreError::Stale);
        }
        let row = reward_categories::ActiveModel {
            reward_id: Set(reward.into_inner()),
            category: Set(category.as_str().to_owned()),
            decided_by_id: Set(by.into_inner()),
            decided_at: Set(micros(at)),
        };
        let Some(known) = known else {
            let kept = reward_categories::Entity::insert(row).exec_without_returning(self.0).await;
            return match kept.map_err(StoreError::from) {
                Err(StoreError::Conflict) => Err(StoreError::Stale),
                other => other.map(|_| true),
            };
        };
        let done = reward_categories::Entity::update_many()
            .set(row)
            .filter(reward_categories::Column::RewardId.eq(reward.into_inner()))
            .filter(reward_categories::Column::Category.eq(known))
            .exec(self.0)
            .await?;
        if done.rows_affected == 1 { Ok(true) } else { Err(StoreError::Stale) }
    }
}
