//! A whole installation in a test: a fresh database, a movable clock, seeded randomness and a mailer that remembers.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use domain::{
    ids::MemberId,
    members::{Actor, Role, RoleSet},
    text::{Currency, PersonName},
};
use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;
use store::testing::TestDatabase;
use uuid::Uuid;

use crate::{
    Ctx, Host, RememberedCatalogue, SecretKey,
    compliance::{self, NewSignOff},
    ports::{Clock, Envelope, MailError, Random, SendMail},
};

/// Somebody who has every role and is nobody: their powers let a test set up what is there before it begins.
pub fn stage_hand() -> Actor {
    let roles = Role::ALL.iter().copied().fold(RoleSet::EMPTY, RoleSet::with);
    Actor { member: MemberId::from(Uuid::nil()), account: None, roles }
}

/// A clock that stands still until it is moved.
#[derive(Debug)]
pub struct TestClock(Mutex<DateTime<Utc>>);

impl TestClock {
    /// Stands at this time.
    pub fn at(now: DateTime<Utc>) -> Self {
        Self(Mutex::new(now))
    }

    /// Moves on.
    pub fn advance(&self, by: TimeDelta) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) += by;
    }

    /// Moves to this time.
    pub fn set(&self, now: DateTime<Utc>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }
}

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Randomness that is the same in every run.
#[derive(Debug)]
pub struct SeededRandom(Mutex<ChaCha8Rng>);

impl SeededRandom {
    /// The sequence of this seed.
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(ChaCha8Rng::seed_from_u64(seed)))
    }
}

impl Random for SeededRandom {
    fn fill(&self, buffer: &mut [u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(buffer);
    }
}

/// A mailer that keeps what it was given.
#[derive(Debug, Default)]
pub struct RecordingMailer {
    sent: Mutex<Vec<Envelope>>,
    answer: Mutex<Option<MailError>>,
}

impl RecordingMailer {
    /// Every mail handed over so far.
    pub fn sent(&self) -> Vec<Envelope> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// From now on answers this error, or takes mails again.
    pub fn answer(&self, error: Option<MailError>) {
        *self.answer.lock().unwrap_or_else(PoisonError::into_inner) = error;
    }
}

#[async_trait]
impl SendMail for RecordingMailer {
    async fn send(&self, mail: &Envelope) -> Result<(), MailError> {
        if let Some(error) = *self.answer.lock().unwrap_or_else(PoisonError::into_inner) {
            return Err(error);
        }
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).push(mail.clone());
        Ok(())
    }
}

/// An installation of its own for one test.
#[derive(Debug)]
pub struct TestHouse {
    /// What use cases are handed.
    pub ctx: Ctx,
    /// Its clock; it starts on Monday, 2 November 2026, 09:00 UTC.
    pub clock: Arc<TestClock>,
    /// Its mailer.
    pub mails: Arc<RecordingMailer>,
    database: TestDatabase,
}

impl TestHouse {
    /// On both databases, or on SQLite alone where no PostgreSQL is offered to the tests.
    pub async fn all() -> Vec<Self> {
        let mut houses = Vec::new();
        for database in TestDatabase::all().await {
            houses.push(Self::on(database));
        }
        houses
    }

    /// On a fresh SQLite file.
    pub async fn sqlite() -> Self {
        Self::on(TestDatabase::sqlite().await)
    }

    /// On a fresh schema of PostgreSQL, if one is offered to the tests.
    pub async fn postgres() -> Option<Self> {
        Some(Self::on(TestDatabase::postgres().await?))
    }

    /// Ends this server and starts it again on the same database: nothing that it remembered is left.
    pub async fn restart(&mut self) {
        self.database.reopen().await;
        let store = self.database.store.clone();
        self.ctx = Ctx { store, catalogue: RememberedCatalogue::default(), ..self.ctx.clone() };
    }

    /// A second server beside this one, over another address where one is given: the same database, clock and mailer,
    /// memories of its own. `None` on SQLite, which has one server.
    pub async fn beside(&self, over: Option<SocketAddr>) -> Option<Ctx> {
        let store = self.database.beside(over).await?;
        Some(Ctx { store, catalogue: RememberedCatalogue::default(), ..self.ctx.clone() })
    }

    /// Where its PostgreSQL listens, as `host:port`; `None` on SQLite.
    pub fn server(&self) -> Option<&str> {
        self.database.server()
    }

    fn on(database: TestDatabase) -> Self {
        let start = Utc.with_ymd_and_hms(2026, 11, 2, 9, 0, 0).single().unwrap_or_default();
        let clock = Arc::new(TestClock::at(start));
        let mails = Arc::new(RecordingMailer::default());
        let ctx = Ctx {
            store: database.store.clone(),
            clock: clock.clone(),
            random: Arc::new(SeededRandom::new(7)),
            secret: SecretKey::new([7; 32]),
            mailer: mails.clone(),
            identity: Arc::new([]),
            host: Arc::new(Host {
                name: "Halvern Software GmbH".to_owned(),
                public_url: "https://empfehlen.halvern.example".to_owned(),
                zone: chrono_tz::Europe::Berlin,
                currency: Currency::EUR,
            }),
            catalogue: RememberedCatalogue::default(),
            demo: false,
        };
        Self { ctx, clock, mails, database }
    }

    /// Runs what is due.
    ///
    /// # Panics
    /// When the memory fails.
    #[expect(clippy::expect_used, reason = "this is test code, behind the `testing` feature")]
    pub async fn run_jobs(&self) {
        crate::jobs::run_due(&self.ctx).await.expect("jobs run");
    }

    /// Ends the test: no job may be left that is due or dead, and the ledger must be what its transfers say.
    ///
    /// # Panics
    /// When one is.
    #[expect(clippy::expect_used, reason = "this is test code, behind the `testing` feature")]
    pub async fn close(self) {
        self.run_jobs().await;
        let dead = self.ctx.store.dead_jobs(10).await.expect("dead jobs can be listed");
        assert!(dead.is_empty(), "jobs were given up: {dead:?}");
        let ledger = crate::rewards::check_ledger(&self.ctx).await.expect("the ledger is counted anew");
        assert!(ledger.is_sound(), "the ledger is not what its transfers say: {:?}", ledger.differences);
        self.database.drop().await;
    }
}

/// Writes the start set of the compliance matrix, and records that counsel has signed it off in every market: before that
/// nobody may choose a thank-you. `by` is somebody of marketing.
///
/// # Panics
/// When it can't be recorded.
#[expect(clippy::expect_used, reason = "this is test code, behind the `testing` feature")]
pub async fn sign_off_markets(ctx: &Ctx, by: &Actor) {
    compliance::ensure_defaults(ctx).await.expect("the start set");
    let law = ctx.store.compliance().law().await.expect("the rules");
    for (market, state) in law.markets {
        let new = NewSignOff {
            market,
            set_number: state.set_number,
            counsel: PersonName::parse("Dr. Ruth Amsel").expect("a name"),
            signed_on: ctx.now().with_timezone(&ctx.host.zone).date_naive(),
            document: "DMS 4711".to_owned(),
        };
        compliance::sign_off(ctx, by.program_managing().expect("marketing"), new).await.expect("a sign-off");
    }
}
