//! Who is kept at a tier by hand.

use chrono::{DateTime, Utc};
use domain::{
    ids::MemberId,
    members::ProgramManaging,
    tiers::{Pin, TierCode},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    QuerySelect, sea_query::OnConflict,
};
use uuid::Uuid;

use super::{CORRUPT, Tiers};
use crate::{
    Result, Tx,
    entity::{members, tier_pins},
    from_micros, micros,
};

/// Somebody who is kept at a tier, with why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAt {
    /// The tier, and until when.
    pub pin: Pin,
    /// Why.
    pub reason: String,
    /// The name of who decided it, where they are still there.
    pub by: Option<String>,
    /// When that was.
    pub at: DateTime<Utc>,
}

pub(super) fn pin(tier: Option<&str>, until: Option<i64>) -> Result<Option<Pin>> {
    let (Some(tier), Some(until)) = (tier, until) else { return Ok(None) };
    Ok(Some(Pin { tier: TierCode::parse(tier).map_err(|_| CORRUPT)?, until: from_micros(until) }))
}

impl<C: ConnectionTrait> Tiers<'_, C> {
    /// Whether this member is kept at a tier; also what is over and was not looked at yet.
    ///
    /// # Errors
    /// When the database does not answer or holds an unreadable value.
    pub async fn kept_at(&self, member: MemberId) -> Result<Option<KeptAt>> {
        let Some(row) = tier_pins::Entity::find_by_id(member.into_inner()).one(self.0).await? else {
            return Ok(None);
        };
        let known = pin(Some(&row.tier_code), Some(row.until))?;
        let by = members::Entity::find_by_id(row.pinned_by_id)
            .select_only()
            .column(members::Column::Name)
            .into_tuple()
            .one(self.0)
            .await?;
        Ok(known.map(|pin| KeptAt { pin, reason: row.reason, by, at: from_micros(row.pinned_at) }))
    }
}

impl Tiers<'_, DatabaseTransaction> {
    /// Forgets what is over, of these members.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn end_pins(&self, members: &[MemberId], now: DateTime<Utc>) -> Result<()> {
        let ids: Vec<Uuid> = members.iter().map(|member| member.into_inner()).collect();
        tier_pins::Entity::delete_many()
            .filter(tier_pins::Column::MemberId.is_in(ids))
            .filter(tier_pins::Column::Until.lte(micros(now)))
            .exec(self.0)
            .await?;
        Ok(())
    }
}

impl Tx {
    /// Keeps a member at a tier, in place of what was before.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn pin_tier(
        &self,
        by: &ProgramManaging,
        member: MemberId,
        pin: &Pin,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<()> {
        tier_pins::Entity::insert(tier_pins::ActiveModel {
            member_id: Set(member.into_inner()),
            tier_code: Set(pin.tier.as_str().to_owned()),
            until: Set(micros(pin.until)),
            reason: Set(reason.to_owned()),
            pinned_by_id: Set(by.member().into_inner()),
            pinned_at: Set(micros(now)),
        })
        .on_conflict(
            OnConflict::column(tier_pins::Column::MemberId)
                .update_columns([
                    tier_pins::Column::TierCode,
                    tier_pins::Column::Until,
                    tier_pins::Column::Reason,
                    tier_pins::Column::PinnedById,
                    tier_pins::Column::PinnedAt,
                ])
                .to_owned(),
        )
        .exec_without_returning(self.conn())
        .await?;
        Ok(())
    }

    /// Ends it now. Answers whether there was something to end.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn end_pin_now(
        &self,
        _: &ProgramManaging,
        member: MemberId,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let done = tier_pins::Entity::update_many()
            .set(tier_pins::ActiveModel { until: Set(micros(now)), ..Default::default() })
            .filter(tier_pins::Column::MemberId.eq(member.into_inner()))
            .exec(self.conn())
            .await?;
        Ok(done.rows_affected == 1)
    }
}
