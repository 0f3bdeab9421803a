//! The schema goes up, down to nothing and up again, and every reference is a foreign key with an index.

#![expect(clippy::unwrap_used, reason = "clippy takes the helpers of a test for no part of it")]

use std::collections::BTreeSet;

use migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, Statement};

/// The first column of every row.
async fn column(db: &DatabaseConnection, sql: &str) -> BTreeSet<String> {
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

/// Up, down to nothing, up; `objects` lists tables and indexes.
async fn up_down_up(db: &DatabaseConnection, objects: &str) {
    Migrator::up(db, None).await.unwrap();
    let first = column(db, objects).await;
    assert!(first.len() > 80, "tables and indexes: {first:#?}");
    Migrator::down(db, None).await.unwrap();
    let rest = column(db, objects).await;
    assert!(rest.iter().all(|name| name.contains("seaql_migrations")), "left behind: {rest:#?}");
    Migrator::up(db, None).await.unwrap();
    assert_eq!(column(db, objects).await, first);
}

/// Columns that name a row, columns with a foreign key and columns that an index starts with, all as `table.column`.
async fn check_references(db: &DatabaseConnection, columns: &str, foreign_keys: &str, indexes: &str) {
    let mut references = column(db, columns).await;
    references.retain(|name| name.ends_with("_id"));
    let foreign_keys = column(db, foreign_keys).await;
    let indexes = column(db, indexes).await;
    assert!(references.len() > 40, "{references:#?}");
    let missing: Vec<_> = references.difference(&foreign_keys).collect();
    assert!(missing.is_empty(), "no foreign key: {missing:#?}");
    let missing: Vec<_> = foreign_keys.difference(&indexes).collect();
    assert!(missing.is_empty(), "no index: {missing:#?}");
}

async fn sqlite(folder: &tempfile::TempDir) -> DatabaseConnection {
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("schema.db").display());
    Database::connect(url).await.unwrap()
}

const SQLITE_OBJECTS: &str = "SELECT type || ' ' || tbl_name || ' ' || name FROM sqlite_master";

#[tokio::test]
async fn sqlite_goes_up_down_and_up() {
    let folder = tempfile::tempdir().unwrap();
    let db = sqlite(&folder).await;
    up_down_up(&db, SQLITE_OBJECTS).await;
    db.close().await.unwrap();
}

#[tokio::test]
async fn sqlite_references_have_foreign_keys_and_indexes() {
    let folder = tempfile::tempdir().unwrap();
    let db = sqlite(&folder).await;
    Migrator::up(&db, None).await.unwrap();
    check_references(
        &db,
        "SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'",
        r#"SELECT m.name || '.' || f."from" FROM sqlite_master m, pragma_foreign_key_list(m.name) f
            WHERE m.type = 'table'"#,
        "SELECT m.name || '.' || c.name
           FROM sqlite_master m, pragma_index_list(m.name) i, pragma_index_info(i.name) c
          WHERE m.type = 'table' AND c.seqno = 0",
    )
    .await;
    // PostgreSQL silently cuts longer names, and then two of them may be one.
    let long = column(&db, "SELECT name FROM sqlite_master WHERE length(name) > 63").await;
    assert!(long.is_empty(), "too long: {long:?}");
    db.close().await.unwrap();
}

#[tokio::test]
#[expect(
    clippy::disallowed_methods,
    reason = "scripts/with-postgres.sh tells the tests by environment where to go"
)]
async fn postgres_goes_up_down_and_up_with_foreign_keys_and_indexes() {
    let Ok(url) = std::env::var("DREIKLANG_TEST_POSTGRES_URL") else { return };
    let schema = format!("schema_{}", std::process::id());
    let admin = Database::connect(&url).await.unwrap();
    admin.execute_unprepared(&format!("CREATE SCHEMA {schema}")).await.unwrap();
    let mut options = ConnectOptions::new(url);
    options.set_schema_search_path(&schema);
    let db = Database::connect(options).await.unwrap();

    up_down_up(
        &db,
        "SELECT relkind::text || ' ' || relname FROM pg_class
          WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'i', 'S', 'v')",
    )
    .await;
    check_references(
        &db,
        "SELECT table_name || '.' || column_name FROM information_schema.columns
          WHERE table_schema = current_schema()",
        "SELECT t.relname || '.' || a.attname FROM pg_constraint c
           JOIN pg_class t ON t.oid = c.conrelid
           JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = c.conkey[1]
          WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace",
        "SELECT t.relname || '.' || a.attname FROM pg_index i
           JOIN pg_class t ON t.oid = i.indrelid
           JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0]
          WHERE t.relnamespace = current_schema()::regnamespace",
    )
    .await;

    db.close().await.unwrap();
    admin.execute_unprepared(&format!("DROP SCHEMA {schema} CASCADE")).await.unwrap();
}
