//! The audit log: who changed what, when. Ids and codes only, no personal text, so that an erasure leaves it whole.

use chrono::{DateTime, Utc};
use domain::ids::MemberId;
use sea_orm::{ActiveValue::Set, EntityTrait};
use uuid::Uuid;

use crate::{Result, Tx, entity::audit_entries, micros};

/// One line of the audit log.
#[derive(Clone, Debug)]
pub struct AuditEntry {
    /// The line's id.
    pub id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// Who; `None` for the system itself.
    pub actor: Option<MemberId>,
    /// What was done, as `room.verb`.
    pub action: &'static str,
    /// What kind of thing it was done to.
    pub object_kind: &'static str,
    /// Which one.
    pub object_key: String,
    /// Codes and ids that explain it, as JSON.
    pub details: serde_json::Value,
}

fn row(entry: AuditEntry) -> audit_entries::ActiveModel {
    audit_entries::ActiveModel {
        id: Set(entry.id),
        at: Set(micros(entry.at)),
        actor_id: Set(entry.actor.map(MemberId::into_inner)),
        action: Set(entry.action.to_owned()),
        object_kind: Set(entry.object_kind.to_owned()),
        object_key: Set(entry.object_key),
        details: Set(entry.details.to_string()),
    }
}

impl Tx {
    /// Writes a line of the audit log in this transaction.
    ///
    /// # Errors
    /// When the database refuses; then the act itself must not happen either.
    pub async fn audit(&self, entry: AuditEntry) -> Result<()> {
        audit_entries::Entity::insert(row(entry)).exec_without_returning(self.conn()).await?;
        Ok(())
    }

    /// Writes several lines at once.
    ///
    /// # Errors
    /// When the database refuses; then none of the acts must happen either.
    pub async fn audit_all(&self, entries: Vec<AuditEntry>) -> Result<()> {
        if entries.is_empty() {
            return Ok(());
        }
        let rows = entries.into_iter().map(row);
        audit_entries::Entity::insert_many(rows).exec_without_returning(self.conn()).await?;
        Ok(())
    }
}
