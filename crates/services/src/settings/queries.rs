//! The settings as their page shows them.

use domain::{
    fraud::FraudRules,
    ids::MemberId,
    members::{Actor, Role},
};
use serde::de::DeserializeOwned;
use store::{Store, StoreError, Tx, members::Person, people::Colleague};

use super::{CLOCKS, Clocks, REFERRALS, ReferralRules};
use crate::{
    Ctx,
    fraud::FRAUD,
    rewards::{CAPS, Caps, RewardSettings, SETTINGS, read_setting},
    tiers::{TIERS, TierSettings},
};

/// The setting that names the account manager of everything nobody is assigned to.
pub const DEFAULT_OWNER: &str = "referrals.default_owner";

/// A group of settings with its version, for optimistic edits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versioned<T> {
    /// What is set, or the default.
    pub value: T,
    /// Counts edits; -1 while it is the default.
    pub version: i32,
}

/// Everything that may be set.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How much may be earned in a year.
    pub caps: Versioned<Caps>,
    /// Approval, terms and deliveries.
    pub rewards: Versioned<RewardSettings>,
    /// How referrals expire and are taken.
    pub referrals: Versioned<ReferralRules>,
    /// How long tiers are kept, and changes of theirs can be undone.
    pub tiers: Versioned<TierSettings>,
    /// What speaks for misuse, and how much it weighs.
    pub fraud: Versioned<FraudRules>,
    /// The promises of time.
    pub clocks: Versioned<Clocks>,
    /// Who looks after what nobody is assigned to.
    pub owner: Versioned<Option<MemberId>>,
    /// Who could.
    pub managers: Vec<Colleague>,
    /// Whether the actor may change them.
    pub editable: bool,
}

/// The settings; `None` for those who may neither change them nor work with what they decide.
///
/// # Errors
/// When the memory fails.
pub async fn settings(ctx: &Ctx, actor: &Actor) -> Result<Option<Settings>, StoreError> {
    let editable = actor.administering().is_some();
    if !editable && actor.program_managing().is_none() {
        return Ok(None);
    }
    Ok(Some(Settings {
        caps: versioned(&ctx.store, CAPS).await?,
        rewards: versioned(&ctx.store, SETTINGS).await?,
        referrals: versioned(&ctx.store, REFERRALS).await?,
        tiers: versioned(&ctx.store, TIERS).await?,
        fraud: versioned(&ctx.store, FRAUD).await?,
        clocks: versioned(&ctx.store, CLOCKS).await?,
        owner: versioned(&ctx.store, DEFAULT_OWNER).await?,
        managers: ctx.store.members().with_role(Role::AccountManager).await?,
        editable,
    }))
}

async fn versioned<T: Default + DeserializeOwned>(
    store: &Store,
    key: &str,
) -> Result<Versioned<T>, StoreError> {
    let kept = store.kept_setting(key).await?;
    Ok(Versioned { value: read_setting(kept.value)?, version: kept.version })
}

/// The account manager of everything nobody is assigned to; `None` while none is set, or who was set has left or does
/// something else now: then it is everybody's, so that nothing is overlooked.
///
/// # Errors
/// When the memory fails.
pub async fn default_owner(ctx: &Ctx) -> Result<Option<MemberId>, StoreError> {
    let owner: Option<MemberId> = read_setting(ctx.store.setting(DEFAULT_OWNER).await?)?;
    let Some(owner) = owner else { return Ok(None) };
    Ok(ctx.store.members().person(owner).await?.filter(manages).map(|_| owner))
}

/// Whoever is assigned and still an account manager, and otherwise the account manager of everything nobody is assigned to,
/// as this transaction sees it.
///
/// # Errors
/// When the memory fails.
pub(crate) async fn in_charge(tx: &Tx, assigned: Option<MemberId>) -> Result<Option<MemberId>, StoreError> {
    if let Some(assigned) = assigned
        && tx.members().person(assigned).await?.is_some_and(|person| manages(&person))
    {
        return Ok(Some(assigned));
    }
    let owner: Option<MemberId> = read_setting(tx.setting(DEFAULT_OWNER).await?)?;
    let Some(owner) = owner else { return Ok(None) };
    Ok(tx.members().person(owner).await?.filter(manages).map(|_| owner))
}

fn manages(person: &Person) -> bool {
    person.actor.roles.contains(Role::AccountManager)
}
