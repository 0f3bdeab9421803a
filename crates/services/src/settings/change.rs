//! Changing a group of settings.

use domain::{
    fraud::FraudRules,
    ids::MemberId,
    members::{Administering, Role},
};
use serde_json::{Value, json};
use store::StoreError;

use super::{CLOCKS, Clocks, DEFAULT_OWNER, REFERRALS, ReferralRules};
use crate::{
    Ctx, catalogue,
    fraud::FRAUD,
    referrals::order_redating,
    rewards::{CAPS, Caps, RewardSettings, SETTINGS},
    tiers::{TIERS, TierSettings},
};

/// What a group of settings shall be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// How much may be earned in a year.
    Caps(Caps),
    /// Approval, terms and deliveries.
    Rewards(RewardSettings),
    /// How referrals expire and are taken.
    Referrals(ReferralRules),
    /// How long tiers are kept, and changes of theirs can be undone.
    Tiers(TierSettings),
    /// What speaks for misuse, and how much it weighs.
    Fraud(FraudRules),
    /// Until when thanks, first contact and a notice are promised.
    Clocks(Clocks),
    /// Who looks after what nobody is assigned to.
    DefaultOwner(Option<MemberId>),
}

/// Why the settings stay as they were.
#[derive(Debug, thiserror::Error)]
pub enum ChangeSettingError {
    /// A number is outside of what makes sense: its field.
    #[error("out_of_range")]
    OutOfRange(&'static str),
    /// Not an account manager, or not any more.
    #[error("owner_unknown")]
    Owner,
    /// Somebody changed them since the page was shown.
    #[error("stale")]
    Stale,
    /// The memory failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for ChangeSettingError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale | StoreError::Conflict => Self::Stale,
            other => Self::Store(other),
        }
    }
}

/// The largest cap: beyond it a number is a slip of the finger.
const LARGEST: i64 = 1_000_000_000_000;

/// Changes one group that nobody has changed since version `seen`. What was submitted before keeps its terms; open
/// referrals get the dates that follow from new rules; caps and the limit of four eyes hold from the next reward and the next approval on.
///
/// # Errors
/// [`ChangeSettingError`] says what to change.
pub async fn change(
    ctx: &Ctx,
    by: Administering,
    change: Change,
    seen: i32,
) -> Result<(), ChangeSettingError> {
    let (key, value) = match &change {
        Change::Caps(caps) => {
            if caps.advocate.values().chain(caps.program.values()).any(|cap| !(0..=LARGEST).contains(cap)) {
                return Err(ChangeSettingError::OutOfRange("caps"));
            }
            (CAPS, json(caps)?)
        }
        Change::Rewards(numbers) => {
            sensible(numbers)?;
            (SETTINGS, json(numbers)?)
        }
        Change::Referrals(rules) => {
            if rules.checked().is_none() {
                return Err(ChangeSettingError::OutOfRange("consent_days"));
            }
            if !(1..=60).contains(&rules.idle_months) {
                return Err(ChangeSettingError::OutOfRange("idle_months"));
            }
            (REFERRALS, json(rules)?)
        }
        Change::Tiers(numbers) => {
            if !(1..=365).contains(&numbers.grace_days) {
                return Err(ChangeSettingError::OutOfRange("grace_days"));
            }
            if !(1..=90).contains(&numbers.undo_days) {
                return Err(ChangeSettingError::OutOfRange("undo_days"));
            }
            (TIERS, json(numbers)?)
        }
        Change::Fraud(rules) => {
            if let Some(field) = rules.senseless() {
                return Err(ChangeSettingError::OutOfRange(field));
            }
            (FRAUD, json(rules)?)
        }
        Change::Clocks(clocks) => {
            if let Some(field) = clocks.senseless() {
                return Err(ChangeSettingError::OutOfRange(field));
            }
            (CLOCKS, json(clocks)?)
        }
        Change::DefaultOwner(owner) => (DEFAULT_OWNER, json(owner)?),
    };
    let tx = ctx.store.begin().await?;
    if let Change::DefaultOwner(Some(owner)) = change {
        let person = tx.members().person(owner).await?;
        if !person.is_some_and(|person| person.actor.roles.contains(Role::AccountManager)) {
            return Err(ChangeSettingError::Owner);
        }
    }
    let before = tx.setting(key).await?;
    tx.change_setting(by, key, &value, seen, ctx.now()).await?;
    if matches!(change, Change::Referrals(_) | Change::Clocks(_)) {
        order_redating(ctx, &tx).await?;
    }
    let details = json!({ "before": before, "after": value });
    tx.audit(ctx.audit_entry(Some(by.member()), "settings.change", "setting", key, details)).await?;
    tx.commit().await?;
    // This server works by them at once, the others from their next page or job on.
    catalogue(ctx, None).await?;
    Ok(())
}

fn json(value: &impl serde::Serialize) -> Result<Value, StoreError> {
    serde_json::to_value(value).map_err(|_| StoreError::Corrupt("settings.value"))
}

fn sensible(numbers: &RewardSettings) -> Result<(), ChangeSettingError> {
    let checks = [
        (numbers.clearing_days <= 365, "clearing_days"),
        (numbers.refund_days <= 730, "refund_days"),
        // Shorter than the limitation period would be a trap for those who earned it.
        ((36..=120).contains(&numbers.expiry_months), "expiry_months"),
        ((1..=365).contains(&numbers.delivery_days), "delivery_days"),
        ((1..=365).contains(&numbers.benefit_days), "benefit_days"),
        ((7..=90).contains(&numbers.introduction_days), "introduction_days"),
        ((1..=12).contains(&numbers.fiscal_month), "fiscal_month"),
        (numbers.four_eyes_above.is_none_or(|limit| limit.value() <= LARGEST), "four_eyes"),
    ];
    match checks.into_iter().find(|(sensible, _)| !sensible) {
        Some((_, field)) => Err(ChangeSettingError::OutOfRange(field)),
        None => Ok(()),
    }
}
