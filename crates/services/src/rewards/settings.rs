//! The numbers of rewards that an installation may set.

use std::collections::BTreeMap;

use domain::{
    incentives::{Amount, Unit},
    rewards::RewardTerms,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use store::{Store, StoreError, Tx};

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
    /// How long a reward rests before it can be approved; counts for referrals that are submitted from now on.
    pub clearing_days: u16,
    /// How long after the deal a refund still takes the won part back; counts for referrals from now on.
    pub refund_days: u16,
    /// After how many months a reward that nobody takes expires; counts for referrals from now on.
    pub expiry_months: u32,
    /// How long a delivery may take after the approval.
    pub delivery_days: u16,
    /// How long the delivery of the contact's benefit may take after the deal.
    pub benefit_days: u16,
    /// How long an advocate may say that an introduction was not made, before their silence counts as a yes.
    pub introduction_days: u16,
    /// In which month the fiscal year begins.
    pub fiscal_month: u8,
}

impl Default for RewardSettings {
    fn default() -> Self {
        let terms = RewardTerms::default();
        Self {
            four_eyes_above: None,
            clearing_days: terms.clearing_days,
            refund_days: terms.refund_days,
            expiry_months: terms.expiry_months,
            delivery_days: 14,
            benefit_days: 30,
            introduction_days: 30,
            fiscal_month: 1,
        }
    }
}

impl Caps {
    /// The lower of the caps of a unit, of one advocate and of the whole programme.
    pub(crate) fn lowest(&self, unit: Unit) -> Option<i64> {
        [&self.advocate, &self.program].into_iter().filter_map(|caps| caps.get(&unit).copied()).min()
    }

    pub(crate) async fn load(tx: &Tx) -> Result<Self, StoreError> {
        read(tx.setting(CAPS).await?)
    }
}

impl RewardSettings {
    pub(super) async fn load(tx: &Tx) -> Result<Self, StoreError> {
        read(tx.setting(SETTINGS).await?)
    }

    /// The terms that a referral submitted now is promised.
    ///
    /// # Errors
    /// When the memory fails.
    pub(crate) async fn terms(store: &Store) -> Result<RewardTerms, StoreError> {
        let settings: Self = read(store.setting(SETTINGS).await?)?;
        Ok(RewardTerms {
            clearing_days: settings.clearing_days,
            refund_days: settings.refund_days,
            expiry_months: settings.expiry_months,
        })
    }
}

/// A stored setting, or the default where nobody has set it.
pub(crate) fn read<T: Default + DeserializeOwned>(value: Option<serde_json::Value>) -> Result<T, StoreError> {
    let parsed = value.map(serde_json::from_value).transpose();
    Ok(parsed.map_err(|_| StoreError::Corrupt("settings.value"))?.unwrap_or_default())
}
