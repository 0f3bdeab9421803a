//! What is only ever added to: every database of the tests refuses to change or delete it, so that each test of the product
//! is a test of that as well.

use sea_orm::{ConnectionTrait, DatabaseConnection};

use crate::Store;

/// A table whose rows stay, and what of a row never changes; all of it where nothing is named.
const KEPT: [(&str, &str); 3] = [
    ("audit_entries", ""),
    ("ledger_transfers", ""),
    // When somebody is forgotten, the words of a line go, and the line stays.
    ("referral_events", "id, referral_id, seq, at, made_by, member_id, kind"),
];

/// Sets the guards.
#[expect(clippy::expect_used, reason = "this is test code, behind the `testing` feature")]
pub(super) async fn set(store: &Store) {
    if !store.is_sqlite() {
        let refuse = "CREATE OR REPLACE FUNCTION only_added_to() RETURNS trigger AS $$ \
             BEGIN RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME; END $$ LANGUAGE plpgsql";
        store.writer().execute_unprepared(refuse).await.expect("a function");
    }
    for (table, columns) in KEPT {
        let columns = if columns.is_empty() { String::new() } else { format!(" OF {columns}") };
        for (name, act) in [("changed", format!("UPDATE{columns}")), ("deleted", "DELETE".to_owned())] {
            let then = if store.is_sqlite() {
                format!("BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END")
            } else {
                "FOR EACH ROW EXECUTE FUNCTION only_added_to()".to_owned()
            };
            let sql = format!("CREATE TRIGGER {table}_{name} BEFORE {act} ON {table} {then}");
            store.writer().execute_unprepared(&sql).await.expect("a guard");
        }
    }
}

/// Takes them away: a migration may rewrite what it finds.
#[expect(clippy::expect_used, reason = "this is test code, behind the `testing` feature")]
pub(super) async fn lift(store: &Store) {
    for (table, _) in KEPT {
        for name in ["changed", "deleted"] {
            let on = if store.is_sqlite() { String::new() } else { format!(" ON {table}") };
            let sql = format!("DROP TRIGGER {table}_{name}{on}");
            store.writer().execute_unprepared(&sql).await.expect("the guard goes");
        }
    }
}

/// Whether the database refuses this statement.
pub async fn refuses(store: &Store, sql: &str) -> bool {
    let writer: &DatabaseConnection = store.writer();
    writer.execute_unprepared(sql).await.is_err()
}
