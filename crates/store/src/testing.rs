//! A migrated database for one test: a SQLite file, and a PostgreSQL schema where the tests are offered a server.

mod guards;

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::atomic::{AtomicU32, Ordering},
};

use domain::{
    accounts::{AccountStatus, GiftPolicy, RecipientKind},
    ids::{AccountId, IncentiveId, MemberId},
    text::CompanyName,
};
use migrations::{Migrator, MigratorTrait};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, Database, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, Statement,
};

use crate::{
    DatabaseAddress, Store,
    entity::{
        account_domains, accounts, audit_entries, company_claims, consents, contacts, deliveries, jobs,
        ledger_accounts, ledger_transfers, mails, member_defaults, referrals, rewards, touches,
    },
};

pub use guards::refuses;

/// The address of the server that tests may make schemas on.
const POSTGRES: &str = "DREIKLANG_TEST_POSTGRES_URL";

/// A database that belongs to one test.
#[derive(Debug)]
pub struct TestDatabase {
    /// The open, migrated database.
    pub store: Store,
    home: Home,
}

#[derive(Debug)]
enum Home {
    /// Its folder, which lives as long as the test.
    Sqlite(tempfile::TempDir),
    Postgres {
        url: String,
        schema: String,
    },
}

impl Home {
    fn address(&self) -> DatabaseAddress {
        match self {
            Self::Sqlite(folder) => DatabaseAddress::Sqlite(folder.path().join("test.db")),
            Self::Postgres { url, schema } => {
                DatabaseAddress::Postgres { url: url.clone(), schema: Some(schema.clone()) }
            }
        }
    }
}

#[expect(clippy::expect_used, reason = "this is test code, behind the `testing` feature")]
impl TestDatabase {
    /// A fresh SQLite file.
    ///
    /// # Panics
    /// When it can't be made.
    pub async fn sqlite() -> Self {
        let home = Home::Sqlite(tempfile::tempdir().expect("a temporary folder"));
        let store = Store::open(&home.address()).await.expect("SQLite opens");
        store.migrate().await.expect("SQLite migrates");
        guards::set(&store).await;
        Self { store, home }
    }

    /// A fresh PostgreSQL schema, if the tests are offered a server.
    ///
    /// # Panics
    /// When it can't be made.
    pub async fn postgres() -> Option<Self> {
        let (url, schema) = new_schema().await?;
        let home = Home::Postgres { url, schema };
        let store = Store::open(&home.address()).await.expect("the schema opens");
        store.migrate().await.expect("PostgreSQL migrates");
        guards::set(&store).await;
        Some(Self { store, home })
    }

    /// Closes it and opens it again, as a server does that is started anew.
    ///
    /// # Panics
    /// When it can't be closed or opened.
    pub async fn reopen(&mut self) {
        self.store.clone().close().await.expect("closes");
        self.store = Store::open(&self.home.address()).await.expect("opens again");
    }

    /// One of each that there is.
    ///
    /// # Panics
    /// When one can't be made.
    pub async fn all() -> Vec<Self> {
        let mut all = vec![Self::sqlite().await];
        all.extend(Self::postgres().await);
        all
    }

    /// The same database, opened once more, as a second server on PostgreSQL opens it; over another address where one is
    /// given. `None` on SQLite, which has one server.
    ///
    /// # Panics
    /// When it can't be opened.
    pub async fn beside(&self, over: Option<SocketAddr>) -> Option<Store> {
        let Home::Postgres { url, schema } = &self.home else { return None };
        let mut url = url.clone();
        if let Some(over) = over {
            let server = server_of(&url).to_owned();
            url = url.replacen(&server, &over.to_string(), 1);
        }
        let address = DatabaseAddress::Postgres { url, schema: Some(schema.clone()) };
        Some(Store::open(&address).await.expect("the schema opens once more"))
    }

    /// Where its PostgreSQL listens, as `host:port`; `None` on SQLite.
    pub fn server(&self) -> Option<&str> {
        match &self.home {
            Home::Sqlite(_) => None,
            Home::Postgres { url, .. } => Some(server_of(url)),
        }
    }

    /// Closes and removes it.
    ///
    /// # Panics
    /// When it can't be closed.
    pub async fn drop(self) {
        self.store.close().await.expect("closes");
        if let Home::Postgres { url, schema } = self.home {
            let admin = Database::connect(&url).await.expect("PostgreSQL answers");
            admin.execute_unprepared(&format!("DROP SCHEMA {schema} CASCADE")).await.expect("drops");
            admin.close().await.expect("closes");
        }
    }
}

