//! Settings that are kept in the database, as JSON by key.

use chrono::{DateTime, Utc};
use domain::members::Administering;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, OnConflict},
};

use crate::{Result, Store, StoreError, Tx, entity::settings, micros};

/// A setting as an editor sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptSetting {
    /// Its value; `None` while nobody has set it.
    pub value: Option<serde_json::Value>,
    /// Counts edits, for optimistic ones; -1 while nobody has set it.
    pub version: i32,
}

impl Store {
    /// How often the catalogue has changed.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn catalogue_version(&self) -> Result<i32> {
        catalogue_version(self.reader()).await
    }

    /// The setting with its version.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when it is not JSON.
    pub async fn kept_setting(&self, key: &str) -> Result<KeptSetting> {
        let Some(row) = settings::Entity::find_by_id(key).one(self.reader()).await? else {
            return Ok(KeptSetting { value: None, version: -1 });
        };
        let value = serde_json::from_str(&row.value).map_err(|_| StoreError::Corrupt("settings.value"))?;
        Ok(KeptSetting { value: Some(value), version: row.version })
    }

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

/// The row whose version counts the changes of the catalogue: programmes, offers, organisations, tiers, settings. A
/// migration has put it there.
pub(crate) const CATALOGUE: &str = "catalogue";

async fn catalogue_version<C: ConnectionTrait>(conn: &C) -> Result<i32> {
    let version: Option<i32> = settings::Entity::find_by_id(CATALOGUE)
        .select_only()
        .column(settings::Column::Version)
        .into_tuple()
        .one(conn)
        .await?;
    version.ok_or(StoreError::Corrupt("settings.catalogue"))
}

/// Tells everybody who has read the catalogue that it is another one now. Last before a commit: of two transactions that
/// wait for this row neither holds one that the other still wants.
pub(crate) async fn catalogue_changed(conn: &DatabaseTransaction) -> Result<()> {
    settings::Entity::update_many()
        .col_expr(settings::Column::Version, Expr::col(settings::Column::Version).add(1))
        .filter(settings::Column::Key.eq(CATALOGUE))
        .exec(conn)
        .await?;
    Ok(())
}

impl Tx {
    /// How often the catalogue has changed, as this transaction sees it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn catalogue_version(&self) -> Result<i32> {
        catalogue_version(self.conn()).await
    }

    /// The setting's value as this transaction sees it; `None` while nobody has set it.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when it is not JSON.
    pub async fn setting(&self, key: &str) -> Result<Option<serde_json::Value>> {
        let row = settings::Entity::find_by_id(key).one(self.conn()).await?;
        row.map(|row| serde_json::from_str(&row.value).map_err(|_| StoreError::Corrupt("settings.value")))
            .transpose()
    }

    /// Changes a setting that nobody has changed since `seen`.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when somebody has.
    pub async fn change_setting(
        &self,
        _: Administering,
        key: &str,
        value: &serde_json::Value,
        seen: i32,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let changed = if seen < 0 {
            settings::Entity::insert(settings::ActiveModel {
                key: Set(key.to_owned()),
                value: Set(value.to_string()),
                version: Set(0),
                updated_at: Set(micros(now)),
            })
            .on_conflict(OnConflict::column(settings::Column::Key).do_nothing().to_owned())
            .exec_without_returning(self.conn())
            .await?
        } else {
            settings::Entity::update_many()
                .col_expr(settings::Column::Value, Expr::value(value.to_string()))
                .col_expr(settings::Column::Version, Expr::value(seen + 1))
                .col_expr(settings::Column::UpdatedAt, Expr::value(micros(now)))
                .filter(settings::Column::Key.eq(key))
                .filter(settings::Column::Version.eq(seen))
                .exec(self.conn())
                .await?
                .rows_affected
        };
        if changed != 1 {
            return Err(StoreError::Stale);
        }
        self.mark_catalogue();
        Ok(())
    }

    /// Sets a setting.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn set_setting(&self, key: &str, value: &serde_json::Value, now: DateTime<Utc>) -> Result<()> {
        self.note_setting(key, value, now).await?;
        self.mark_catalogue();
        Ok(())
    }

    /// Sets a setting that no page of the catalogue reads.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn note_setting(&self, key: &str, value: &serde_json::Value, now: DateTime<Utc>) -> Result<()> {
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
