//! Counting how often somebody tries, within a window.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set,
    EntityTrait, ExprTrait,
    sea_query::{Expr, OnConflict},
};

use crate::{Result, Tx, entity::throttles, micros};

impl Tx {
    /// Counts one more try under this key and answers how many there were in the running window, this one included.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn count_try(&self, key: &str, window: TimeDelta, now: DateTime<Utc>) -> Result<i32> {
        // One statement, so that tries at the same moment are all counted: a lapsed window begins anew with this one.
        let running = || Expr::col((throttles::Entity, throttles::Column::ResetsAt)).gt(micros(now));
        let hits =
            Expr::case(running(), Expr::col((throttles::Entity, throttles::Column::Hits)).add(1)).finally(1);
        let until = Expr::col((throttles::Entity, throttles::Column::ResetsAt));
        let until = Expr::case(running(), until).finally(micros(now + window));
        throttles::Entity::insert(throttles::ActiveModel {
            key: Set(key.to_owned()),
            hits: Set(1),
            resets_at: Set(micros(now + window)),
        })
        .on_conflict(
            OnConflict::column(throttles::Column::Key)
                .value(throttles::Column::Hits, hits)
                .value(throttles::Column::ResetsAt, until)
                .to_owned(),
        )
        .exec_without_returning(self.conn())
        .await?;
        let row = throttles::Entity::find_by_id(key).one(self.conn()).await?;
        Ok(row.map_or(1, |row| row.hits))
    }
}
