//! Where an advocate stands, and what the tiers are.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    ids::MemberId,
    members::Actor,
    tiers::{Metrics, TierCode, TierRule, missing_for_next},
};
use store::{
    StoreError,
    tiers::{NamedTier, PastMove},
};

use super::{ensure_defaults, recount::year_before};
use crate::Ctx;

/// Where an advocate stands.
#[derive(Clone, Debug)]
pub struct Standing {
    /// All tiers, from the lowest.
    pub tiers: Arc<[NamedTier]>,
    /// The place of their tier in that list.
    pub current: Option<usize>,
    /// The place of the next tier.
    pub next: Option<usize>,
    /// Every condition of the next tier, with what they have of it.
    pub progress: Vec<(TierRule, u32)>,
    /// Whether the next tier also takes an ambassador's term.
    pub term_missing: bool,
    /// What is counted of theirs.
    pub metrics: Metrics,
}

impl Standing {
    /// How many conditions of the next tier are open.
    pub fn open(&self) -> usize {
        let open = self.progress.iter().filter(|(rule, has)| *has < rule.at_least).count();
        open + usize::from(self.term_missing)
    }
}

/// Where this advocate stands.
///
/// # Errors
/// When the memory fails.
pub async fn standing(ctx: &Ctx, member: MemberId) -> Result<Standing, StoreError> {
    let room = ctx.store.tiers();
    let (has, metrics) = room.tier_and_metrics(member, year_before(ctx.now())).await?;
    Ok(standing_of(room.all().await?.into(), has.as_ref(), metrics))
}

/// Where somebody stands who has this tier and these counts.
pub fn standing_of(tiers: Arc<[NamedTier]>, has: Option<&TierCode>, metrics: Metrics) -> Standing {
    let current = tiers.iter().position(|named| Some(&named.tier.code) == has);
    // Who keeps a tier whose rolling conditions have lapsed still looks upwards from it.
    let above = tiers.get(current.map_or(0, |index| index + 1)..).unwrap_or_default();
    let missing = missing_for_next(&metrics, above.iter().map(|named| &named.tier), false);
    let next = missing
        .as_ref()
        .and_then(|missing| tiers.iter().position(|named| named.tier.code == missing.tier.code));
    let progress = missing.as_ref().map_or_else(Vec::new, |missing| {
        let has = |rule: &TierRule| (*rule, metrics.get(rule.metric, rule.period));
        missing.tier.rules.iter().map(has).collect()
    });
    let term_missing = missing.is_some_and(|missing| missing.term);
    Standing { tiers, current, next, progress, term_missing, metrics }
}

/// How an advocate came to their tier, the latest move first.
///
/// # Errors
/// When the memory fails.
pub async fn history(ctx: &Ctx, member: MemberId) -> Result<Vec<PastMove>, StoreError> {
    ctx.store.tiers().moves(member).await
}

/// The tiers as staff see them.
#[derive(Clone, Debug)]
pub struct Overview {
    /// All tiers, from the lowest.
    pub tiers: Vec<NamedTier>,
    /// How many members have each, by its code.
    pub population: BTreeMap<String, i64>,
    /// Whether the actor may change them.
    pub editable: bool,
}

/// The tiers as staff see them; `None` for somebody who is none.
///
/// # Errors
/// When the memory fails.
pub async fn overview(ctx: &Ctx, actor: &Actor) -> Result<Option<Overview>, StoreError> {
    if !actor.sees_programs() {
        return Ok(None);
    }
    ensure_defaults(ctx).await?;
    let room = ctx.store.tiers();
    Ok(Some(Overview {
        tiers: room.all().await?,
        population: room.population().await?,
        editable: actor.program_managing().is_some(),
    }))
}
