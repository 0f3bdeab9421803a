//! Statements written out by hand: those of the pages that are opened most, where building the same query anew for every
//! request would cost more than running it, and those that read better so. Both databases understand them as they stand.

use sea_orm::{ConnectionTrait, QueryResult, Statement, Value};

use crate::Result;

/// The rows of a statement that never changes; `$1`, `$2`, … are the values.
pub(crate) async fn rows<C: ConnectionTrait>(
    conn: &C,
    sql: &'static str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<QueryResult>> {
    let statement = Statement::from_sql_and_values(conn.get_database_backend(), sql, values);
    Ok(conn.query_all_raw(statement).await?)
}

/// Its one row, if it has any.
pub(crate) async fn row<C: ConnectionTrait>(
    conn: &C,
    sql: &'static str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Option<QueryResult>> {
    let statement = Statement::from_sql_and_values(conn.get_database_backend(), sql, values);
    Ok(conn.query_one_raw(statement).await?)
}

/// How many rows a statement that never changes has written.
pub(crate) async fn change<C: ConnectionTrait>(
    conn: &C,
    sql: &'static str,
    values: impl IntoIterator<Item = Value>,
) -> Result<u64> {
    let statement = Statement::from_sql_and_values(conn.get_database_backend(), sql, values);
    Ok(conn.execute_raw(statement).await?.rows_affected())
}
