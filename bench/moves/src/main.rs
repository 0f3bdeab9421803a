//! Stage moves beside empty commits, in one process and on one database, which `dreiklang seed-bench` has made.
//!
//! `bench-moves DATABASE` reads orders from its input, a line each, and answers each with a line of JSON when it is done:
//! `empty 500` commits so many transactions that note one number, durably; `moves 500` moves so many referrals on, each
//! with everything that follows: timeline, rewards, matrix, caps, ledger, triple win, tier, audit log and jobs. Who gave
//! the order reads meanwhile what this process and the database spend.

use std::{
    error::Error,
    io::{BufRead, Write},
    sync::Arc,
    time::{Duration, Instant},
};

use async_trait::async_trait;
use domain::{
    incentives::{Amount, Unit},
    members::{Actor, Duties, Role, RoleSet},
    referrals::{Move, Step},
    text::Currency,
};
use serde_json::json;
use services::{
    Ctx, DatabaseAddress, Host, RememberedCatalogue, SecretKey, Store,
    bench::is_bench,
    ports::{Envelope, MailError, OsRandom, SendMail, SystemClock},
    referrals::{MoveStage, move_stage},
};
use store::bench::Movable;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The setting that empty commits note their number in.
const COUNTER: &str = "bench.commits";
/// Referrals that can be moved, read before anything is measured.
const READY: u32 = 20_000;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Nothing is sent: the jobs of a move are pushed and not run.
#[derive(Debug)]
struct NoMailer;

#[async_trait]
impl SendMail for NoMailer {
    async fn send(&self, _: &Envelope) -> Result<(), MailError> {
        Ok(())
    }
}

#[tokio::main]
async fn main() -> Outcome<()> {
    let database = std::env::args().nth(1).ok_or("usage: bench-moves FILE or postgres://…")?;
    let ctx = open(&database).await?;
    if !is_bench(&ctx).await? {
        return Err("this database was not made by `dreiklang seed-bench`: nothing is measured on it".into());
    }
    let mut ready = ctx.store.movable(READY).await?.into_iter();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (what, count) = line.split_once(' ').ok_or("an order is a word and a number")?;
        let count: usize = count.parse()?;
        let took = match what {
            "empty" => empty(&ctx, count).await?,
            "moves" => moves(&ctx, &mut ready, count).await?,
            other => return Err(format!("{other} is no order").into()),
        };
        let mut out = std::io::stdout().lock();
        writeln!(out, "{}", report(took))?;
        out.flush()?;
    }
    Ok(ctx.store.close().await?)
}

async fn open(database: &str) -> Outcome<Ctx> {
    let address = if database.starts_with("postgres") {
        DatabaseAddress::Postgres { url: database.to_owned(), schema: None }
    } else {
        DatabaseAddress::Sqlite(database.into())
    };
    let host = Host {
        name: "Halvern Software GmbH".to_owned(),
        public_url: "http://127.0.0.1".to_owned(),
        zone: chrono_tz::Europe::Berlin,
        currency: Currency::EUR,
    };
    Ok(Ctx {
        store: Store::open(&address).await?,
        clock: Arc::new(SystemClock),
        random: Arc::new(OsRandom),
        secret: SecretKey::new([0; 32]),
        mailer: Arc::new(NoMailer),
        identity: Arc::new([]),
        host: Arc::new(host),
        catalogue: RememberedCatalogue::default(),
        demo: true,
    })
}

async fn empty(ctx: &Ctx, count: usize) -> Outcome<Vec<Duration>> {
    let mut took = Vec::with_capacity(count);
    for number in 0..count {
        let started = Instant::now();
        let tx = ctx.store.begin().await?;
        tx.note_setting(COUNTER, &json!(number), ctx.now()).await?;
        tx.commit().await?;
        took.push(started.elapsed());
    }
    Ok(took)
}

async fn moves(ctx: &Ctx, ready: &mut impl Iterator<Item = Movable>, count: usize) -> Outcome<Vec<Duration>> {
    let mut took = Vec::with_capacity(count);
    for _ in 0..count {
        let one = ready.next().ok_or("there are not that many referrals to move")?;
        let actor =
            Actor { member: one.manager, account: None, roles: RoleSet::EMPTY.with(Role::AccountManager) };
        let duties = Duties { deputy_for: Vec::new(), default_owner: true };
        let power = actor.account_managing(duties).ok_or("account managers manage")?;
        let (to, deal) = match one.reached {
            Step::Accepted | Step::Contacted => (Step::Meeting, None),
            Step::Meeting => (Step::Qualified, None),
            _ => (Step::Won, Amount::new(1_250_000, Unit::Money(ctx.host.currency)).ok()),
        };
        let command = MoveStage {
            referral: one.referral,
            action: Move::Forward(to),
            deal,
            note: None,
            version: one.version,
        };
        let started = Instant::now();
        move_stage(ctx, &power, command).await?;
        took.push(started.elapsed());
    }
    Ok(took)
}

/// How many there were, and how long the slowest of a hundred took, in microseconds.
fn report(mut took: Vec<Duration>) -> serde_json::Value {
    took.sort_unstable();
    let of = |hundredth: usize| took.get((took.len() * hundredth / 100).min(took.len().saturating_sub(1)));
    let micros = |hundredth| of(hundredth).map_or(0.0, |time| time.as_secs_f64() * 1e6);
    json!({ "count": took.len(), "median": micros(50), "p99": micros(99) })
}
