//! Entities match the migrated schema, column by column, on both databases.

use std::collections::BTreeMap;

use migrations::{Migrator, MigratorTrait};
use sea_orm::sea_query::ColumnType;
use sea_orm::{
    ColumnTrait, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, EntityTrait,
    IdenStatic, Iterable, QuerySelect, Statement,
};

/// Type and "may be null", by table and column.
type Schema = BTreeMap<String, BTreeMap<String, (String, bool)>>;

/// Calls a macro with all entities, so that none is looked at in one test and forgotten in the other.
macro_rules! with_entities {
    ($do:ident) => {
        $do![
            accounts,
            account_domains,
            members,
            member_roles,
            account_assignments,
            invitations,
            join_requests,
            colleague_links,
            muted_mails,
            employer_releases,
            sign_in_attempts,
            sessions,
            form_states,
            throttles,
            uploads,
            upload_chunks,
            permissions,
            legal_texts,
            terms_acceptances,
            suppressions,
            programs,
            organisations,
            incentives,
            member_defaults,
            referral_codes,
            click_salts,
            touches,
            referrals,
            referral_events,
            company_claims,
            assists,
            contacts,
            consents,
            referral_messages,
            move_forms,
            neutral_answers,
            carried_neutral_answers,
            channel_tallies,
            referral_tallies,
            compliance_markets,
            compliance_rules,
            compliance_rule_versions,
            compliance_sign_offs,
            compliance_cases,
            fraud_cases,
            fraud_findings,
            first_contact_rules,
            first_contacts,
            features,
            grants,
            api_keys,
            introductions,
            conversions,
            reward_categories,
            credit_exports,
            documents,
            document_chunks,
            receipts,
            set_offs,
            shortfalls,
            campaigns,
            campaign_tallies,
            campaign_referrals,
            segments,
            segment_accounts,
            rewards,
            cap_tallies,
            deliveries,
            ledger_accounts,
            ledger_transfers,
            tiers,
            tier_moves,
            tier_schemes,
            tier_rollouts,
            tier_rollout_members,
            tier_pins,
            tier_places,
            tier_standings,
            win_entries,
            win_tallies,
            jobs,
            mails,
            audit_entries,
            settings,
        ]
    };
}

/// What the entities expect.
fn expected() -> Schema {
    macro_rules! collect {
        ($($table:ident,)*) => { [$(columns_of(super::$table::Entity)),*].into() };
    }
    with_entities!(collect)
}

fn columns_of<E: EntityTrait>(entity: E) -> (String, BTreeMap<String, (String, bool)>) {
    let columns = E::Column::iter().map(|column| {
        let definition = column.def();
        let kind = match definition.get_column_type() {
            ColumnType::Uuid => "uuid",
            ColumnType::String(_) => "text",
            ColumnType::Integer => "integer",
            ColumnType::BigInteger => "bigint",
            ColumnType::Boolean => "boolean",
            other => panic!("{}.{}: {other:?} is not one of our types", entity.table_name(), column.as_str()),
        };
        (column.as_str().to_owned(), (kind.to_owned(), definition.is_null()))
    });
    (entity.table_name().to_owned(), columns.collect())
}

/// The database's answer to a query for table, column, type and "may be null".
async fn migrated(db: &DatabaseConnection, sql: &str) -> Schema {
    let mut schema = Schema::new();
    for row in db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap() {
        let (table, column, kind, null): (String, String, String, bool) =
            row.try_get_many_by_index().unwrap();
        schema.entry(table).or_default().insert(column, (kind, null));
    }
    schema.remove("seaql_migrations");
    schema
}

/// Whether every column of every entity can be named in a query.
async fn select_all(db: &DatabaseConnection) {
    macro_rules! select {
        ($($table:ident,)*) => {
            $(
                let rows = super::$table::Entity::find().limit(1).all(db).await;
                assert!(rows.is_ok(), "{}: {rows:?}", stringify!($table));
            )*
        };
    }
    with_entities!(select);
}

#[tokio::test]
async fn entities_match_sqlite() {
    let mut options = ConnectOptions::new("sqlite::memory:");
    // Each connection would be an empty database of its own.
    options.max_connections(1);
    let db = Database::connect(options).await.unwrap();
    assert_eq!(db.get_database_backend(), DbBackend::Sqlite);
    Migrator::up(&db, None).await.unwrap();

    // SQLite has one integer type, and sea-orm calls a uuid by a name of its own.
    let mut expected = expected();
    for (kind, _) in expected.values_mut().flat_map(BTreeMap::values_mut) {
        match kind.as_str() {
            "bigint" => *kind = "integer".to_owned(),
            "uuid" => *kind = "uuid_text".to_owned(),
            _ => {}
        }
    }
    let migrated = migrated(
        &db,
        r#"SELECT m.name, c.name, lower(c.type), c."notnull" = 0
             FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'"#,
    )
    .await;
    assert_eq!(migrated, expected);
    select_all(&db).await;
}

#[tokio::test]
#[expect(
    clippy::disallowed_methods,
    reason = "scripts/with-postgres.sh tells the tests by environment where to go"
)]
async fn entities_match_postgres() {
    let Ok(url) = std::env::var("DREIKLANG_TEST_POSTGRES_URL") else { return };
    let schema = format!("entities_{}", std::process::id());
    let admin = Database::connect(&url).await.unwrap();
    admin.execute_unprepared(&format!("CREATE SCHEMA {schema}")).await.unwrap();
    let mut options = ConnectOptions::new(url);
    options.set_schema_search_path(&schema);
    let db = Database::connect(options).await.unwrap();
    Migrator::up(&db, None).await.unwrap();

    let migrated = migrated(
        &db,
        "SELECT table_name::text, column_name::text, data_type::text, is_nullable = 'YES'
           FROM information_schema.columns WHERE table_schema = current_schema()",
    )
    .await;
    assert_eq!(migrated, expected());
    select_all(&db).await;

    db.close().await.unwrap();
    admin.execute_unprepared(&format!("DROP SCHEMA {schema} CASCADE")).await.unwrap();
}
