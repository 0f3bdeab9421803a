//! The numbers of tiers that an installation may set.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use store::{Store, StoreError, Tx};

use crate::rewards::read_setting;

/// The setting with the numbers of tiers.
pub const TIERS: &str = "tiers.settings";

/// The numbers as they are stored and typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TierSettings {
    /// How many days somebody who no longer meets their tier keeps it.
    pub grace_days: u16,
    /// How many days a version of the tiers that was put into effect can be undone.
    pub undo_days: u16,
}

impl Default for TierSettings {
    fn default() -> Self {
        Self { grace_days: 90, undo_days: 14 }
    }
}

impl TierSettings {
    pub(super) async fn load(tx: &Tx) -> Result<Self, StoreError> {
        read_setting(tx.setting(TIERS).await?)
    }

    /// The numbers as pages say them.
    ///
    /// # Errors
    /// When the memory fails.
    pub async fn read(store: &Store) -> Result<Self, StoreError> {
        read_setting(store.setting(TIERS).await?)
    }

    pub(super) fn grace(self) -> TimeDelta {
        TimeDelta::days(self.grace_days.into())
    }

    pub(super) fn undo(self) -> TimeDelta {
        TimeDelta::days(self.undo_days.into())
    }
}
