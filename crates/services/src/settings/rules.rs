//! The rules of referrals that an installation may set.

use domain::referrals::{ConsentDays, ReferralSettings};
use serde::{Deserialize, Serialize};
use store::{Store, StoreError};

use crate::rewards::read_setting;

/// The setting with the rules of referrals.
pub const REFERRALS: &str = "referrals.rules";

/// The rules as they are stored and typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReferralRules {
    /// How many days a contact has to consent; 28 at most.
    pub consent_days: u8,
    /// After how many months without a move an open referral expires.
    pub idle_months: u32,
    /// Whether a referral is taken by rule as soon as its contact has agreed.
    pub accept_by_rule: bool,
}

impl Default for ReferralRules {
    fn default() -> Self {
        let rules = ReferralSettings::default();
        Self {
            consent_days: rules.consent_days.get(),
            idle_months: rules.idle_months,
            accept_by_rule: rules.accept_by_rule,
        }
    }
}

impl ReferralRules {
    /// As the rules of the domain want them; `None` for days that the law does not allow.
    pub(super) fn checked(self) -> Option<ReferralSettings> {
        Some(ReferralSettings {
            consent_days: ConsentDays::new(self.consent_days)?,
            idle_months: self.idle_months,
            accept_by_rule: self.accept_by_rule,
        })
    }

    pub(crate) async fn load(store: &Store) -> Result<ReferralSettings, StoreError> {
        let stored: Self = read_setting(store.setting(REFERRALS).await?)?;
        stored.checked().ok_or(StoreError::Corrupt("settings.value"))
    }
}