/// A schema of its own with nothing in it, in the PostgreSQL that the tests are offered.
#[expect(clippy::expect_used, reason = "this is test code, behind the `testing` feature")]
async fn new_schema() -> Option<(String, String)> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    #[expect(clippy::disallowed_methods, reason = "tests have no configuration file")]
    let url = std::env::var(POSTGRES).ok()?;
    let schema = format!("t_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let admin = Database::connect(&url).await.expect("PostgreSQL answers");
    admin.execute_unprepared(&format!("CREATE SCHEMA {schema}")).await.expect("a schema");
    admin.close().await.expect("closes");
    Some((url, schema))
}

/// The address of an empty PostgreSQL, as an operator gives it to the binary; `None` where the tests are offered none.
///
/// # Panics
/// When it can't be made.
pub async fn empty_postgres() -> Option<String> {
    let (url, schema) = new_schema().await?;
    let more = if url.contains('?') { '&' } else { '?' };
    Some(format!("{url}{more}options=-c%20search_path%3D{schema}"))
}

/// `host:port` of an address.
fn server_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.rsplit_once('@').map_or(rest, |(_, rest)| rest);
    rest.split(['/', '?']).next().unwrap_or(rest)
}

/// A company with one mail domain, as an import would bring it.
///
/// # Panics
/// When it can't be stored.
#[expect(clippy::expect_used, reason = "this is test code, behind the `testing` feature")]
pub async fn account(store: &Store, id: AccountId, name: &str, domain: &str, status: AccountStatus) {
    let tx = store.begin().await.expect("a transaction");
    accounts::ActiveModel {
        id: Set(id.into_inner()),
        name: Set(name.to_owned()),
        name_key: Set(CompanyName::parse(name).expect("a company's name").key()),
        country: Set("DE".to_owned()),
        recipient_kind: Set(RecipientKind::PrivateCompany.as_str().to_owned()),
        status: Set(status.as_str().to_owned()),
        gift_policy: Set(GiftPolicy::Any.as_str().to_owned()),
        created_at: Set(0),
        version: Set(0),
        ..Default::default()
    }
    .insert(tx.conn())
    .await
    .expect("an account");
    account_domains::ActiveModel { domain: Set(domain.to_owned()), account_id: Set(id.into_inner()) }
        .insert(tx.conn())
        .await
        .expect("a domain");
    tx.commit().await.expect("commits");
}

/// What a member wants where they say nothing else.
///
/// # Panics
/// When it can't be stored.
#[expect(clippy::expect_used, reason = "this is test code, behind the `testing` feature")]
pub async fn default_incentive(store: &Store, member: MemberId, incentive: IncentiveId) {
    let tx = store.begin().await.expect("a transaction");
    member_defaults::ActiveModel {
        member_id: Set(member.into_inner()),
        incentive_id: Set(incentive.into_inner()),
        organisation_id: Set(None),
    }
    .insert(tx.conn())
    .await
    .expect("a default");
    tx.commit().await.expect("commits");
}

/// How many rows each of the tables holds that a contact could leave traces in.
///
/// # Panics
/// When the database does not answer.
#[expect(clippy::expect_used, reason = "this is test code, behind the `testing` feature")]
pub async fn traces(store: &Store) -> [u64; 6] {
    let db = store.reader();
    [
        contacts::Entity::find().count(db).await.expect("counts"),
        consents::Entity::find().count(db).await.expect("counts"),
        referrals::Entity::find().count(db).await.expect("counts"),
        company_claims::Entity::find().count(db).await.expect("counts"),
        mails::Entity::find().count(db).await.expect("counts"),
        jobs::Entity::find().count(db).await.expect("counts"),
    ]
}

/// How many rows this table holds.
///
/// # Panics
/// When there is no such table.
#[expect(clippy::expect_used, reason = "this is test code, behind the `testing` feature")]
pub async fn rows(store: &Store, table: &str) -> i64 {
    let db = store.reader();
    let sql = format!("SELECT COUNT(*) FROM {table}");
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await;
    row.expect("counts").and_then(|row| row.try_get_by_index(0).ok()).expect("a count")
}

/// How many rows of this table hold this word in this column.
///
/// # Panics
/// When there is no such column.
#[expect(clippy::expect_used, reason = "this is test code, behind the `testing` feature")]
pub async fn holding(store: &Store, table: &str, column: &str, word: &str) -> i64 {
    let db = store.reader();
    let sql = format!("SELECT COUNT(*) FROM {table} WHERE {column} LIKE '%{word}%'");
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await;
    row.expect("counts").and_then(|row| row.try_get_by_index(0).ok()).expect("a count")
}

