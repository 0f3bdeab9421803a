//! Reading a page's data over one connection.
//!
//! A pool asks each connection that is given back whether it is well, in a task of its own, so ten reads over ten borrowed
//! connections cost twice what ten reads over one do. [`Store::reading`] borrows one for as long as a page is made.

use std::{
    future::Future,
    sync::{Arc, MutexGuard, PoisonError},
};

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult,
    Statement, TransactionTrait,
};
use tokio::sync::Mutex;

use crate::{Store, members::Person};

tokio::task_local! {
    static PAGE: Page;
}

/// What a page keeps while it is made.
#[derive(Clone, Default)]
struct Page(Arc<Kept>);

#[derive(Default)]
struct Kept {
    /// The connection that it reads over.
    connection: Mutex<Held>,
    /// Whose session was read: most pages ask for both.
    met: std::sync::Mutex<Option<Person>>,
}

#[derive(Default)]
enum Held {
    /// Nothing was read yet: a page without data borrows nothing.
    #[default]
    NotYet,
    /// A transaction, which is how a pool lends one connection for several statements.
    Open(Arc<DatabaseTransaction>),
    /// Given back before the page was ready.
    Ended,
}

impl Store {
    /// Runs a future whose reads through this store all use one connection, on SQLite also as of one moment. The first
    /// write gives it back, so that what was written can be read.
    pub async fn reading<F: Future>(&self, page: F) -> F::Output {
        PAGE.scope(Page::default(), page).await
    }

    /// Gives the page's connection back: before a write, and before waiting for somebody else's server.
    pub async fn end_reading(&self) {
        if let Ok(page) = PAGE.try_with(Page::clone) {
            *page.0.connection.lock().await = Held::Ended;
            page.met().take();
        }
    }
}

/// Keeps somebody for the rest of the page.
pub(crate) fn meet(person: Person) {
    if let Ok(page) = PAGE.try_with(Page::clone) {
        *page.met() = Some(person);
    }
}

/// Whom this page has met.
pub(crate) fn met() -> Option<Person> {
    PAGE.try_with(|page| page.met().clone()).ok().flatten()
}

impl Page {
    fn met(&self) -> MutexGuard<'_, Option<Person>> {
        self.0.met.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn connection(&self, pool: &DatabaseConnection) -> Result<Option<Arc<DatabaseTransaction>>, DbErr> {
        let mut held = self.0.connection.lock().await;
        match &*held {
            Held::Open(open) => Ok(Some(open.clone())),
            Held::Ended => Ok(None),
            Held::NotYet => {
                let open = Arc::new(pool.begin().await?);
                *held = Held::Open(open.clone());
                Ok(Some(open))
            }
        }
    }
}

/// Where reads go: over the page's connection where there is one, otherwise to the pool.
#[derive(Clone, Debug)]
pub(crate) struct Reader {
    pool: DatabaseConnection,
}

impl Reader {
    pub(crate) fn new(pool: DatabaseConnection) -> Self {
        Self { pool }
    }

    pub(crate) fn pool(&self) -> &DatabaseConnection {
        &self.pool
    }

    async fn held(&self) -> Result<Option<Arc<DatabaseTransaction>>, DbErr> {
        match PAGE.try_with(Page::clone) {
            Ok(page) => page.connection(&self.pool).await,
            Err(_) => Ok(None),
        }
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Reader {
    fn get_database_backend(&self) -> DbBackend {
        self.pool.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        match self.held().await? {
            Some(page) => page.execute_raw(statement).await,
            None => self.pool.execute_raw(statement).await,
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        match self.held().await? {
            Some(page) => page.execute_unprepared(sql).await,
            None => self.pool.execute_unprepared(sql).await,
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match self.held().await? {
            Some(page) => page.query_one_raw(statement).await,
            None => self.pool.query_one_raw(statement).await,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self.held().await? {
            Some(page) => page.query_all_raw(statement).await,
            None => self.pool.query_all_raw(statement).await,
        }
    }
}
