//! Deleting what has had its time, in steps so small that a click never waits for one.

use chrono::{DateTime, Utc};
use domain::compliance::Kept;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    Result, Tx,
    entity::{referrals, touches},
    micros,
    written::change,
};

/// Rows of one step: well under 20 ms.
const STEP: u64 = 300;
/// An uploaded file is many rows.
const FEW: u64 = 4;

/// How many rows one step takes; one that took fewer was the last.
pub const fn step(kept: Kept) -> u64 {
    if matches!(kept, Kept::Uploads) { FEW } else { STEP }
}

impl Tx {
    /// Deletes one step of what is as old as `until` and answers how many rows that were.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn delete_lapsed(&self, kept: Kept, until: DateTime<Utc>) -> Result<u64> {
        let sql = match kept {
            Kept::Clicks => return delete_clicks(self.conn(), until).await,
            Kept::Sessions => {
                "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at <= $1 LIMIT $2)"
            }
            Kept::Forms => {
                "DELETE FROM form_states WHERE id IN (SELECT id FROM form_states WHERE expires_at <= $1 LIMIT $2)"
            }
            Kept::Uploads => {
                "DELETE FROM uploads WHERE id IN (SELECT id FROM uploads WHERE expires_at <= $1 LIMIT $2)"
            }
            Kept::JoinRequests => {
                "DELETE FROM join_requests WHERE id IN (SELECT id FROM join_requests \
                 WHERE expires_at <= $1 AND confirmed_at IS NULL LIMIT $2)"
            }
            Kept::ColleagueLinks => {
                "DELETE FROM colleague_links WHERE id IN (SELECT id FROM colleague_links \
                 WHERE expires_at <= $1 LIMIT $2)"
            }
            Kept::MoveForms => {
                "DELETE FROM move_forms WHERE form_hash IN (SELECT form_hash FROM move_forms \
                 WHERE at <= $1 LIMIT $2)"
            }
            Kept::Throttles => {
                "DELETE FROM throttles WHERE key IN (SELECT key FROM throttles WHERE resets_at <= $1 LIMIT $2)"
            }
            Kept::SignIns => {
                "DELETE FROM sign_in_attempts WHERE id IN (SELECT id FROM sign_in_attempts \
                 WHERE expires_at <= $1 LIMIT $2)"
            }
            Kept::FraudNotes => {
                "DELETE FROM fraud_findings WHERE (referral_id, reason) IN (SELECT referral_id, reason \
                 FROM fraud_findings WHERE case_id IS NULL AND found_at <= $1 LIMIT $2)"
            }
            Kept::Mails => {
                "DELETE FROM mails WHERE id IN (SELECT id FROM mails WHERE sent_at <= $1 \
                 OR (sent_at IS NULL AND created_at <= $1) LIMIT $2)"
            }
            // Whoever still waits to be let in, or was let in, is no stranger.
            Kept::StrangersMails => {
                "DELETE FROM mails WHERE id IN (SELECT l.id FROM mails l \
                 WHERE l.contact_id IS NULL AND l.recipient_id IS NULL \
                 AND (l.sent_at IS NOT NULL OR l.created_at <= $1) \
                 AND NOT EXISTS (SELECT 1 FROM join_requests r WHERE r.email = l.to_address) \
                 AND NOT EXISTS (SELECT 1 FROM members m WHERE m.email = l.to_address) LIMIT $2)"
            }
        };
        let rows = i64::try_from(step(kept)).unwrap_or(i64::MAX);
        change(self.conn(), sql, [micros(until).into(), rows.into()]).await
    }
}

/// The smallest id that a row made at this moment can have: ids begin with the time, so the oldest rows are found by the
/// primary key, and the busiest table needs no further index.
fn first_id_of(at: DateTime<Utc>) -> Uuid {
    let millis = u128::from(at.timestamp_millis().unsigned_abs());
    Uuid::from_u128(millis << 80)
}

async fn delete_clicks(conn: &DatabaseTransaction, until: DateTime<Utc>) -> Result<u64> {
    let oldest: Vec<Uuid> = touches::Entity::find()
        .select_only()
        .column(touches::Column::Id)
        .filter(touches::Column::Id.lt(first_id_of(until)))
        .order_by_asc(touches::Column::Id)
        .limit(STEP)
        .into_tuple()
        .all(conn)
        .await?;
    if oldest.is_empty() {
        return Ok(0);
    }
    referrals::Entity::update_many()
        .col_expr(referrals::Column::TouchId, Expr::value(None::<Uuid>))
        .filter(referrals::Column::TouchId.is_in(oldest.iter().copied()))
        .exec(conn)
        .await?;
    Ok(touches::Entity::delete_many()
        .filter(touches::Column::Id.is_in(oldest))
        .exec(conn)
        .await?
        .rows_affected)
}
