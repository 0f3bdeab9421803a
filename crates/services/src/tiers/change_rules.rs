//! Changing what it takes.

use domain::{
    members::Actor,
    text::Bilingual,
    tiers::{LadderError, Tier, TierCode, TierRule, check_ladder},
};
use serde_json::json;
use store::{StoreError, tiers::NamedTier};

use super::defaults::all;
use crate::Ctx;

/// What a tier shall be from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TierChange {
    /// Which tier.
    pub code: TierCode,
    /// The version the editor saw.
    pub version: i32,
    /// What it is called.
    pub name: Bilingual,
    /// What it brings.
    pub benefits: Bilingual,
    /// Its conditions.
    pub rules: Vec<TierRule>,
}

/// Why the rules stay as they are.
#[derive(Debug, thiserror::Error)]
pub enum ChangeRulesError {
    /// The actor's roles do not reach this far.
    #[error("not_allowed")]
    NotAllowed,
    /// There is no such tier.
    #[error("not_found")]
    NotFound,
    /// Somebody changed them since the page was loaded.
    #[error("stale_edit")]
    Stale,
    /// The tiers would be no ladder any more.
    #[error("{0}")]
    Ladder(LadderError),
    /// The memory failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for ChangeRulesError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale => Self::Stale,
            other => Self::Store(other),
        }
    }
}

/// Changes one tier, if together they still make a ladder. Members keep the tier they have; the new rules decide from
/// the next event on.
///
/// # Errors
/// When the role is missing, somebody was faster, or a higher tier would be easier than a lower one.
pub async fn change_rules(ctx: &Ctx, actor: &Actor, change: TierChange) -> Result<(), ChangeRulesError> {
    let power = actor.program_managing().ok_or(ChangeRulesError::NotAllowed)?;
    let tx = ctx.store.begin().await?;
    let mut tiers = all(&tx).await?;
    let named = tiers.iter_mut().find(|named| named.tier.code == change.code);
    let named = named.ok_or(ChangeRulesError::NotFound)?;
    if named.version != change.version {
        return Err(ChangeRulesError::Stale);
    }
    *named = NamedTier {
        tier: Tier { rules: change.rules, ..named.tier.clone() },
        name: change.name,
        benefits: change.benefits,
        version: change.version,
    };
    let changed = named.clone();
    let rules: Vec<Tier> = tiers.into_iter().map(|named| named.tier).collect();
    check_ladder(&rules).map_err(ChangeRulesError::Ladder)?;
    tx.update_tier(&changed).await?;
    let described: Vec<_> = changed
        .tier
        .rules
        .iter()
        .map(|rule| json!({ "metric": rule.metric, "at_least": rule.at_least, "period": rule.period }))
        .collect();
    let details = json!({ "rules": described });
    let code = changed.tier.code.as_str().to_owned();
    tx.audit(ctx.audit_entry(Some(power.member()), "tiers.change_rules", "tier", code, details)).await?;
    Ok(tx.commit().await?)
}