/// Where in the whole database this word stands, small or capital: the columns of all tables that hold it, whatever they
/// are made for. The word has plain letters, which both databases make small alike. What is sealed is not read, as nobody
/// could without the key.
///
/// # Panics
/// When the database does not answer.
#[expect(clippy::expect_used, reason = "this is test code, behind the `testing` feature")]
pub async fn places_of(store: &Store, word: &str) -> Vec<String> {
    let db = store.reader();
    let backend = db.get_database_backend();
    let columns = if store.is_sqlite() {
        "SELECT m.name, c.name, c.type FROM sqlite_master m, pragma_table_info(m.name) c \
         WHERE m.type = 'table' ORDER BY 1, c.cid"
    } else {
        "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT), CAST(data_type AS TEXT) \
         FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY 1, ordinal_position"
    };
    let rows = db.query_all_raw(Statement::from_string(backend, columns)).await.expect("columns");
    let mut tables = BTreeMap::<String, Vec<(String, String)>>::new();
    for row in rows {
        let (table, column, kind): (String, String, String) = row.try_get_many_by_index().expect("a column");
        // PostgreSQL would write bytes as numbers, SQLite as the text that they are.
        let text = match kind.as_str() {
            "bytea" => format!("encode(\"{column}\", 'escape')"),
            _ => format!("CAST(\"{column}\" AS TEXT)"),
        };
        tables.entry(table).or_default().push((column, text));
    }
    let word = word.to_lowercase().replace('\'', "''");
    let mut places = Vec::new();
    for (table, columns) in tables {
        let counts: Vec<_> = columns
            .iter()
            .map(|(_, text)| format!("COUNT(CASE WHEN LOWER({text}) LIKE '%{word}%' THEN 1 END)"))
            .collect();
        let sql = format!("SELECT {} FROM \"{table}\"", counts.join(", "));
        let row = db.query_one_raw(Statement::from_string(backend, sql)).await.expect("counts");
        let row = row.expect("a row of counts");
        for (place, (column, _)) in columns.iter().enumerate() {
            if row.try_get_by_index::<i64>(place).expect("a count") > 0 {
                places.push(format!("{table}.{column}"));
            }
        }
    }
    places
}

/// Every row of rewards, their deliveries and their bookings, as the database holds it: to be compared.
///
/// # Panics
/// When the database does not answer.
#[expect(clippy::expect_used, reason = "this is test code, behind the `testing` feature")]
pub async fn reward_rows(store: &Store) -> Vec<String> {
    let db = store.reader();
    let rewards = rewards::Entity::find().order_by_asc(rewards::Column::Id).all(db).await;
    let deliveries = deliveries::Entity::find().order_by_asc(deliveries::Column::Id).all(db).await;
    let balances = ledger_accounts::Entity::find().order_by_asc(ledger_accounts::Column::Id).all(db).await;
    let transfers = ledger_transfers::Entity::find().order_by_asc(ledger_transfers::Column::Id).all(db).await;
    let mut rows = Vec::new();
    rows.extend(rewards.expect("reads").into_iter().map(|row| format!("{row:?}")));
    rows.extend(deliveries.expect("reads").into_iter().map(|row| format!("{row:?}")));
    rows.extend(balances.expect("reads").into_iter().map(|row| format!("{row:?}")));
    rows.extend(transfers.expect("reads").into_iter().map(|row| format!("{row:?}")));
    rows
}

/// What the audit log says of this act, oldest first.
///
/// # Panics
/// When the database does not answer.
#[expect(clippy::expect_used, reason = "this is test code, behind the `testing` feature")]
pub async fn audit_details(store: &Store, action: &str) -> Vec<serde_json::Value> {
    let lines = audit_entries::Entity::find().filter(audit_entries::Column::Action.eq(action));
    let lines = lines.order_by_asc(audit_entries::Column::Id).all(store.reader()).await.expect("lines");
    lines.iter().map(|line| serde_json::from_str(&line.details).expect("JSON")).collect()
}

/// How many rows this table holds for each value of a column of text, or of an expression that is text.
///
/// # Panics
/// When there is no such table or column.
#[expect(clippy::expect_used, reason = "this is test code, behind the `testing` feature")]
pub async fn rows_by(store: &Store, table: &str, column: &str) -> BTreeMap<String, i64> {
    let db = store.reader();
    let sql = format!("SELECT {column}, COUNT(*) FROM {table} GROUP BY 1");
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await;
    let pair =
        |row: sea_orm::QueryResult| Some((row.try_get_by_index(0).ok()?, row.try_get_by_index(1).ok()?));
    rows.expect("counts").into_iter().map(|row| pair(row).expect("a value and a count")).collect()
}

