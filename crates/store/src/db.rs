//! Opening the database and beginning transactions.

use std::{
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use migrations::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};

use tokio::{
    sync::{Mutex, Notify, OwnedMutexGuard},
    time::timeout,
};

use crate::{Result, StoreError, reading::Reader, settings::catalogue_changed};

/// Where the data lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DatabaseAddress {
    /// One file, made when it is missing.
    Sqlite(PathBuf),
    /// A `postgres://` address, and the schema to use instead of `public`.
    Postgres {
        /// The address, with its password: never logged.
        url: String,
        /// The schema that holds our tables.
        schema: Option<String>,
    },
}

/// An open database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    read: Reader,
    write: DatabaseConnection,
    sqlite: Option<SqliteFile>,
    /// Told when a job was pushed by this process.
    jobs: Arc<Notify>,
}

/// A SQLite file, and the queue of those who write to it in this process: SQLite itself lets whoever tries at the right
/// moment go first, and somebody might never.
#[derive(Clone, Debug)]
pub(crate) struct SqliteFile {
    pub(crate) path: Arc<Path>,
    /// Device and number of the file that was opened.
    identity: (u64, u64),
    turns: Arc<Mutex<()>>,
}

fn identity(file: &Path) -> std::io::Result<(u64, u64)> {
    let found = file.metadata()?;
    Ok((found.dev(), found.ino()))
}

impl SqliteFile {
    /// Waits for its turn to write, and has it until the answer is dropped. What is written to a file that somebody has removed
    /// or replaced would be acknowledged and lost, so it is looked at each time; that takes a microsecond.
    pub(crate) async fn turn(&self) -> Result<OwnedMutexGuard<()>> {
        let Ok(turn) = timeout(PATIENCE, self.turns.clone().lock_owned()).await else {
            return Err(StoreError::Busy);
        };
        self.check()?;
        Ok(turn)
    }

    /// Whether the file is still the one that was opened.
    fn check(&self) -> Result<()> {
        if identity(&self.path)? == self.identity { Ok(()) } else { Err(StoreError::Replaced) }
    }
}

/// One use case's transaction. Dropped without [`Tx::commit`], nothing happened.
#[derive(Debug)]
pub struct Tx {
    inner: DatabaseTransaction,
    /// Whether something was changed that pages remember.
    catalogue: AtomicBool,
    /// Whether a job was pushed, and whom to tell once it is there.
    pushed: AtomicBool,
    jobs: Arc<Notify>,
    /// On SQLite, until this transaction has ended.
    _turn: Option<OwnedMutexGuard<()>>,
}

/// Readers beside the one writer on SQLite; two cores do not profit from more, and each keeps pages in memory.
const SQLITE_READERS: u32 = 4;
/// What the writer keeps of the file, as SQLite counts it: negative in KiB.
const WRITER_CACHE: &str = "-16384";
/// What each reader keeps. The system keeps the file too, and four times the writer's would be most of an import's memory.
const READER_CACHE: &str = "-8192";
/// Connections of one server to PostgreSQL.
const POSTGRES_POOL: u32 = 16;
/// How long a request waits for a connection or a lock before it gives up with an honest error.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

impl Store {
    /// Opens the database, without touching its tables.
    ///
    /// # Errors
    /// When the file can't be opened or the server does not answer.
    pub async fn open(address: &DatabaseAddress) -> Result<Self> {
        match address {
            DatabaseAddress::Sqlite(file) => {
                let write = Database::connect(sqlite(file.clone(), 1, false)).await?;
                let read = Database::connect(sqlite(file.clone(), SQLITE_READERS, true)).await?;
                let identity = identity(file)?;
                let sqlite = SqliteFile { path: file.as_path().into(), identity, turns: Arc::default() };
                Ok(Self { read: Reader::new(read), write, sqlite: Some(sqlite), jobs: Arc::default() })
            }
            DatabaseAddress::Postgres { url, schema } => {
                let mut options = ConnectOptions::new(url);
                options.max_connections(POSTGRES_POOL).acquire_timeout(PATIENCE).sqlx_logging(false);
                if let Some(schema) = schema {
                    options.set_schema_search_path(schema);
                }
                let pool = Database::connect(options).await?;
                Ok(Self { read: Reader::new(pool.clone()), write: pool, sqlite: None, jobs: Arc::default() })
            }
        }
    }

    /// Brings the schema up to date.
    ///
    /// # Errors
    /// When a step fails; the steps before it stay.
    pub async fn migrate(&self) -> Result<()> {
        Ok(Migrator::up(&self.write, None).await?)
    }

