//! Counting how often somebody tries, within a window.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};

use crate::{Result, Tx, entity::throttles, micros};

impl Tx {
    /// Counts one more try under this key and answers how many there were in the running window, this one included.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn count_try(&self, key: &str, window: TimeDelta, now: DateTime<Utc>) -> Result<i32> {
        let counted = throttles::Entity::update_many()
            .col_expr(throttles::Column::Hits, Expr::col(throttles::Column::Hits).add(1))
            .filter(throttles::Column::Key.eq(key))
            .filter(throttles::Column::ResetsAt.gt(micros(now)))
            .exec(self.conn())
            .await?;
        if counted.rows_affected == 0 {
            throttles::Entity::insert(throttles::ActiveModel {
                key: Set(key.to_owned()),
                hits: Set(1),
                resets_at: Set(micros(now + window)),
            })
            .on_conflict(
                OnConflict::column(throttles::Column::Key)
                    .update_columns([throttles::Column::Hits, throttles::Column::ResetsAt])
                    .to_owned(),
            )
            .exec_without_returning(self.conn())
            .await?;
            return Ok(1);
        }
        let row = throttles::Entity::find_by_id(key).one(self.conn()).await?;
        Ok(row.map_or(1, |row| row.hits))
    }
}