/// What the balances of all accounts but the budgets come to, by kind and unit; sums of nothing are left out.
///
/// # Panics
/// When the database does not answer.
#[expect(clippy::expect_used, reason = "this is test code, behind the `testing` feature")]
pub async fn balances(store: &Store) -> BTreeMap<(String, String), i64> {
    let db = store.reader();
    let sql = "SELECT kind, unit, CAST(SUM(balance) AS BIGINT) FROM ledger_accounts WHERE kind <> 'budget' \
        GROUP BY kind, unit HAVING SUM(balance) <> 0";
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await;
    let read = |row: sea_orm::QueryResult| {
        let (kind, unit, sum): (String, String, i64) = row.try_get_many_by_index().expect("a sum");
        ((kind, unit), sum)
    };
    rows.expect("sums").into_iter().map(read).collect()
}

/// What is kept of who clicked, the oldest click first.
///
/// # Panics
/// When the database does not answer.
#[expect(clippy::expect_used, reason = "this is test code, behind the `testing` feature")]
pub async fn visitor_hashes(store: &Store) -> Vec<String> {
    let rows = touches::Entity::find().order_by_asc(touches::Column::At).all(store.reader()).await;
    rows.expect("reads").into_iter().filter_map(|row| row.visitor_hash).collect()
}

/// How many lines of the audit log tell of this act.
///
/// # Panics
/// When the database does not answer.
#[expect(clippy::expect_used, reason = "this is test code, behind the `testing` feature")]
pub async fn audited(store: &Store, action: &str) -> u64 {
    let lines = audit_entries::Entity::find().filter(audit_entries::Column::Action.eq(action));
    lines.count(store.reader()).await.expect("counts")
}

/// What counts against the programmes' caps, by unit and calendar year: as it is kept, and counted from the rewards.
///
/// # Panics
/// When the database does not answer.
#[expect(clippy::expect_used, reason = "this is test code, behind the `testing` feature")]
pub async fn against_caps(store: &Store) -> [Vec<(String, i32, i64)>; 2] {
    let kept = "SELECT unit, cap_year, amount FROM cap_tallies WHERE amount <> 0 ORDER BY unit, cap_year";
    let counted = "SELECT unit, cap_year, CAST(SUM(amount) AS BIGINT) FROM rewards \
         WHERE side = 'advocate' AND cap_year IS NOT NULL AND state IN ('clearing', 'approved', 'fulfilled') \
         GROUP BY unit, cap_year ORDER BY unit, cap_year";
    let mut both = [Vec::new(), Vec::new()];
    for (lines, sql) in both.iter_mut().zip([kept, counted]) {
        let rows = crate::written::rows(store.reader(), sql, []).await.expect("counts");
        lines.extend(rows.iter().map(|row| row.try_get_many_by_index().expect("a line")));
    }
    both
}

/// Gives the ledger a balance that no transfer has made, as only a defect or a hand in the database could.
///
/// # Panics
/// When the database does not answer.
#[expect(clippy::expect_used, reason = "this is test code, behind the `testing` feature")]
pub async fn invent_balance(store: &Store) {
    let tx = store.begin().await.expect("begins");
    ledger_accounts::ActiveModel {
        id: Set(uuid::Uuid::from_u128(1)),
        owner_kind: Set("program".to_owned()),
        owner_key: Set("invented".to_owned()),
        kind: Set("owed".to_owned()),
        unit: Set("EUR".to_owned()),
        balance: Set(1),
    }
    .insert(tx.conn())
    .await
    .expect("is written");
    tx.commit().await.expect("commits");
}

/// Takes the migrations of a filled database back to this one, which goes as well, and makes them again.
///
/// # Panics
/// When one fails, or there is none of this name.
#[expect(clippy::expect_used, reason = "this is test code, behind the `testing` feature")]
pub async fn migrate_again(store: &Store, first: &str) {
    let all = Migrator::migrations();
    let place = all.iter().position(|migration| migration.name() == first).expect("a migration");
    let steps = u32::try_from(all.len() - place).expect("few");
    guards::lift(store).await;
    Migrator::down(store.writer(), Some(steps)).await.expect("goes down");
    Migrator::up(store.writer(), None).await.expect("goes up");
    guards::set(store).await;
}
