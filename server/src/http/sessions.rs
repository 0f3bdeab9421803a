//! Sessions in our own database, by the interface of `tower-sessions`. Its published stores are tied to an older sqlx.

use std::sync::Arc;

use app::visitor::session_keys;
use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use services::Ctx;
use store::sessions::SessionRow;
use tower_sessions::{
    Expiry, SessionManagerLayer, SessionStore,
    cookie::{
        SameSite,
        time::{Duration, OffsetDateTime},
    },
    session::{Id, Record},
    session_store::{Error, Result},
};

/// A session ends after two weeks without a visit.
const IDLE: Duration = Duration::days(14);

/// The layer that finds and keeps each request's session. `https` says whether cookies may demand encryption.
pub(super) fn layer(ctx: &Ctx, https: bool) -> SessionManagerLayer<Sessions> {
    // The prefix makes browsers insist on Secure, path / and no domain; without https they would refuse it.
    let name = if https { "__Host-dreiklang" } else { "dreiklang" };
    SessionManagerLayer::new(Sessions(Arc::new(ctx.clone())))
        .with_name(name)
        .with_same_site(SameSite::Lax)
        .with_http_only(true)
        .with_secure(https)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(IDLE))
}

/// Sessions in the database.
#[derive(Clone, Debug)]
pub(super) struct Sessions(Arc<Ctx>);

impl Sessions {
    fn key(&self, id: &Id) -> String {
        self.0.secret.hash("session", &id.to_string())
    }

    fn row(&self, record: &Record, now: DateTime<Utc>) -> Result<SessionRow> {
        let member = record
            .data
            .get(session_keys::MEMBER)
            .and_then(|value| serde_json::from_value(value.clone()).ok());
        Ok(SessionRow {
            key: self.key(&record.id),
            member,
            data: serde_json::to_string(&record.data).map_err(|error| Error::Encode(error.to_string()))?,
            // By our own clock, which also decides whether it has lapsed.
            expires_at: now + TimeDelta::seconds(IDLE.whole_seconds()),
        })
    }
}

fn backend(error: impl ToString) -> Error {
    Error::Backend(error.to_string())
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        // 128 random bits do not meet by chance; should they, the older session must not be handed to a stranger.
        while self.load(&record.id).await?.is_some() {
            record.id = Id::default();
        }
        let now = self.0.now();
        self.0.store.create_session(self.row(record, now)?, now).await.map_err(backend)
    }

    async fn save(&self, record: &Record) -> Result<()> {
        self.0.store.save_session(self.row(record, self.0.now())?).await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let Some((data, expires_at)) =
            self.0.store.load_session(&self.key(id), self.0.now()).await.map_err(backend)?
        else {
            return Ok(None);
        };
        let data = serde_json::from_str(&data).map_err(|error| Error::Decode(error.to_string()))?;
        let expiry_date = OffsetDateTime::from_unix_timestamp(expires_at / 1_000_000).map_err(backend)?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        self.0.store.delete_session(&self.key(id)).await.map_err(backend)
    }
}

/// A store without sessions, for the error page of a server whose database is away.
#[derive(Clone, Copy, Debug)]
pub(super) struct Nothing;

#[async_trait]
impl SessionStore for Nothing {
    async fn create(&self, _: &mut Record) -> Result<()> {
        Ok(())
    }

    async fn save(&self, _: &Record) -> Result<()> {
        Ok(())
    }

    async fn load(&self, _: &Id) -> Result<Option<Record>> {
        Ok(None)
    }

    async fn delete(&self, _: &Id) -> Result<()> {
        Ok(())
    }
}
