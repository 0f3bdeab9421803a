//! The queue: jobs are pushed in the business transaction, leased by one worker, repeated with patience and kept
//! with their error when they will not succeed.
//!
//! Our own and small, because a queue library cannot take part in sea-orm's transaction and would be a second writer
//! on SQLite (see `docs/decisions`).

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use crate::{Result, Store, Tx, entity::jobs, from_micros, micros};

/// A job to be done.
#[derive(Clone, Debug)]
pub struct NewJob {
    /// Its id.
    pub id: Uuid,
    /// Which kind of job, as `services::jobs` names them.
    pub kind: &'static str,
    /// Ids only, as JSON.
    pub payload: String,
    /// A second job with the same key is the same job.
    pub dedup_key: Option<String>,
    /// Not before.
    pub run_at: DateTime<Utc>,
    /// Now.
    pub created_at: DateTime<Utc>,
}

/// A job that this worker holds.
#[derive(Clone, Debug)]
pub struct LeasedJob {
    /// Its id.
    pub id: Uuid,
    /// Its kind.
    pub kind: String,
    /// Its payload.
    pub payload: String,
    /// How often it was tried, this time included.
    pub attempts: i32,
}

/// A job that was given up, as staff see it.
#[derive(Clone, Debug)]
pub struct DeadJob {
    /// Its id.
    pub id: Uuid,
    /// Its kind.
    pub kind: String,
    /// How often it was tried.
    pub attempts: i32,
    /// The last error's code.
    pub last_error: String,
    /// When it was given up.
    pub dead_at: DateTime<Utc>,
}

impl Tx {
    /// Queues a job in this transaction; with a `dedup_key` that is there already, nothing happens.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn push_job(&self, job: NewJob) -> Result<()> {
        jobs::Entity::insert(jobs::ActiveModel {
            id: Set(job.id),
            kind: Set(job.kind.to_owned()),
            payload: Set(job.payload),
            dedup_key: Set(job.dedup_key),
            run_at: Set(micros(job.run_at)),
            attempts: Set(0),
            leased_until: Set(None),
            dead_at: Set(None),
            last_error: Set(None),
            created_at: Set(micros(job.created_at)),
        })
        .on_conflict(OnConflict::column(jobs::Column::DedupKey).do_nothing().to_owned())
        .exec_without_returning(self.conn())
        .await?;
        Ok(())
    }

    /// Forgets a job that is done, in the transaction of its work.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn finish_job(&self, id: Uuid) -> Result<()> {
        jobs::Entity::delete_by_id(id).exec(self.conn()).await?;
        Ok(())
    }

    /// Puts a job back for later.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn retry_job(&self, id: Uuid, at: DateTime<Utc>, error: &str) -> Result<()> {
        jobs::Entity::update_many()
            .col_expr(jobs::Column::RunAt, Expr::value(micros(at)))
            .col_expr(jobs::Column::LeasedUntil, Expr::value(None::<i64>))
            .col_expr(jobs::Column::LastError, Expr::value(error))
            .filter(jobs::Column::Id.eq(id))
            .exec(self.conn())
            .await?;
        Ok(())
    }

    /// Gives a job up; it stays for staff to see and to start again.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn bury_job(&self, id: Uuid, now: DateTime<Utc>, error: &str) -> Result<()> {
        jobs::Entity::update_many()
            .col_expr(jobs::Column::DeadAt, Expr::value(micros(now)))
            .col_expr(jobs::Column::LastError, Expr::value(error))
            .filter(jobs::Column::Id.eq(id))
            .exec(self.conn())
            .await?;
        Ok(())
    }

    /// Starts a job again that was given up. Answers whether there was one.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn revive_job(&self, id: Uuid, now: DateTime<Utc>) -> Result<bool> {
        let done = jobs::Entity::update_many()
            .col_expr(jobs::Column::DeadAt, Expr::value(None::<i64>))
            .col_expr(jobs::Column::LeasedUntil, Expr::value(None::<i64>))
            .col_expr(jobs::Column::Attempts, Expr::value(0))
            .col_expr(jobs::Column::RunAt, Expr::value(micros(now)))
            .filter(jobs::Column::Id.eq(id))
            .filter(jobs::Column::DeadAt.is_not_null())
            .exec(self.conn())
            .await?;
        Ok(done.rows_affected == 1)
    }
}

impl Store {
    /// Leases the next job that is due, so that no other worker takes it until `until`.
    ///
    /// Two workers may see the same row; the conditional update lets one of them have it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn lease_job(&self, now: DateTime<Utc>, until: DateTime<Utc>) -> Result<Option<LeasedJob>> {
        let due = || {
            Condition::all()
                .add(jobs::Column::DeadAt.is_null())
                .add(jobs::Column::RunAt.lte(micros(now)))
                .add(
                    Condition::any()
                        .add(jobs::Column::LeasedUntil.is_null())
                        .add(jobs::Column::LeasedUntil.lte(micros(now))),
                )
        };
        // Looked for on a reader first: an idle worker must not take the write lock every second.
        let Some(seen) = next_due(self.reader(), due()).await? else { return Ok(None) };
        let tx = self.begin().await?;
        let taken = jobs::Entity::update_many()
            .col_expr(jobs::Column::LeasedUntil, Expr::value(micros(until)))
            .col_expr(jobs::Column::Attempts, Expr::col(jobs::Column::Attempts).add(1))
            .filter(jobs::Column::Id.eq(seen.id))
            .filter(due())
            .exec(tx.conn())
            .await?;
        tx.commit().await?;
        Ok((taken.rows_affected == 1).then(|| LeasedJob {
            id: seen.id,
            kind: seen.kind,
            payload: seen.payload,
            attempts: seen.attempts + 1,
        }))
    }

    /// How many jobs wait or run, for tests and the health page.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open_jobs(&self) -> Result<u64> {
        use sea_orm::PaginatorTrait;
        Ok(jobs::Entity::find().filter(jobs::Column::DeadAt.is_null()).count(self.reader()).await?)
    }

    /// The jobs that were given up, newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn dead_jobs(&self, limit: u64) -> Result<Vec<DeadJob>> {
        Ok(jobs::Entity::find()
            .filter(jobs::Column::DeadAt.is_not_null())
            .order_by_desc(jobs::Column::DeadAt)
            .limit(limit)
            .all(self.reader())
            .await?
            .into_iter()
            .map(|row| DeadJob {
                id: row.id,
                kind: row.kind,
                attempts: row.attempts,
                last_error: row.last_error.unwrap_or_default(),
                dead_at: from_micros(row.dead_at.unwrap_or_default()),
            })
            .collect())
    }
}

async fn next_due(db: &impl ConnectionTrait, due: Condition) -> Result<Option<jobs::Model>> {
    Ok(jobs::Entity::find().filter(due).order_by_asc(jobs::Column::RunAt).one(db).await?)
}
