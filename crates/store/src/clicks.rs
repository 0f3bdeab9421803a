//! The one write of the house that is busy enough to go its own way: clicks, many of them in one commit.
//!
//! On SQLite over a connection of its own, in the thread of whoever calls: the pool's connection lives in a thread behind
//! a queue, and each statement would wake both sides once. `rusqlite` speaks to the very library that `sqlx` has compiled
//! in. On PostgreSQL through a transaction like every other.

use std::{collections::BTreeMap, fmt::Write as _};

use domain::{
    ids::{MemberId, ProgramId},
    touches::Visitor,
};
use rusqlite::{Connection, OpenFlags, TransactionBehavior, params};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, ExprTrait, QueryFilter,
    Statement,
    sea_query::{Expr, OnConflict},
};
use tokio::runtime::Handle;

use crate::{
    Result, Store,
    db::{PATIENCE, SqliteFile},
    entity::{channel_tallies, referral_codes},
    micros,
    touches::NewTouch,
};

const COLUMNS: [&str; 8] = ["id", "code", "member_id", "program_id", "channel", "visitor_hash", "mark", "at"];

/// Writes clicks from a thread that may wait.
#[derive(Debug)]
pub struct ClickWriter(Way);

#[derive(Debug)]
enum Way {
    Own { connection: Connection, sqlite: SqliteFile },
    Shared(Store),
}

impl Store {
    /// Opens the way for clicks.
    ///
    /// # Errors
    /// When the database can't be opened.
    pub fn click_writer(&self) -> Result<ClickWriter> {
        let Some(sqlite) = self.sqlite_file() else { return Ok(ClickWriter(Way::Shared(self.clone()))) };
        // The file is there already; a connection that only one thread has needs no lock of its own.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&sqlite.path, flags)?;
        connection.busy_timeout(PATIENCE)?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", "ON")?;
        Ok(ClickWriter(Way::Own { connection, sqlite: sqlite.clone() }))
    }
}

impl ClickWriter {
    /// Keeps touches and counts those of people, all in one commit that is on the disk when this returns. Never called
    /// from a task: it waits.
    ///
    /// # Errors
    /// When the database refuses; then none is kept.
    pub fn keep(&mut self, runtime: &Handle, touches: &[&NewTouch]) -> Result<()> {
        match &mut self.0 {
            Way::Own { connection, sqlite } => {
                let _turn = runtime.block_on(sqlite.turn())?;
                keep_on_sqlite(connection, touches)
            }
            Way::Shared(store) => runtime.block_on(async {
                let tx = store.begin().await?;
                keep_on_postgres(tx.conn(), touches).await?;
                tx.commit().await
            }),
        }
    }
}

/// How many people came by each code, always in the same order, or two servers could wait for each other.
fn counts<'t>(touches: &[&'t NewTouch]) -> BTreeMap<&'t str, i64> {
    let mut counts = BTreeMap::new();
    for touch in touches.iter().filter(|touch| touch.visitor == Visitor::Person) {
        *counts.entry(touch.code.as_str()).or_default() += 1;
    }
    counts
}

/// The same by channel, likewise in one order.
fn channel_counts(touches: &[&NewTouch]) -> BTreeMap<(MemberId, ProgramId, &'static str), i64> {
    let mut counts = BTreeMap::new();
    for touch in touches.iter().filter(|touch| touch.visitor == Visitor::Person) {
        *counts.entry((touch.member, touch.program, touch.channel.as_str())).or_default() += 1;
    }
    counts
}

const COUNT_BY_CHANNEL: &str = "INSERT INTO channel_tallies (member_id, program_id, channel, clicks) VALUES (?, ?, ?, ?) \
     ON CONFLICT (member_id, program_id, channel) DO UPDATE SET clicks = clicks + excluded.clicks";

/// What is stored of somebody who is no person.
fn mark(touch: &NewTouch) -> Option<&'static str> {
    (touch.visitor != Visitor::Person).then(|| touch.visitor.as_str())
}

fn keep_on_sqlite(connection: &mut Connection, touches: &[&NewTouch]) -> Result<()> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    {
        let sql = format!("INSERT INTO touches ({}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", COLUMNS.join(", "));
        let mut insert = tx.prepare_cached(&sql)?;
        for touch in touches {
            insert.execute(params![
                touch.id.into_inner().as_bytes(),
                touch.code,
                touch.member.into_inner().as_bytes(),
                touch.program.into_inner().as_bytes(),
                touch.channel.as_str(),
                touch.visitor_hash,
                mark(touch),
                micros(touch.at),
            ])?;
        }
        let mut count = tx.prepare_cached("UPDATE referral_codes SET clicks = clicks + ? WHERE code = ?")?;
        for (code, people) in counts(touches) {
            count.execute(params![people, code])?;
        }
        let mut count = tx.prepare_cached(COUNT_BY_CHANNEL)?;
        for ((member, program, channel), people) in channel_counts(touches) {
            let (member, program) = (member.into_inner(), program.into_inner());
            count.execute(params![member.as_bytes(), program.as_bytes(), channel, people])?;
        }
    }
    Ok(tx.commit()?)
}

async fn keep_on_postgres(connection: &DatabaseTransaction, touches: &[&NewTouch]) -> Result<()> {
    let values = touches.iter().flat_map(|touch| {
        [
            touch.id.into_inner().into(),
            touch.code.clone().into(),
            touch.member.into_inner().into(),
            touch.program.into_inner().into(),
            touch.channel.as_str().into(),
            touch.visitor_hash.clone().into(),
            mark(touch).into(),
            micros(touch.at).into(),
        ]
    });
    let insert = Statement::from_sql_and_values(DbBackend::Postgres, insert_sql(touches.len()), values);
    connection.execute_raw(insert).await?;
    for (code, people) in counts(touches) {
        referral_codes::Entity::update_many()
            .col_expr(referral_codes::Column::Clicks, Expr::col(referral_codes::Column::Clicks).add(people))
            .filter(referral_codes::Column::Code.eq(code))
            .exec(connection)
            .await?;
    }
    let by_channel = channel_counts(touches);
    if by_channel.is_empty() {
        return Ok(());
    }
    let rows =
        by_channel.into_iter().map(|((member, program, channel), people)| channel_tallies::ActiveModel {
            member_id: Set(member.into_inner()),
            program_id: Set(program.into_inner()),
            channel: Set(channel.to_owned()),
            clicks: Set(people),
        });
    let clicks = channel_tallies::Column::Clicks;
    let more = Expr::col(("excluded", clicks));
    channel_tallies::Entity::insert_many(rows)
        .on_conflict(
            OnConflict::columns([
                channel_tallies::Column::MemberId,
                channel_tallies::Column::ProgramId,
                channel_tallies::Column::Channel,
            ])
            .value(clicks, Expr::col((channel_tallies::Entity, clicks)).add(more))
            .to_owned(),
        )
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// One statement for so many touches, written out by hand: here the building of a query would cost more than its running.
fn insert_sql(rows: usize) -> String {
    let mut sql = format!("INSERT INTO touches ({}) VALUES ", COLUMNS.join(", "));
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ", (" });
        for column in 1..=COLUMNS.len() {
            let comma = if column == 1 { "" } else { ", " };
            // Writing to a string does not fail.
            let _ = write!(sql, "{comma}${}", row * COLUMNS.len() + column);
        }
        sql.push(')');
    }
    sql
}
