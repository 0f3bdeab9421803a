//! What every use case is handed.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use domain::text::{Currency, Language};
use store::{Store, audit::AuditEntry};
use uuid::Uuid;
use words::{Formats, Words};

use crate::{
    SecretKey,
    catalogue::RememberedCatalogue,
    ports::{Clock, IdentityProvider, Random, SendMail},
};

/// The company that runs this installation.
#[derive(Clone, Debug)]
pub struct Host {
    /// Its name, as pages and mails say it.
    pub name: String,
    /// The address people reach the portal at, without a slash at the end.
    pub public_url: String,
    /// The zone of its calendar: years of caps, dates on pages.
    pub zone: Tz,
    /// The currency of its programmes.
    pub currency: Currency,
}

/// What every use case is handed: the memory and the ports to the outside. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Ctx {
    /// The memory.
    pub store: Store,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Random>,
    /// The installation's secret.
    pub secret: SecretKey,
    /// The way out for mails.
    pub mailer: Arc<dyn SendMail>,
    /// The identity providers that people may sign in with, in the order of the sign-in page.
    pub identity: Arc<[Arc<dyn IdentityProvider>]>,
    /// Who runs this.
    pub host: Arc<Host>,
    /// What pages have read of the catalogue.
    pub catalogue: RememberedCatalogue,
    /// Whether this installation shows invented people: nothing is ever sent then.
    pub demo: bool,
}

impl Ctx {
    /// The time now.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// A new id: UUIDv7, so that rows sort by the time they were made.
    pub fn new_id<Id: From<Uuid>>(&self) -> Id {
        Id::from(self.random.uuid(self.now()))
    }

    /// Formats in this language and the host's time zone.
    pub fn formats(&self, language: Language) -> Formats {
        Formats::new(Words::new(language), self.host.zone)
    }

    /// When a day begins where the host is.
    pub fn midnight(&self, day: NaiveDate) -> DateTime<Utc> {
        let midnight = day.and_time(NaiveTime::MIN);
        let local = self.host.zone.from_local_datetime(&midnight).earliest();
        local.map_or_else(|| midnight.and_utc(), |at| at.with_timezone(&Utc))
    }

    /// The full address of a path of ours.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.host.public_url)
    }

    /// A line for the audit log, at this moment.
    pub fn audit_entry(
        &self,
        actor: Option<domain::ids::MemberId>,
        action: &'static str,
        object_kind: &'static str,
        object_key: impl ToString,
        details: serde_json::Value,
    ) -> AuditEntry {
        AuditEntry {
            id: self.new_id(),
            at: self.now(),
            actor,
            action,
            object_kind,
            object_key: object_key.to_string(),
            details,
        }
    }
}
