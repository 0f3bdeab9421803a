//! What somebody typed into a form that was refused or interrupted, kept sealed for half an hour.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{Result, Store, entity::form_states, micros};

impl Store {
    /// Keeps a sealed form for its owner.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn keep_form(&self, id: Uuid, owner: &str, sealed: String, until: DateTime<Utc>) -> Result<()> {
        let tx = self.begin().await?;
        form_states::ActiveModel {
            id: Set(id),
            owner_hash: Set(owner.to_owned()),
            sealed: Set(sealed),
            expires_at: Set(micros(until)),
        }
        .insert(tx.conn())
        .await?;
        tx.commit().await
    }

    /// The sealed form, for its owner only, while it lasts.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn kept_form(&self, id: Uuid, owner: &str, now: DateTime<Utc>) -> Result<Option<String>> {
        Ok(form_states::Entity::find_by_id(id)
            .filter(form_states::Column::OwnerHash.eq(owner))
            .filter(form_states::Column::ExpiresAt.gt(micros(now)))
            .one(self.reader())
            .await?
            .map(|row| row.sealed))
    }
}
