//! What can go wrong in the memory.

use sea_orm::{DbErr, SqlErr};

/// An answer of the database that is not the one asked for.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A unique constraint was hit: somebody (or the same person, twice) was faster.
    #[error("a row with this key exists already")]
    Conflict,
    /// The row was changed since it was read.
    #[error("the row was changed in the meantime")]
    Stale,
    /// A stored value no code of ours could have written.
    #[error("unreadable value in {0}")]
    Corrupt(&'static str),
    /// Too many others are writing.
    #[error("the database is busy")]
    Busy,
    /// The SQLite file is no longer the one that was opened.
    #[error("the database's file was removed or replaced while it was open: start again")]
    Replaced,
    /// The SQLite file can't be looked at.
    #[error(transparent)]
    File(#[from] std::io::Error),
    /// Anything else: the database is away, full, locked.
    #[error(transparent)]
    Database(DbErr),
    /// The same, from the writer of clicks.
    #[error(transparent)]
    Clicks(#[from] rusqlite::Error),
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Self::Conflict,
            _ => Self::Database(error),
        }
    }
}
