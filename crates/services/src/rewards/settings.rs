//! The numbers of rewards that an installation may set.

use std::collections::BTreeMap;

use domain::incentives::{Amount, Unit};
use serde::{Deserialize, Serialize};
use store::{StoreError, Tx};

/// The setting with the caps.
pub const CAPS: &str = "rewards.caps";
/// The setting with everything else.
pub const SETTINGS: &str = "rewards.settings";

/// How much may be earned in a calendar year, by unit (minor units of money); a unit that is missing has no cap.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Caps {
    /// By one advocate.
    pub advocate: BTreeMap<Unit, i64>,
    /// In all of a programme.
    pub program: BTreeMap<Unit, i64>,
}

/// The other numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RewardSettings {
    /// Above this amount two people approve.
    pub four_eyes_above: Option<Amount>,
    /// How long a delivery may take after the approval.
    pub delivery_days: u16,
    /// How long the delivery of the contact's benefit may take after the deal.
    pub benefit_days: u16,
}

impl Default for RewardSettings {
    fn default() -> Self {
        Self { four_eyes_above: None, delivery_days: 14, benefit_days: 30 }
    }
}

impl Caps {
    pub(super) async fn load(tx: &Tx) -> Result<Self, StoreError> {
        read(tx, CAPS).await
    }
}

impl RewardSettings {
    pub(super) async fn load(tx: &Tx) -> Result<Self, StoreError> {
        read(tx, SETTINGS).await
    }
}

async fn read<T: Default + for<'de> Deserialize<'de>>(tx: &Tx, key: &str) -> Result<T, StoreError> {
    let value = tx.setting(key).await?;
    let parsed = value.map(serde_json::from_value).transpose();
    Ok(parsed.map_err(|_| StoreError::Corrupt("settings.value"))?.unwrap_or_default())
}
