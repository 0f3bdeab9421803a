//! What changes seldom and stands on nearly every page: the programme with all it offers, the tiers, the rules of referrals.
//!
//! It is read once and remembered until the number that the database keeps beside it has moved on, which it does in the
//! same transaction as every change, on whichever server. Pages read it; use cases that write look for themselves, at the
//! compliance matrix too, but by the number that stands in their own transaction: its rules are many, and change seldom.

use std::sync::{Arc, PoisonError, RwLock};

use domain::{moments::ClockSettings, referrals::ReferralSettings};
use store::{StoreError, Tx, compliance::Law, tiers::NamedTier};
use uuid::Uuid;

use crate::{
    Ctx,
    referrals::{Programme, programme},
    settings::{Clocks, ReferralRules},
    tiers::pilot,
};

/// The programme with all it offers, and the tiers.
#[derive(Debug)]
pub struct Catalogue {
    /// The programme that new referrals belong to; `None` before marketing has made one.
    pub programme: Option<Programme>,
    /// All tiers, from the lowest.
    pub tiers: Arc<[NamedTier]>,
    /// A pilot of other tiers that is running: its roll-out, and its tiers.
    pub pilot: Option<(Uuid, Arc<[NamedTier]>)>,
    /// The rules of referrals.
    pub rules: ReferralSettings,
    /// The promises of time.
    pub clocks: ClockSettings,
}

/// The catalogue that was read last, and the rules of the compliance matrix, each with its version. All clones remember the
/// same.
#[derive(Clone, Debug, Default)]
pub struct RememberedCatalogue {
    pages: Arc<RwLock<Remembered<Catalogue>>>,
    law: Arc<RwLock<Remembered<Law>>>,
}

impl RememberedCatalogue {
    /// The rules and promises of referrals that were read last; those of a fresh installation before anything was read.
    pub(crate) fn rules(&self) -> (ReferralSettings, ClockSettings) {
        let remembered = self.pages.read().unwrap_or_else(PoisonError::into_inner);
        remembered.as_ref().map(|(_, catalogue)| (catalogue.rules, catalogue.clocks)).unwrap_or_default()
    }
}

/// Something of the catalogue, and how often that had changed when it was read.
type Remembered<T> = Option<(i32, Arc<T>)>;

fn recall<T>(remembered: &RwLock<Remembered<T>>, version: i32) -> Option<Arc<T>> {
    let remembered = remembered.read().unwrap_or_else(PoisonError::into_inner);
    remembered.as_ref().filter(|(of, _)| *of == version).map(|(_, known)| known.clone())
}

fn remember<T>(remembered: &RwLock<Remembered<T>>, version: i32, fresh: &Arc<T>) {
    *remembered.write().unwrap_or_else(PoisonError::into_inner) = Some((version, fresh.clone()));
}

/// The rules of the compliance matrix as they stand in this transaction, which has not changed them itself.
///
/// # Errors
/// When the memory fails.
pub(crate) async fn law(ctx: &Ctx, tx: &Tx) -> Result<Arc<Law>, StoreError> {
    let version = tx.catalogue_version().await?;
    if let Some(known) = recall(&ctx.catalogue.law, version) {
        return Ok(known);
    }
    let fresh = Arc::new(tx.compliance().law().await?);
    remember(&ctx.catalogue.law, version, &fresh);
    Ok(fresh)
}

/// The catalogue of this version, which the request has read with the person who asks; without it, of today.
///
/// # Errors
/// When the memory fails.
pub async fn catalogue(ctx: &Ctx, version: Option<i32>) -> Result<Arc<Catalogue>, StoreError> {
    let version = match version {
        Some(read) => read,
        None => ctx.store.catalogue_version().await?,
    };
    if let Some(known) = recall(&ctx.catalogue.pages, version) {
        return Ok(known);
    }
    let fresh = Arc::new(Catalogue {
        programme: programme(ctx).await?,
        tiers: ctx.store.tiers().all().await?.into(),
        pilot: pilot(ctx).await?,
        rules: ReferralRules::load(&ctx.store).await?,
        clocks: Clocks::load(&ctx.store).await?,
    });
    remember(&ctx.catalogue.pages, version, &fresh);
    Ok(fresh)
}
