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

/// A job that did not succeed, as staff see it.
#[derive(Clone, Debug)]
pub struct FailedJob {
    /// Its id.
    pub id: Uuid,
    /// Its kind.
    pub kind: String,
    /// Ids only, as JSON.
    pub payload: String,
    /// How often it was tried.
    pub attempts: i32,
    /// The last error's code.
    pub last_error: String,
    /// When it was ordered.
    pub created_at: DateTime<Utc>,
    /// When it is tried next, or was tried last.
    pub run_at: DateTime<Utc>,
    /// When it was given up; `None` while it is still tried.
    pub dead_at: Option<DateTime<Utc>>,
}

impl From<jobs::Model> for FailedJob {
    fn from(row: jobs::Model) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            payload: row.payload,
            attempts: row.attempts,
            last_error: row.last_error.unwrap_or_default(),
            created_at: from_micros(row.created_at),
            run_at: from_micros(row.run_at),
            dead_at: row.dead_at.map(from_micros),
        }
    }
}

impl Tx {
    /// Queues a job in this transaction; with a `dedup_key` that is there already, nothing happens.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn push_job(&self, job: NewJob) -> Result<()> {
        self.push_jobs(vec![job]).await
    }

    /// Queues several jobs at once.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn push_jobs(&self, new: Vec<NewJob>) -> Result<()> {
        if new.is_empty() {
            return Ok(());
        }
        self.mark_job();
        jobs::Entity::insert_many(new.into_iter().map(|job| jobs::ActiveModel {
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
        }))
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

    /// Starts a job again that was given up, or does not let it wait for its next try. A job that a worker holds is
    /// left to it. Answers whether there was one.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn revive_job(&self, id: Uuid, now: DateTime<Utc>) -> Result<bool> {
        Ok(self.revive(Condition::all().add(failed()).add(jobs::Column::Id.eq(id)), now).await? == 1)
    }

    /// Starts every job again that was given up or waits for its next try. Answers how many there were.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn revive_all_jobs(&self, now: DateTime<Utc>) -> Result<u64> {
        self.revive(failed(), now).await
    }

    async fn revive(&self, which: Condition, now: DateTime<Utc>) -> Result<u64> {
        let free = Condition::any()
            .add(jobs::Column::DeadAt.is_not_null())
            .add(jobs::Column::LeasedUntil.is_null())
            .add(jobs::Column::LeasedUntil.lte(micros(now)));
        let done = jobs::Entity::update_many()
            .col_expr(jobs::Column::DeadAt, Expr::value(None::<i64>))
            .col_expr(jobs::Column::LeasedUntil, Expr::value(None::<i64>))
            .col_expr(jobs::Column::Attempts, Expr::value(0))
            .col_expr(jobs::Column::RunAt, Expr::value(micros(now)))
            .filter(which)
            .filter(free)
            .exec(self.conn())
            .await?;
        Ok(done.rows_affected)
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
    pub async fn dead_jobs(&self, limit: u64) -> Result<Vec<FailedJob>> {
        let rows = jobs::Entity::find()
            .filter(jobs::Column::DeadAt.is_not_null())
            .order_by_desc(jobs::Column::DeadAt)
            .limit(limit)
            .all(self.reader())
            .await?;
        Ok(rows.into_iter().map(FailedJob::from).collect())
    }

    /// The jobs that did not succeed so far and are tried again, the next one first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn retried_jobs(&self, limit: u64) -> Result<Vec<FailedJob>> {
        let rows = jobs::Entity::find()
            .filter(retried())
            .order_by_asc(jobs::Column::RunAt)
            .limit(limit)
            .all(self.reader())
            .await?;
        Ok(rows.into_iter().map(FailedJob::from).collect())
    }

    /// How many jobs were given up, and how many are tried again.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn count_failed_jobs(&self) -> Result<(u64, u64)> {
        use sea_orm::PaginatorTrait;
        let dead =
            jobs::Entity::find().filter(jobs::Column::DeadAt.is_not_null()).count(self.reader()).await?;
        let retried = jobs::Entity::find().filter(retried()).count(self.reader()).await?;
        Ok((dead, retried))
    }
}

fn retried() -> Condition {
    Condition::all()
        .add(jobs::Column::DeadAt.is_null())
        .add(jobs::Column::Attempts.gt(0))
        .add(jobs::Column::LastError.is_not_null())
}

fn failed() -> Condition {
    Condition::any().add(jobs::Column::DeadAt.is_not_null()).add(retried())
}

async fn next_due(db: &impl ConnectionTrait, due: Condition) -> Result<Option<jobs::Model>> {
    Ok(jobs::Entity::find().filter(due).order_by_asc(jobs::Column::RunAt).one(db).await?)
}
