//! Settings that are kept in the database, as JSON by key.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};

use crate::{Result, Store, StoreError, Tx, entity::settings, micros};

impl Store {
    /// The setting's value; `None` while nobody has set it.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when it is not JSON.
    pub async fn setting(&self, key: &str) -> Result<Option<serde_json::Value>> {
        let row = settings::Entity::find_by_id(key).one(self.reader()).await?;
        row.map(|row| serde_json::from_str(&row.value).map_err(|_| StoreError::Corrupt("settings.value")))
            .transpose()
    }
}

impl Tx {
    /// The setting's value as this transaction sees it; `None` while nobody has set it.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when it is not JSON.
    pub async fn setting(&self, key: &str) -> Result<Option<serde_json::Value>> {
        let row = settings::Entity::find_by_id(key).one(self.conn()).await?;
        row.map(|row| serde_json::from_str(&row.value).map_err(|_| StoreError::Corrupt("settings.value")))
            .transpose()
    }

    /// Sets a setting.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn set_setting(&self, key: &str, value: &serde_json::Value, now: DateTime<Utc>) -> Result<()> {
        settings::Entity::insert(settings::ActiveModel {
            key: Set(key.to_owned()),
            value: Set(value.to_string()),
            version: Set(0),
            updated_at: Set(micros(now)),
        })
        .on_conflict(
            OnConflict::column(settings::Column::Key)
                .update_columns([settings::Column::Value, settings::Column::UpdatedAt])
                .to_owned(),
        )
        .exec_without_returning(self.conn())
        .await?;
        Ok(())
    }
}
