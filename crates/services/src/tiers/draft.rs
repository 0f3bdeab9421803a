//! The draft: all tiers edited together, without any effect until it is put into effect.

use std::collections::BTreeSet;

use domain::{
    members::Actor,
    text::{Bilingual, LinkCode},
    tiers::{LadderError, MOST_TIERS, Tier, TierCode, TierRule, check_ladder},
};
use serde_json::json;
use store::{
    StoreError,
    tiers::{NamedTier, Scheme},
};

use super::defaults::in_force;
use crate::Ctx;

/// A tier as an editor writes it; its place is its place in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftTier {
    /// Which tier of those there were; `None` for a new one.
    pub code: Option<TierCode>,
    /// What it is called.
    pub name: Bilingual,
    /// What it brings.
    pub benefits: Bilingual,
    /// Its conditions.
    pub rules: Vec<TierRule>,
    /// Whether it also takes an appointment.
    pub needs_term: bool,
}

impl From<NamedTier> for DraftTier {
    fn from(named: NamedTier) -> Self {
        Self {
            code: Some(named.tier.code),
            name: named.name,
            benefits: named.benefits,
            rules: named.tier.rules,
            needs_term: named.tier.needs_term,
        }
    }
}

/// Why the draft stays as it was.
#[derive(Debug, thiserror::Error)]
pub enum SaveDraftError {
    /// The actor's roles do not reach this far.
    #[error("not_allowed")]
    NotAllowed,
    /// Somebody changed it since the page was loaded.
    #[error("stale_edit")]
    Stale,
    /// No tier, or more than fit.
    #[error("tier_count")]
    Count,
    /// Two tiers of one name.
    #[error("tier_name_taken")]
    NameTaken(usize),
    /// The tiers would be no ladder.
    #[error("tier_no_ladder")]
    Ladder(Vec<LadderError>),
    /// The memory failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for SaveDraftError {
    fn from(error: StoreError) -> Self {
        match error {
            // Of two first drafts one has its number.
            StoreError::Stale | StoreError::Conflict => Self::Stale,
            other => Self::Store(other),
        }
    }
}

/// Saves the draft that was read in version `seen`; -1 where there was none.
///
/// # Errors
/// [`SaveDraftError`] says what to change.
pub async fn save_draft(
    ctx: &Ctx,
    actor: &Actor,
    seen: i32,
    tiers: Vec<DraftTier>,
) -> Result<(), SaveDraftError> {
    let power = actor.program_managing().ok_or(SaveDraftError::NotAllowed)?;
    if tiers.is_empty() || tiers.len() > MOST_TIERS {
        return Err(SaveDraftError::Count);
    }
    let tx = ctx.store.begin().await?;
    let found = tx.tiers().draft().await?;
    if found.as_ref().map_or(-1, |draft| draft.version) != seen {
        return Err(SaveDraftError::Stale);
    }
    let number = match &found {
        Some(draft) => draft.number,
        None => {
            in_force(ctx, &tx).await?;
            tx.tiers().last_number().await? + 1
        }
    };
    let tiers = named(tiers, number)?;
    let ladder: Vec<Tier> = tiers.iter().map(|named| named.tier.clone()).collect();
    check_ladder(&ladder).map_err(SaveDraftError::Ladder)?;
    let draft = Scheme {
        id: found.as_ref().map_or_else(|| ctx.new_id(), |draft| draft.id),
        number,
        tiers,
        version: found.as_ref().map_or(0, |draft| draft.version),
        made_by: Some(power.member()),
        made_at: ctx.now(),
        published_at: None,
    };
    match found {
        Some(_) => tx.update_draft(&power, &draft).await?,
        None => tx.insert_scheme(&draft).await?,
    }
    let codes: Vec<_> = ladder.iter().map(|tier| tier.code.as_str()).collect();
    let details = json!({ "number": number, "tiers": codes });
    tx.audit(ctx.audit_entry(Some(power.member()), "tiers.save_draft", "tier_scheme", draft.id, details))
        .await?;
    Ok(tx.commit().await?)
}

/// Throws the draft away that was read in version `seen`.
///
/// # Errors
/// When the role is missing, somebody was faster, or the memory fails.
pub async fn discard_draft(ctx: &Ctx, actor: &Actor, seen: i32) -> Result<(), SaveDraftError> {
    let power = actor.program_managing().ok_or(SaveDraftError::NotAllowed)?;
    let tx = ctx.store.begin().await?;
    let draft = tx.tiers().draft().await?.ok_or(SaveDraftError::Stale)?;
    tx.delete_draft(&power, draft.id, seen).await?;
    let details = json!({ "number": draft.number });
    tx.audit(ctx.audit_entry(Some(power.member()), "tiers.discard_draft", "tier_scheme", draft.id, details))
        .await?;
    Ok(tx.commit().await?)
}

/// The tiers with their places and codes; a new one's code comes from its English name.
fn named(tiers: Vec<DraftTier>, number: i32) -> Result<Vec<NamedTier>, SaveDraftError> {
    let mut taken: BTreeSet<TierCode> = BTreeSet::new();
    let known = tiers.iter().filter_map(|tier| tier.code.clone()).collect::<BTreeSet<_>>();
    let mut all = Vec::with_capacity(tiers.len());
    for ((index, draft), order) in tiers.into_iter().enumerate().zip(1..) {
        let fresh = draft.code.is_none();
        let code = match draft.code {
            Some(code) => code,
            None => code_of(&draft.name.en, number, order).ok_or(SaveDraftError::NameTaken(index))?,
        };
        if (fresh && known.contains(&code)) || !taken.insert(code.clone()) {
            return Err(SaveDraftError::NameTaken(index));
        }
        let tier = Tier { code, order, rules: draft.rules, needs_term: draft.needs_term };
        all.push(NamedTier { tier, name: draft.name, benefits: draft.benefits, version: number });
    }
    Ok(all)
}

/// `Steel Partner` is `steel-partner`; a name that makes no code gives way to its place.
fn code_of(name: &str, number: i32, order: u8) -> Option<TierCode> {
    let code = LinkCode::parse(name).map(LinkCode::into_string);
    let code = code.unwrap_or_else(|_| format!("tier-{number}-{order}"));
    TierCode::parse(&code).ok()
}
