//! The promises of time that an installation may set.

use chrono::TimeDelta;
use domain::moments::ClockSettings;
use serde::{Deserialize, Serialize};
use store::{Store, StoreError};

use crate::rewards::read_setting;

/// The setting with the promises of time.
pub const CLOCKS: &str = "referrals.clocks";

/// The promises as they are stored and typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Clocks {
    /// Hours from the submission to the thanks.
    pub thanks_hours: u16,
    /// Hours from consent to the first contact.
    pub contact_hours: u16,
    /// Days without a step until the advocate is told so, and until the host's next step is late.
    pub silence_days: u16,
}

impl Default for Clocks {
    fn default() -> Self {
        let clocks = ClockSettings::default();
        let whole = |number: i64| u16::try_from(number).unwrap_or(u16::MAX);
        Self {
            thanks_hours: whole(clocks.thanks.num_hours()),
            contact_hours: whole(clocks.first_contact.num_hours()),
            silence_days: whole(clocks.silence.num_days()),
        }
    }
}

impl Clocks {
    /// The first number that makes no sense as a promise: its field.
    pub(super) fn senseless(self) -> Option<&'static str> {
        let checks = [
            // A promise of more than a fortnight is none.
            ((1..=336).contains(&self.thanks_hours), "thanks_hours"),
            ((1..=336).contains(&self.contact_hours), "contact_hours"),
            ((7..=365).contains(&self.silence_days), "silence_days"),
        ];
        checks.into_iter().find(|(sensible, _)| !sensible).map(|(_, field)| field)
    }

    pub(crate) async fn load(store: &Store) -> Result<ClockSettings, StoreError> {
        let stored: Self = read_setting(store.setting(CLOCKS).await?)?;
        Ok(ClockSettings {
            thanks: TimeDelta::hours(stored.thanks_hours.into()),
            first_contact: TimeDelta::hours(stored.contact_hours.into()),
            silence: TimeDelta::days(stored.silence_days.into()),
            ..ClockSettings::default()
        })
    }
}
