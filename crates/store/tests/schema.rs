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

/// References that nobody follows backwards, in the table that each click is written to: what they refer to is never deleted.
const UNREAD: [&str; 2] = ["touches.member_id", "touches.program_id"];

/// Columns that name a row, columns with a foreign key and columns that an index starts with, all as `table.column`.
async fn check_references(db: &DatabaseConnection, columns: &str, foreign_keys: &str, indexes: &str) {
    let mut references = column(db, columns).await;
    references.retain(|name| name.ends_with("_id"));
    let foreign_keys = column(db, foreign_keys).await;
    let indexes = column(db, indexes).await;
    assert!(references.len() > 40, "{references:#?}");
    let missing: Vec<_> = references.difference(&foreign_keys).collect();
    assert!(missing.is_empty(), "no foreign key: {missing:#?}");
    let mut missing: Vec<_> = foreign_keys.difference(&indexes).collect();
    missing.retain(|column| !UNREAD.contains(&column.as_str()));
    assert!(missing.is_empty(), "no index: {missing:#?}");
}

async fn sqlite(folder: &tempfile::TempDir) -> DatabaseConnection {
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("schema.db").display());
    Database::connect(url).await.unwrap()
}

/// Tiers and their history from before there were versions of them are still there afterwards, and after going back; `id` is
/// how this database writes the id of a member, `other` that of a line of their history.
async fn tiers_survive(db: &DatabaseConnection, (id, other): (&str, &str)) {
    let all = Migrator::migrations().len();
    let versions = Migrator::migrations().iter().position(|one| one.name().contains("tier_schemes")).unwrap();
    Migrator::up(db, Some(u32::try_from(versions).unwrap())).await.unwrap();
    for sql in [
        "INSERT INTO tiers (code, position, name_de, name_en, rules, benefits_de, benefits_en, version) \
         VALUES ('silver', 1, 'Silber', 'Silver', '{}', '', '', 0)"
            .to_owned(),
        format!(
            "INSERT INTO members (id, name, name_key, email, language, status, refuses_gifts, share_name, tier_code, \
             created_at, terms_version, version) \
             VALUES ({id}, 'Anna', 'anna', 'a@b.example', 'de', 'active', false, true, 'silver', 1, 0, 0)"
        ),
        format!(
            "INSERT INTO tier_moves (id, member_id, to_code, cause, at) VALUES ({other}, {id}, 'silver', 'rules', 1)"
        ),
    ] {
        db.execute_unprepared(&sql).await.unwrap();
    }
    for _ in 0..2 {
        Migrator::up(db, None).await.unwrap();
        assert!(column(db, "SELECT code FROM tier_places WHERE position = 1").await.contains("silver"));
        let due = "SELECT tier_code FROM members JOIN tier_standings ON member_id = id WHERE check_at = 0";
        assert!(column(db, due).await.contains("silver"), "looked at in the first night");
        Migrator::down(db, Some(u32::try_from(all - versions).unwrap())).await.unwrap();
        assert!(column(db, "SELECT to_code FROM tier_moves").await.contains("silver"));
        assert!(column(db, "SELECT name_de FROM tiers").await.contains("Silber"));
    }
}

#[tokio::test]
async fn sqlite_keeps_its_tiers() {
    let folder = tempfile::tempdir().unwrap();
    let db = sqlite(&folder).await;
    let ids = ("X'00000000000000000000000000000001'", "X'00000000000000000000000000000002'");
    tiers_survive(&db, ids).await;
    db.close().await.unwrap();
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
          WHERE m.type = 'table' AND c.seqno = 0 AND c.name IS NOT NULL",
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

    Migrator::down(&db, None).await.unwrap();
    let ids = ("'00000000-0000-0000-0000-000000000001'", "'00000000-0000-0000-0000-000000000002'");
    tiers_survive(&db, ids).await;

    db.close().await.unwrap();
    admin.execute_unprepared(&format!("DROP SCHEMA {schema} CASCADE")).await.unwrap();
}
