//! Credits on their way to the billing system.

use chrono::{DateTime, Utc};
use domain::{
    ids::{MemberId, RewardId},
    incentives::{Amount, IncentiveKind},
};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, DatabaseTransaction, EntityTrait, FromQueryResult, Statement,
    sea_query::OnConflict,
};
use uuid::Uuid;

use super::{
    Categorised, Rewards,
    categories::case,
    rows::{amount, corrupt},
};
use crate::{Result, entity::credit_exports, from_micros, micros};

/// A credit that is approved and not booked.
#[derive(Clone, Debug)]
pub struct OpenCredit {
    /// Which reward.
    pub reward: RewardId,
    /// The customer whose invoice it comes off.
    pub account_name: String,
    /// The person, where their employer has released it to them.
    pub person: Option<String>,
    /// How much, without what is set off.
    pub amount: Amount,
    /// When it was approved.
    pub approved_at: DateTime<Utc>,
    /// What it is for tax and accounting.
    pub category: Option<Categorised>,
    /// When it was first handed to the billing system.
    pub exported_at: Option<DateTime<Utc>>,
}

/// Most credits of one export; the rest comes with the next one, once these are booked.
pub const MOST_CREDITS: u32 = 10_000;

#[derive(Debug, FromQueryResult)]
struct Row {
    id: Uuid,
    account_name: String,
    person: Option<String>,
    amount: Option<i64>,
    unit: Option<String>,
    state_since_at: i64,
    exported_at: Option<i64>,
    recipient_kind: String,
    category: Option<String>,
}

impl<C: ConnectionTrait> Rewards<'_, C> {
    /// The credits that are approved and not booked, the longest approved first: at most [`MOST_CREDITS`].
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open_credits(&self) -> Result<Vec<OpenCredit>> {
        let sql = format!(
            "SELECT r.id, a.name AS account_name, p.name AS person, r.unit, r.state_since_at, \
             r.amount - COALESCE((SELECT CAST(SUM(o.amount) AS BIGINT) FROM set_offs o WHERE o.reward_id = r.id), 0) \
             AS amount, \
             x.exported_at, a.recipient_kind, z.category FROM rewards r JOIN referrals f ON f.id = r.referral_id \
             JOIN accounts a ON a.id = f.advocate_account_id LEFT JOIN members p ON p.id = r.receiver_member_id \
             LEFT JOIN credit_exports x ON x.reward_id = r.id \
             LEFT JOIN reward_categories z ON z.reward_id = r.id WHERE r.state = 'approved' \
             AND r.side = 'advocate' AND r.kind = 'credit' AND r.held_case IS NULL \
             AND NOT EXISTS (SELECT 1 FROM fraud_findings y WHERE y.referral_id = r.referral_id AND y.holds) \
             ORDER BY r.state_since_at, r.id LIMIT {MOST_CREDITS}"
        );
        let statement = Statement::from_string(self.0.get_database_backend(), sql);
        let rows = Row::find_by_statement(statement).all(self.0).await?;
        // Of what is set off as a whole nothing is booked.
        rows.into_iter()
            .filter(|row| row.amount > Some(0))
            .map(|row| {
                let kind = Some(IncentiveKind::Credit.as_str());
                let case = case(kind, row.unit.as_deref(), row.person.is_some(), &row.recipient_kind)?;
                Ok(OpenCredit {
                    reward: row.id.into(),
                    account_name: row.account_name,
                    person: row.person,
                    amount: corrupt(amount(row.amount, row.unit.as_deref())?, "rewards.amount")?,
                    approved_at: from_micros(row.state_since_at),
                    category: Categorised::of(row.category.as_deref(), case)?,
                    exported_at: row.exported_at.map(from_micros),
                })
            })
            .collect()
    }
}

impl Rewards<'_, DatabaseTransaction> {
    /// Notes that these credits are handed to the billing system; the first time is the one that is kept.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn note_exported(&self, credits: &[RewardId], by: MemberId, at: DateTime<Utc>) -> Result<()> {
        // A statement holds a limited number of values.
        for some in credits.chunks(500) {
            let rows = some.iter().map(|reward| credit_exports::ActiveModel {
                reward_id: Set(reward.into_inner()),
                exported_by_id: Set(by.into_inner()),
                exported_at: Set(micros(at)),
            });
            credit_exports::Entity::insert_many(rows)
                .on_conflict(OnConflict::column(credit_exports::Column::RewardId).do_nothing().to_owned())
                .exec_without_returning(self.0)
                .await?;
        }
        Ok(())
    }
}