    /// How many migrations this binary knows that the database has not seen.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn pending_migrations(&self) -> Result<usize> {
        Ok(Migrator::get_pending_migrations(&self.write).await?.len())
    }

    /// Begins a use case's transaction. On SQLite it takes the write lock at once, so that two use cases queue up
    /// instead of failing half-way. Ends [`Store::reading`]: whoever holds one connection and waits for a second can wait
    /// for ever.
    ///
    /// # Errors
    /// When the database does not answer in time.
    pub async fn begin(&self) -> Result<Tx> {
        self.end_reading().await;
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let turn = match &self.sqlite {
            Some(sqlite) => Some(sqlite.turn().await?),
            None => None,
        };
        let inner = self.write.begin_with_options(options).await?;
        Ok(Tx {
            inner,
            catalogue: AtomicBool::new(false),
            pushed: AtomicBool::new(false),
            jobs: self.jobs.clone(),
            _turn: turn,
        })
    }

    /// Whether the database answers, and is still the one that was opened: a file that somebody has removed or replaced goes
    /// on answering, and whatever is written to it is lost.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<()> {
        if let Some(sqlite) = &self.sqlite {
            sqlite.check()?;
        }
        Ok(self.read.pool().ping().await?)
    }

    /// Copies a SQLite database into a new file as it is at this moment, while others go on writing, and reads the
    /// copy through.
    ///
    /// # Errors
    /// When the file is there already, can't be written, or does not read well.
    pub async fn copy_to(&self, file: &Path) -> Result<()> {
        let name = file.display().to_string();
        self.write
            .execute_raw(Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", [name.into()]))
            .await?;
        let copy = Database::connect(sqlite(file.to_owned(), 1, true).to_owned()).await?;
        let answer =
            copy.query_one_raw(Statement::from_string(DbBackend::Sqlite, "PRAGMA quick_check")).await?;
        let said: Option<String> = answer.map(|row| row.try_get_by_index(0)).transpose()?;
        copy.close().await?;
        if said.as_deref() == Some("ok") { Ok(()) } else { Err(StoreError::Corrupt("backup")) }
    }

    /// Waits until this process has pushed a job since it was last asked. What other servers push is not told.
    pub async fn job_pushed(&self) {
        self.jobs.notified().await;
    }

    /// Whether this is SQLite: one file, one writer, one server.
    pub fn is_sqlite(&self) -> bool {
        self.write.get_database_backend() == DbBackend::Sqlite
    }

    /// Closes all connections, after which SQLite has folded its write-ahead log into the file.
    ///
    /// # Errors
    /// When a connection can't be closed.
    pub async fn close(self) -> Result<()> {
        self.read.pool().clone().close().await?;
        Ok(self.write.close().await?)
    }

    pub(crate) fn sqlite_file(&self) -> Option<&SqliteFile> {
        self.sqlite.as_ref()
    }

    #[cfg(feature = "testing")]
    pub(crate) fn writer(&self) -> &DatabaseConnection {
        &self.write
    }

    pub(crate) fn reader(&self) -> &Reader {
        &self.read
    }
}

impl Tx {
    /// Makes everything in this transaction durable.
    ///
    /// # Errors
    /// When the database refuses; then nothing of it happened.
    pub async fn commit(self) -> Result<()> {
        if self.catalogue.load(Ordering::Relaxed) {
            catalogue_changed(&self.inner).await?;
        }
        self.inner.commit().await?;
        if self.pushed.load(Ordering::Relaxed) {
            self.jobs.notify_one();
        }
        Ok(())
    }

    /// A job is pushed with this transaction.
    pub(crate) fn mark_job(&self) {
        self.pushed.store(true, Ordering::Relaxed);
    }

    /// Something of the catalogue changes with this transaction.
    pub(crate) fn mark_catalogue(&self) {
        self.catalogue.store(true, Ordering::Relaxed);
    }

    pub(crate) fn conn(&self) -> &DatabaseTransaction {
        &self.inner
    }
}

/// Durable means on the disk: a full sync per commit. Group commit, not a weaker pragma, makes clicks cheap.
fn sqlite(file: PathBuf, connections: u32, read_only: bool) -> ConnectOptions {
    let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rwc", file.display()));
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(PATIENCE)
        // A file does not hang up; asking it before each query would double the way to it.
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |connect| {
            connect
                .create_if_missing(true)
                .foreign_keys(true)
                .busy_timeout(PATIENCE)
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "FULL")
                .pragma("cache_size", if read_only { READER_CACHE } else { WRITER_CACHE })
                .pragma("temp_store", "MEMORY")
                .pragma("query_only", if read_only { "ON" } else { "OFF" })
        });
    options
}
