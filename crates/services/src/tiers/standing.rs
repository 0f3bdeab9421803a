//! Where an advocate stands, and what the tiers are.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    ids::MemberId,
    members::Actor,
    tiers::{Metrics, RolloutState, TierCode, TierRule, Warning, missing_for_next, year_before},
};
use store::{
    StoreError,
    tiers::{Came, NamedTier, PastMove, Rollout, Scheme},
};
use uuid::Uuid;

use super::ensure_defaults;
use crate::{
    Ctx,
    catalogue::{Catalogue, catalogue},
};

/// How many versions are listed and known by name.
const VERSIONS: u64 = 50;

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
    let catalogue = catalogue(ctx, None).await?;
    let tiers = ladder_of(ctx, &catalogue, member).await?;
    Ok(standing_of(tiers, has.as_ref(), metrics))
}

/// What somebody who is warned has to do: until when, why, and every condition of their tier with what they have of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtRisk {
    /// Until when, and why.
    pub warning: Warning,
    /// Each condition of the tier, and of those below it, that they do not meet, with what they have of it.
    pub missing: Vec<(TierRule, u32)>,
}

/// What somebody has to do to keep the tier of this standing; `None` for who is not warned.
///
/// # Errors
/// When the memory fails.
pub async fn at_risk(ctx: &Ctx, member: MemberId, standing: &Standing) -> Result<Option<AtRisk>, StoreError> {
    let Some(warning) = ctx.store.tiers().warning(member).await? else { return Ok(None) };
    let held = standing.current.map_or(0, |index| index + 1);
    let rules = standing.tiers.iter().take(held).flat_map(|named| &named.tier.rules);
    let has = |rule: &TierRule| (*rule, standing.metrics.get(rule.metric, rule.period));
    let missing = rules.map(has).filter(|(rule, has)| *has < rule.at_least).collect();
    Ok(Some(AtRisk { warning, missing }))
}

/// The tiers that this member goes by: those of a pilot for who is in it, otherwise those in force.
///
/// # Errors
/// When the memory fails.
pub async fn ladder_of(
    ctx: &Ctx,
    catalogue: &Catalogue,
    member: MemberId,
) -> Result<Arc<[NamedTier]>, StoreError> {
    match &catalogue.pilot {
        Some((rollout, tiers)) if ctx.store.tiers().takes_part(*rollout, member).await? => Ok(tiers.clone()),
        _ => Ok(catalogue.tiers.clone()),
    }
}

/// The tiers of all versions, those in force first: what a code in somebody's history is called.
///
/// # Errors
/// When the memory fails.
pub async fn known(ctx: &Ctx) -> Result<Vec<NamedTier>, StoreError> {
    let room = ctx.store.tiers();
    let mut all = room.all().await?;
    all.extend(room.schemes(VERSIONS).await?.into_iter().flat_map(|scheme| scheme.tiers));
    Ok(all)
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
    /// The draft, for those who may change it.
    pub draft: Option<Scheme>,
    /// The versions that took effect, the latest first.
    pub versions: Vec<Scheme>,
    /// Whether and how a version is on its way, or can still be undone.
    pub rollout: Option<OnItsWay>,
}

/// A roll-out that staff can still decide about.
#[derive(Clone, Debug)]
pub struct OnItsWay {
    /// The roll-out.
    pub rollout: Rollout,
    /// Its version.
    pub scheme: Scheme,
    /// Where its members came from, and what they have now.
    pub came: Vec<Came>,
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
    let editable = actor.program_managing().is_some();
    let latest = match room.under_way().await? {
        Some(rollout) => Some(rollout),
        None => {
            room.rolled_out().await?.filter(|last| last.undo_until.is_some_and(|until| until > ctx.now()))
        }
    };
    let rollout = match latest {
        Some(rollout) => {
            let came = room.came(rollout.id).await?;
            room.scheme(rollout.scheme).await?.map(|scheme| OnItsWay { rollout, scheme, came })
        }
        None => None,
    };
    Ok(Some(Overview {
        tiers: room.all().await?,
        population: room.population().await?,
        editable,
        draft: if editable { room.draft().await? } else { None },
        versions: room.schemes(VERSIONS).await?,
        rollout,
    }))
}

/// What the editor of the tiers begins with.
#[derive(Clone, Debug)]
pub struct Editor {
    /// The tiers of the draft, or those in force where there is none.
    pub tiers: Vec<NamedTier>,
    /// The draft's version; -1 where there is none.
    pub version: i32,
}

/// What the editor of the tiers begins with; `None` for whoever may not change them.
///
/// # Errors
/// When the memory fails.
pub async fn editor(ctx: &Ctx, actor: &Actor) -> Result<Option<Editor>, StoreError> {
    if actor.program_managing().is_none() {
        return Ok(None);
    }
    ensure_defaults(ctx).await?;
    let room = ctx.store.tiers();
    Ok(Some(match room.draft().await? {
        Some(draft) => Editor { tiers: draft.tiers, version: draft.version },
        None => Editor { tiers: room.all().await?, version: -1 },
    }))
}

/// The pilot that is running, with its tiers.
pub(crate) async fn pilot(ctx: &Ctx) -> Result<Option<(Uuid, Arc<[NamedTier]>)>, StoreError> {
    let room = ctx.store.tiers();
    let Some(rollout) = room.under_way().await? else { return Ok(None) };
    if !matches!(rollout.state, RolloutState::Piloting | RolloutState::Pilot) {
        return Ok(None);
    }
    Ok(room.scheme(rollout.scheme).await?.map(|scheme| (rollout.id, scheme.tiers.into())))
}
